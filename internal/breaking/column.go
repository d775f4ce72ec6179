package breaking

import (
	"fmt"
	"slices"

	"github.com/trefoil-sql/trefoil/internal/model"
)

// columns compares the columns of a table that is there before and after.
func (w *walk) columns(t table) {
	pairs := pairFields(t.dbOld.Row.Fields, t.dbNew.Row.Fields, func(f model.Field) string { return f.Column })
	for _, p := range pairs {
		switch {
		case p.old == nil:
			w.columnAdded(t, p.new.Column)
		case p.new == nil:
			w.columnRemoved(t, p.old.Column)
		default:
			w.column(t, p.old.Column, p.new.Column)
		}
	}
}

// fieldPair is a field before and after; nil where it is not.
type fieldPair struct{ old, new *model.Field }

// pairFields finds each field again: under its key, or else by its place or as the only one left, where the new one has
// the same type. Pairs are in the order of the new fields, and then come those that are gone.
func pairFields(old, new []model.Field, key func(model.Field) string) []fieldPair {
	from := renames(old, new, key)
	var pairs []fieldPair
	again := map[int]bool{}
	for j := range new {
		p := fieldPair{new: &new[j]}
		i, ok := from[j]
		if !ok {
			i = slices.IndexFunc(old, func(f model.Field) bool { return key(f) == key(new[j]) })
		}
		if i >= 0 {
			p.old, again[i] = &old[i], true
		}
		pairs = append(pairs, p)
	}
	for i := range old {
		if !again[i] {
			pairs = append(pairs, fieldPair{old: &old[i]})
		}
	}
	return pairs
}

// renames finds what new fields were called: their places before, by those after.
func renames(old, new []model.Field, key func(model.Field) string) map[int]int {
	missing := func(from, in []model.Field) (places []int) {
		for i := range from {
			if !slices.ContainsFunc(in, func(f model.Field) bool { return key(f) == key(from[i]) }) {
				places = append(places, i)
			}
		}
		return places
	}
	gone, fresh := missing(old, new), missing(new, old)
	only := len(gone) == 1 && len(fresh) == 1
	from := map[int]int{}
	for _, i := range gone {
		for _, j := range fresh {
			same := old[i].Nullable == new[j].Nullable && typeKey(old[i].Type) == typeKey(new[j].Type)
			if same && (only || i == j && len(old) == len(new)) {
				from[j] = i
			}
		}
	}
	return from
}

// fieldOf finds an object's field of a column, and the field's type in the language.
func fieldOf(c Client, o *model.Object, column string) (f *model.Field, spelled string) {
	if o == nil {
		return nil, ""
	}
	for i := range o.Fields {
		if o.Fields[i].Column == column {
			return &o.Fields[i], spelling(c, o, i)
		}
	}
	return nil, ""
}

func spelling(c Client, o *model.Object, i int) string {
	if types := c.Types[o]; i < len(types) {
		return types[i]
	}
	return ""
}

func (t table) column(name string) Subject {
	return Subject{TableSubject, t.subject.Name + "." + name}
}

func (w *walk) columnAdded(t table, name string) {
	inserted, _ := fieldOf(w.new, t.dbNew.Insert, name)
	rule, what := "column-added", "was added"
	required := inserted != nil && !inserted.Optional
	if required {
		rule, what = "required-column-added", "was added, is NOT NULL and has no default"
	}
	message := fmt.Sprintf("column %s %s", t.column(name).Name, what)
	row, _ := fieldOf(w.new, t.new.Row, name)
	writes := w.writes(t.old, model.Insert)
	if row != nil {
		w.emit(rule, t.column(name), message, seen{role: readers, types: true})
	}
	if f, _ := fieldOf(w.new, t.new.Insert, name); writes && (f != nil || required) {
		typed := f != nil && w.typed(t.old.Insert, t.new.Insert)
		w.emit(rule, t.column(name), message, seen{role: writers, types: typed, data: true})
	}
}

func (w *walk) columnRemoved(t table, name string) {
	message := fmt.Sprintf("column %s was removed", t.column(name).Name)
	for _, v := range []model.Variant{model.Row, model.Insert, model.Update} {
		o := variant(t.old, v)
		if f, _ := fieldOf(w.old, o, name); f == nil || v != model.Row && !w.writes(t.old, v) {
			continue
		}
		w.emit("column-removed", t.column(name), message, seen{role: roleOf(v), types: w.old.Types[o] != nil, data: true})
	}
}

func roleOf(v model.Variant) role {
	if v == model.Row || v == model.QueryRow {
		return readers
	}
	return writers
}

// column compares a column in each variant.
func (w *walk) column(t table, before, after string) {
	for _, v := range []model.Variant{model.Row, model.Insert, model.Update} {
		old, new := variant(t.old, v), variant(t.new, v)
		if old == nil || new == nil || v != model.Row && !w.writes(t.old, v) {
			continue
		}
		var f fieldChange
		f.subject, f.variant, f.typed = t.column(after), v, w.typed(old, new)
		f.old, f.oldSpelled = fieldOf(w.old, old, before)
		f.new, f.newSpelled = fieldOf(w.new, new, after)
		f.dbOld, _ = fieldOf(w.old, variant(t.dbOld, v), before)
		f.dbNew, _ = fieldOf(w.new, variant(t.dbNew, v), after)
		if f.dbOld != nil && f.dbNew != nil && f.old != nil && before != after {
			f.renamed = true
			name := f.new == nil || f.old.Name != f.new.Name
			w.emit("column-renamed", f.subject, fmt.Sprintf("column %s was called %s", f.subject.Name, before),
				seen{role: roleOf(v), types: f.typed && name, data: true})
		}
		w.variantOfColumn(f)
	}
}

// variantOfColumn tells what a column's presence in one variant became, and compares it where it is in both.
func (w *walk) variantOfColumn(f fieldChange) {
	name := f.subject.Name
	s := seen{role: roleOf(f.variant), types: f.typed, data: true}
	switch {
	case f.old == nil && f.new == nil:
	case f.old == nil && f.dbOld == nil:
		w.emit("column-became-writable", f.subject, fmt.Sprintf("column %s can be written", name), s)
	case f.old == nil:
		s.types = s.types && f.variant == model.Insert && !f.new.Optional
		w.emit("column-shown", f.subject, fmt.Sprintf("column %s is no longer left out", name), s)
	case f.dbNew == nil:
		w.emit("column-became-generated", f.subject, fmt.Sprintf("column %s can no longer be written: the database makes its values", name), s)
	case f.new == nil:
		w.emit("column-hidden", f.subject, fmt.Sprintf("column %s is left out of %s", name, hiddenFrom(f.variant)), s)
	default:
		w.field(f)
	}
}

func hiddenFrom(v model.Variant) string { return "the " + string(v) + " type" }
