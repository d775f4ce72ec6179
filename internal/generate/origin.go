package generate

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/output"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// origins tells for each file of a target what in the schema it is generated from. A file that is about one relation
// has that relation's parts, any other file has those of all.
func origins(in model.Input, files []*source.File, m *model.Model, tree output.Tree) map[string]output.Origin {
	o := originFinder{in, files}
	own := map[string]output.Origin{}
	var all []output.Part
	for _, r := range m.Relations {
		origin := o.relation(r)
		own[r.Module] = origin
		all = append(all, origin.Parts...)
	}
	for _, c := range m.Composites {
		all = append(all, o.composite(c)...)
	}
	for _, e := range m.Enums {
		parts := o.enum(e)
		all = append(all, parts...)
		if of, ok := own[e.Module]; ok { // it stands with the table whose CHECK lists its values
			of.Parts = append(of.Parts, parts...)
			o.sort(of.Parts)
			own[e.Module] = of
		}
	}
	o.sort(all)
	byFile := map[string]output.Origin{}
	for _, file := range tree.Paths() {
		origin, ok := own[strings.TrimSuffix(file, path.Ext(file))]
		if !ok {
			origin = output.Origin{Parts: all}
		}
		byFile[file] = origin
	}
	return byFile
}

type originFinder struct {
	in    model.Input
	files []*source.File // in the order in which they apply
}

// relation has the relation itself, its columns, and the CHECKs that are rules of a field.
func (o originFinder) relation(r *model.Relation) output.Origin {
	i := slices.IndexFunc(o.in.Catalog.Relations, func(c catalog.Relation) bool { return c.Name == r.Source })
	if i < 0 {
		return output.Origin{}
	}
	rel := &o.in.Catalog.Relations[i]
	objects := []*model.Object{r.Row, r.Insert, r.Update}
	names := []string{r.Module, r.Source.Name}
	for _, object := range objects {
		if object != nil {
			names = append(names, object.Name, object.Schema)
		}
	}
	origin := output.Origin{Span: rel.Span, Parts: []output.Part{{Words: names, Span: rel.Span}}}
	for _, c := range rel.Columns {
		origin.Parts = append(origin.Parts, column(c, rel.Checks, objects)...)
	}
	o.sort(origin.Parts)
	return origin
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
		return slices.Index(o.files, p.Span.File)
	}
	slices.SortStableFunc(parts, func(a, b output.Part) int {
		return cmp.Or(cmp.Compare(at(a), at(b)), cmp.Compare(a.Span.Start, b.Span.Start))
	})
}
