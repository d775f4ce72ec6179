package breaking

import (
	"fmt"

	"github.com/trefoil-sql/trefoil/internal/model"
)

// table is a relation in the client and in the database, before and after; nil where it is not.
type table struct {
	old, new, dbOld, dbNew *model.Relation
	subject                Subject // under its new name
}

// relations compares every table and view.
func (w *walk) relations() {
	seen := map[string]bool{}
	for _, d := range w.old.Database.Relations {
		to := w.tables[d.Source.String()]
		seen[to] = true
		t := table{old: relation(w.old.Model.Relations, d.Source.String()), dbOld: d, subject: Subject{TableSubject, d.Source.String()}}
		if to != "" {
			t.new, t.dbNew = relation(w.new.Model.Relations, to), relation(w.new.Database.Relations, to)
			t.subject.Name = to
		}
		w.table(t)
	}
	for _, d := range w.new.Database.Relations {
		if name := d.Source.String(); !seen[name] {
			w.table(table{new: relation(w.new.Model.Relations, name), dbNew: d, subject: Subject{TableSubject, name}})
		}
	}
}

func (w *walk) table(t table) {
	name := t.subject.Name
	switch {
	case t.old == nil && t.new == nil:
	case t.old == nil && t.dbOld == nil:
		w.onTable("table-added", t, fmt.Sprintf("%s %s was added", t.new.Kind, name))
	case t.old == nil:
		w.onTable("table-shown", t, fmt.Sprintf("%s %s is no longer left out", t.new.Kind, name))
	case t.dbNew == nil:
		w.onTable("table-removed", t, fmt.Sprintf("%s %s was removed", t.old.Kind, name))
	case t.new == nil:
		w.onTable("table-hidden", t, fmt.Sprintf("%s %s is left out", t.old.Kind, name))
	default:
		if before := t.dbOld.Source.String(); before != name {
			w.onTable("table-renamed", t, fmt.Sprintf("%s %s was renamed to %s", t.dbNew.Kind, before, name))
		}
		w.variants(t)
		w.columns(t)
	}
}

// onTable notes a change of a whole table for those who read it and those who write it.
func (w *walk) onTable(rule string, t table, message string) {
	names := t.new == nil || t.old == nil || t.old.Row.Name != t.new.Row.Name || t.old.Row.Schema != t.new.Row.Schema
	w.emit(rule, t.subject, message, seen{role: readers, types: names, data: true})
	if t.old != nil && (w.writes(t.old, model.Insert) || w.writes(t.old, model.Update)) {
		typed := w.old.Types[t.old.Insert] != nil || w.old.Types[t.old.Update] != nil
		w.emit(rule, t.subject, message, seen{role: writers, types: names && typed, data: true})
	}
}

// writes tells whether the client writes rows of a relation.
func (w *walk) writes(r *model.Relation, v model.Variant) bool {
	if w.old.Writes != nil && !w.old.Writes[r.Source.String()] {
		return false
	}
	return variant(r, v) != nil
}

func variant(r *model.Relation, v model.Variant) *model.Object {
	switch {
	case r == nil:
		return nil
	case v == model.Row:
		return r.Row
	case v == model.Insert:
		return r.Insert
	default:
		return r.Update
	}
}

// variants compares which types a table has, and their names.
func (w *walk) variants(t table) {
	for _, v := range []model.Variant{model.Row, model.Insert, model.Update} {
		before, after := variant(t.old, v), variant(t.new, v)
		role := writers
		if v == model.Row {
			role = readers
		}
		s := seen{role: role, types: w.old.Types[before] != nil, data: true}
		switch {
		case before == nil && after == nil, role == writers && before != nil && !w.writes(t.old, v):
		case before == nil && variant(t.dbOld, v) == nil:
			w.emit("table-became-writable", t.subject, fmt.Sprintf("%s became a %s and can be written", t.subject.Name, t.dbNew.Kind), s)
		case before == nil:
			w.emit(string(v)+"-type-added", t.subject, fmt.Sprintf("%s now has an %s type", t.subject.Name, v), s)
		case after == nil && variant(t.dbNew, v) == nil:
			w.emit("table-became-read-only", t.subject,
				fmt.Sprintf("%s became a %s and can no longer be written", t.subject.Name, t.dbNew.Kind), s)
		case after == nil:
			w.emit(string(v)+"-type-removed", t.subject, fmt.Sprintf("%s no longer has an %s type", t.subject.Name, v), s)
		default:
			w.names(string(v)+"-type-renamed", t.subject, before, after, s, t.dbOld.Source == t.dbNew.Source)
		}
	}
}

// names compares the names of an object's type and schema. tell is false where a rename of the table says it already.
func (w *walk) names(rule string, subject Subject, before, after *model.Object, s seen, tell bool) {
	if before.Name != after.Name {
		w.renamed[before.Name] = after.Name
	}
	if !tell || !s.types {
		return
	}
	s.data = false
	if before.Name != after.Name {
		w.emit(rule, subject, fmt.Sprintf("the %s type of %s is called %s and was %s",
			before.Variant, subject.Name, after.Name, before.Name), s)
	}
	if w.old.Language == Zod && before.Schema != after.Schema {
		w.emit(rule, subject, fmt.Sprintf("the %s schema of %s is called %s and was %s",
			before.Variant, subject.Name, after.Schema, before.Schema), s)
	}
}
