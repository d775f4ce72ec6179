package breaking

import (
	"fmt"

	"github.com/trefoil-sql/trefoil/internal/model"
)

// query is a query in the client and in all there is, before and after.
type query struct {
	old, new, dbOld, dbNew *model.Query
	subject                Subject
}

// queries compares the named queries.
func (w *walk) queries() {
	for _, before := range w.old.Model.Queries {
		q := query{
			old: before, new: queryOf(w.new.Model, before.Name), subject: Subject{QuerySubject, before.Name},
			dbOld: queryOf(w.old.Database, before.Name), dbNew: queryOf(w.new.Database, before.Name),
		}
		if q.new == nil {
			w.onQuery("query-removed", q, fmt.Sprintf("query %s %s", before.Name, either(q.dbNew == nil, "was removed", "is left out")))
			continue
		}
		w.query(q)
	}
	for _, after := range w.new.Model.Queries {
		if queryOf(w.old.Model, after.Name) == nil {
			w.onQuery("query-added", query{old: after, subject: Subject{QuerySubject, after.Name}}, "query "+after.Name+" was added")
		}
	}
}

func queryOf(m *model.Model, name string) *model.Query {
	for _, q := range m.Queries {
		if q.Name == name {
			return q
		}
	}
	return nil
}

// onQuery notes a change for those who read the query's rows and those who call it: one that takes and gives nothing is
// called all the same, in Go.
func (w *walk) onQuery(rule string, q query, message string) {
	w.emit(rule, q.subject, message, seen{role: readers, types: q.old.Row != nil})
	w.emit(rule, q.subject, message, seen{role: writers, types: q.old.Params != nil || w.old.Language == Go})
}

func (w *walk) query(q query) {
	if q.old.Cmd != q.new.Cmd {
		w.onQuery("query-command-changed", q, fmt.Sprintf("query %s is %s and was %s", q.subject.Name, q.new.Cmd, q.old.Cmd))
	}
	if q.old.Module != q.new.Module && w.old.Language != Go {
		w.onQuery("query-moved", q, fmt.Sprintf("query %s is in %s and was in %s", q.subject.Name, q.new.Module, q.old.Module))
	}
	w.queryRow(q)
	w.queryParams(q)
}

func (w *walk) queryRow(q query) {
	s := seen{role: readers, types: true, data: true}
	switch {
	case q.old.Row == nil && q.new.Row == nil:
	case q.old.Row == nil:
		w.emit("query-row-added", q.subject, fmt.Sprintf("query %s returns rows", q.subject.Name), s)
	case q.new.Row == nil:
		w.emit("query-row-removed", q.subject, fmt.Sprintf("query %s no longer returns rows", q.subject.Name), s)
	default:
		w.queryNames("query-row-renamed", q, q.old.Row, q.new.Row, w.old.Gives, w.new.Gives)
		if !q.old.SharedRow || !q.new.SharedRow { // else the relation's row says it
			w.queryFields(q, q.old.Row, q.new.Row, q.dbOld.Row, q.dbNew.Row)
		}
	}
}

func (w *walk) queryParams(q query) {
	before, after := q.old.Params, q.new.Params
	empty := &model.Object{Variant: model.Params}
	dbOld, dbNew := q.dbOld.Params, q.dbNew.Params
	if before != nil && after != nil {
		w.queryNames("query-params-renamed", q, before, after, w.old.Takes, w.new.Takes)
	}
	if before == nil {
		before, dbOld = empty, empty
	}
	if after == nil {
		after, dbNew = empty, empty
	}
	w.queryFields(q, before, after, dbOld, dbNew)
}

// queryNames compares the names of types that a query uses. The structs that Go's methods take and give are known by the
// query's name; one that is not there is no struct.
func (w *walk) queryNames(rule string, q query, before, after *model.Object, old, new map[string]string) {
	s := seen{role: roleOf(before.Variant), types: true}
	oldName, newName := before.Name, after.Name
	if w.old.Language == Go {
		oldName, newName = old[q.subject.Name], new[q.subject.Name]
	}
	what := either(s.role == readers, "rows", "parameters")
	switch {
	case w.rename(oldName) == newName:
	case newName == "" || oldName == "":
		w.emit(rule, q.subject, fmt.Sprintf("the %s of query %s are %s and were %s",
			what, q.subject.Name, orPlain(newName), orPlain(oldName)), s)
	default:
		w.emit(rule, q.subject, fmt.Sprintf("the type of the %s of query %s is called %s and was %s",
			what, q.subject.Name, newName, oldName), s)
	}
	if w.old.Language == Zod && before.Schema != after.Schema && w.rename(oldName) != newName {
		w.emit(rule, q.subject, fmt.Sprintf("the schema of the %s of query %s is called %s and was %s",
			what, q.subject.Name, after.Schema, before.Schema), s)
	}
	if oldName != newName && w.old.Types[before] != nil && !q.old.SharedRow {
		w.renamed[oldName] = newName
	}
}

func orPlain(name string) string {
	if name == "" {
		return "no struct"
	}
	return "the struct " + name
}

// queryFields compares the columns or the parameters of a query. What the database has of them is in the same order.
func (w *walk) queryFields(q query, old, new, dbOld, dbNew *model.Object) {
	place := func(list []model.Field, f *model.Field) int {
		for i := range list {
			if &list[i] == f {
				return i
			}
		}
		return -1
	}
	if len(old.Fields) != len(dbOld.Fields) || len(new.Fields) != len(dbNew.Fields) {
		return
	}
	for _, p := range pairFields(dbOld.Fields, dbNew.Fields, func(f model.Field) string { return f.Wire }) {
		f := fieldChange{variant: old.Variant, dbOld: p.old, dbNew: p.new, typed: w.typed(old, new)}
		if p.old != nil {
			i := place(dbOld.Fields, p.old)
			f.old, f.oldSpelled = &old.Fields[i], spelling(w.old, old, i)
		}
		if p.new != nil {
			i := place(dbNew.Fields, p.new)
			f.new, f.newSpelled = &new.Fields[i], spelling(w.new, new, i)
		}
		w.queryField(q, f)
	}
}

func (w *walk) queryField(q query, f fieldChange) {
	what := "column"
	if f.variant == model.Params {
		what = "param"
	} else {
		f.variant = model.QueryRow // also a relation's row
	}
	s := seen{role: roleOf(f.variant), types: true, data: true}
	name := func(d *model.Field) string { return q.subject.Name + "." + d.Wire }
	switch {
	case f.dbOld == nil:
		f.subject = Subject{QuerySubject, name(f.dbNew)}
		w.emit("query-"+what+"-added", f.subject, fmt.Sprintf("%s %s was added", words(what), f.subject.Name), s)
		return
	case f.dbNew == nil:
		f.subject = Subject{QuerySubject, name(f.dbOld)}
		w.emit("query-"+what+"-removed", f.subject, fmt.Sprintf("%s %s was removed", words(what), f.subject.Name), s)
		return
	}
	f.subject = Subject{QuerySubject, name(f.dbNew)}
	if f.dbOld.Wire != f.dbNew.Wire {
		f.renamed = true
		// Go's plain arguments and results have no names that callers use.
		s.types = f.old.Name != f.new.Name && (w.old.Language != Go || w.named(q, f))
		w.emit("query-"+what+"-renamed", f.subject, fmt.Sprintf("%s %s was called %s", words(what), f.subject.Name, f.dbOld.Wire), s)
	}
	w.field(f)
}

// named tells that a query's field is one of a struct.
func (w *walk) named(q query, f fieldChange) bool {
	if f.variant == model.Params {
		return w.old.Takes[q.subject.Name] != ""
	}
	return w.old.Gives[q.subject.Name] != ""
}
