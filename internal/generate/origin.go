package generate

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/output"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// origins tells for each file of a target what in the schema it is generated from, once it is asked. A file that is about
// one relation has that relation's parts, any other file has those of all. The model is built again for it: it is seldom
// asked, and of a large schema the models are most of what a run would have to keep.
func origins(in model.Input, files []*source.File, tree output.Tree) func() map[string]output.Origin {
	return sync.OnceValue(func() map[string]output.Origin {
		m, _, err := model.Build(in)
		if err != nil {
			return nil // it was built before
		}
		return newOriginFinder(in, files).byFile(m, tree)
	})
}

type originFinder struct {
	in        model.Input
	order     map[*source.File]int // in which files apply
	relations map[catalog.Name]*catalog.Relation
}

func newOriginFinder(in model.Input, files []*source.File) originFinder {
	o := originFinder{in, map[*source.File]int{}, map[catalog.Name]*catalog.Relation{}}
	for i, f := range files {
		o.order[f] = i
	}
	for i := range in.Catalog.Relations {
		o.relations[in.Catalog.Relations[i].Name] = &in.Catalog.Relations[i]
	}
	return o
}

func (o originFinder) byFile(m *model.Model, tree output.Tree) map[string]output.Origin {
	var list []output.Part
	lists := map[string][]output.Part{} // value lists that stand with the table whose CHECK has them
	for _, e := range m.Enums {
		parts := o.enum(e)
		list, lists[e.Module] = append(list, parts...), append(lists[e.Module], parts...)
	}
	own := map[string]output.Origin{}
	for _, r := range m.Relations {
		span, parts := o.relation(r)
		list = append(list, parts...)
		if beside := lists[r.Module]; beside != nil {
			parts = append(parts, beside...)
			o.sort(parts)
		}
		own[r.Module] = output.Origin{Span: span, Parts: output.NewParts(parts)}
	}
	for _, c := range m.Composites {
		list = append(list, o.composite(c)...)
	}
	o.sort(list)
	all := output.NewParts(list)
	byFile := map[string]output.Origin{}
	for file := range tree {
		origin, ok := own[strings.TrimSuffix(file, path.Ext(file))]
		if !ok {
			origin = output.Origin{Parts: all}
		}
		byFile[file] = origin
	}
	return byFile
}

// relation has the relation itself, its columns, and the CHECKs that are rules of a field.
func (o originFinder) relation(r *model.Relation) (source.Span, []output.Part) {
	rel := o.relations[r.Source]
	if rel == nil {
		return source.Span{}, nil
	}
	objects := []*model.Object{r.Row, r.Insert, r.Update}
	names := []string{r.Module, r.Source.Name}
	for _, object := range objects {
		if object != nil {
			names = append(names, object.Name, object.Schema)
		}
	}
	parts := []output.Part{{Words: names, Span: rel.Span}}
	for _, c := range rel.Columns {
		parts = append(parts, column(c, rel.Checks, objects)...)
	}
	o.sort(parts)
	return rel.Span, parts
}

// column is where a column is declared, and where each of its rules is.
func column(c catalog.Column, checks []catalog.Check, objects []*model.Object) []output.Part {
	words := []string{c.Name}
	var rules []string
	for _, object := range objects {
		if object == nil {
			continue
		}
		for _, f := range object.Fields {
			if f.Column != c.Name {
				continue
			}
			words = append(words, f.Name, f.Wire)
			for _, r := range f.Rules {
				rules = append(rules, r.Constraint)
			}
		}
	}
	parts := []output.Part{{Words: words, Span: c.Span}}
	if c.Default != nil {
		parts = append(parts, output.Part{Words: words, Span: c.Default.Span})
	}
	for _, check := range checks {
		if slices.Contains(rules, check.Name) {
			parts = append(parts, output.Part{Words: append([]string{check.Name}, words...), Span: check.Span})
		}
	}
	return parts
}

func (o originFinder) composite(object *model.Object) []output.Part {
	i := slices.IndexFunc(o.in.Catalog.Composites, func(c catalog.Composite) bool { return c.Name == object.Source })
	if i < 0 {
		return nil
	}
	composite := o.in.Catalog.Composites[i]
	parts := []output.Part{{Words: []string{object.Name, object.Schema}, Span: composite.Span}}
	for _, a := range composite.Attributes {
		parts = append(parts, column(a, nil, []*model.Object{object})...)
	}
	return parts
}

// enum is the list that an enum's values come from.
func (o originFinder) enum(e *model.Enum) []output.Part {
	var parts []output.Part
	for _, l := range o.in.Lists {
		if l.SQLName != e.SQLName {
			continue
		}
		words := []string{e.Name, e.List, e.Schema}
		for _, v := range e.Values {
			words = append(words, v.Name, v.Value)
		}
		parts = append(parts, output.Part{Words: words, Span: l.Span})
	}
	return parts
}

// sort puts parts in the order in which the schema is read; parts of no place come first.
func (o originFinder) sort(parts []output.Part) {
	at := func(p output.Part) int {
		if i, ok := o.order[p.Span.File]; ok {
			return i
		}
		return -1
	}
	slices.SortStableFunc(parts, func(a, b output.Part) int {
		return cmp.Or(cmp.Compare(at(a), at(b)), cmp.Compare(a.Span.Start, b.Span.Start))
	})
}
