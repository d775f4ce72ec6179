package breaking

import (
	"fmt"

	"github.com/trefoil-sql/trefoil/internal/model"
)

// composites compares the composite types. Go has none, and a composite is read as well as written.
func (w *walk) composites() {
	if w.old.Language == Go {
		return
	}
	for _, before := range w.old.Model.Composites {
		subject := Subject{TypeSubject, before.Source.String()}
		after := composite(w.new.Model.Composites, subject.Name)
		if after == nil {
			gone := composite(w.new.Database.Composites, subject.Name) == nil
			w.onComposite("composite-removed", subject, "type "+subject.Name+either(gone, " was removed", " is left out"))
			continue
		}
		w.composite(subject, before, after)
	}
	for _, after := range w.new.Model.Composites {
		if name := after.Source.String(); composite(w.old.Model.Composites, name) == nil {
			w.onComposite("composite-added", Subject{TypeSubject, name}, "type "+name+" was added")
		}
	}
}

func composite(list []*model.Object, name string) *model.Object {
	for _, o := range list {
		if o.Source.String() == name {
			return o
		}
	}
	return nil
}

func (w *walk) onComposite(rule string, subject Subject, message string) {
	for _, r := range []role{readers, writers} {
		w.emit(rule, subject, message, seen{role: r, types: true, data: true})
	}
}

func (w *walk) composite(subject Subject, before, after *model.Object) {
	w.names("composite-renamed", subject, before, after, seen{role: readers, types: true}, true)
	w.names("composite-renamed", subject, before, after, seen{role: writers, types: true}, true)
	dbOld, dbNew := composite(w.old.Database.Composites, subject.Name), composite(w.new.Database.Composites, subject.Name)
	for _, p := range pairFields(dbOld.Fields, dbNew.Fields, func(f model.Field) string { return f.Column }) {
		switch {
		case p.old == nil:
			name := Subject{TypeSubject, subject.Name + "." + p.new.Column}
			w.onComposite("attribute-added", name, fmt.Sprintf("attribute %s was added", name.Name))
		case p.new == nil || p.old.Column != p.new.Column:
			name := Subject{TypeSubject, subject.Name + "." + p.old.Column}
			w.onComposite("attribute-removed", name, fmt.Sprintf("attribute %s was %s", name.Name,
				either(p.new == nil, "removed", "renamed")))
		default:
			w.attribute(subject, before, after, p)
		}
	}
}

func (w *walk) attribute(subject Subject, before, after *model.Object, p fieldPair) {
	f := fieldChange{
		subject: Subject{TypeSubject, subject.Name + "." + p.new.Column}, variant: model.Composite,
		dbOld: p.old, dbNew: p.new, typed: w.typed(before, after),
	}
	f.old, f.oldSpelled = fieldOf(w.old, before, p.old.Column)
	f.new, f.newSpelled = fieldOf(w.new, after, p.new.Column)
	for _, f.role = range []role{readers, writers} {
		w.field(f)
	}
}
