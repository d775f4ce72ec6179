package pydantic

import (
	"slices"

	"github.com/trefoil-sql/trefoil/internal/model"
)

// ordered is the composites in an order in which each comes after those that it is made of. A composite may hold a
// table's row, which may hold another composite; PostgreSQL lets no type hold itself, so that there is an order.
func ordered(m *model.Model) []*model.Object {
	var out []*model.Object
	seen := map[*model.Object]bool{}
	var visit func(o *model.Object)
	visit = func(o *model.Object) {
		if seen[o] {
			return
		}
		seen[o] = true
		for _, used := range uses(o) {
			visit(used)
		}
		if o.Variant == model.Composite {
			out = append(out, o)
		}
	}
	for _, o := range m.Composites {
		visit(o)
	}
	return out
}

// uses are the objects in an object's fields, in order.
func uses(o *model.Object) []*model.Object {
	var out []*model.Object
	for _, f := range o.Fields {
		t := f.Type
		for {
			a, ok := t.(model.Array)
			if !ok {
				break
			}
			t = a.Elem
		}
		if ref, ok := t.(model.ObjectRef); ok && !slices.Contains(out, ref.Object) {
			out = append(out, ref.Object)
		}
	}
	return out
}

// late writes the imports of a composite's class that must stand before it and not at the top of the file: a table's
// module imports composites, so that a composite can import a table only once those before it are there. done holds
// the imports, by module and name, that have been written.
func (f *file) late(o *model.Object, done map[[2]string]bool) []string {
	if o.Variant != model.Composite || f.driver {
		return nil
	}
	var lines []string
	for _, used := range uses(o) {
		key := [2]string{"." + used.Module, used.Name}
		if used.Module == f.module || done[key] {
			continue
		}
		done[key] = true
		lines = append(lines, importLine("", key[0], []string{f.renamed(key)}))
	}
	return lines
}
