package breaking

import (
	"fmt"
	"slices"

	"github.com/trefoil-sql/trefoil/internal/model"
)

// usedEnums says which sides of a client meet each enum: rows bring its values, and what is written takes them.
func usedEnums(c Client) map[string]map[role]bool {
	used := map[string]map[role]bool{}
	note := func(o *model.Object, roles ...role) {
		if o == nil {
			return
		}
		for _, f := range o.Fields {
			for name := range enumsIn(f.Type, map[*model.Object]bool{}) {
				if used[name] == nil {
					used[name] = map[role]bool{}
				}
				for _, r := range roles {
					used[name][r] = true
				}
			}
		}
	}
	for _, r := range c.Model.Relations {
		note(r.Row, readers)
		if c.Writes == nil || c.Writes[r.Source.String()] {
			note(r.Insert, writers)
			note(r.Update, writers)
		}
	}
	for _, q := range c.Model.Queries {
		note(q.Row, readers)
		note(q.Params, writers)
	}
	return used
}

// enumsIn are the enums that a type is made of, by name. seen ends a type that holds itself.
func enumsIn(t model.Type, seen map[*model.Object]bool) map[string]bool {
	found := map[string]bool{}
	switch t := t.(type) {
	case model.EnumRef:
		found[t.Enum.SQLName.String()] = true
	case model.Array:
		return enumsIn(t.Elem, seen)
	case model.Range:
		return enumsIn(t.Elem, seen)
	case model.JSONValue:
		return enumsIn(t.Value, seen)
	case model.JSONMap:
		return enumsIn(t.Elem, seen)
	case model.ObjectRef:
		if seen[t.Object] {
			return found
		}
		seen[t.Object] = true
		for _, f := range t.Object.Fields {
			for name := range enumsIn(f.Type, seen) {
				found[name] = true
			}
		}
	}
	return found
}

// enums compares the enums, wherever they are used.
func (w *walk) enums() {
	seen := map[string]bool{}
	for _, e := range w.old.Model.Enums {
		to := w.lists[e.SQLName.String()]
		after := enum(w.new.Model.Enums, to)
		if after == nil {
			subject := enumSubject(w.old, e)
			w.onEnum("enum-removed", subject, e, fmt.Sprintf("the enum of %s %s", subject.Name, either(to == "", "was removed", "is left out")))
			continue
		}
		seen[to] = true
		w.enum(e, after)
	}
	for _, e := range w.new.Model.Enums {
		if !seen[e.SQLName.String()] {
			subject := enumSubject(w.new, e)
			w.onEnum("enum-added", subject, e, "the enum of "+subject.Name+" was added")
		}
	}
}

// enumSubject is an enum type by its name, and a list in a CHECK by the column that it is for.
func enumSubject(c Client, e *model.Enum) Subject {
	if e.Constraint != "" {
		for _, r := range c.Database.Relations {
			for _, f := range r.Row.Fields {
				if ref, ok := f.Type.(model.EnumRef); ok && ref.Enum.SQLName == e.SQLName {
					return Subject{EnumSubject, r.Source.String() + "." + f.Column}
				}
			}
		}
	}
	return Subject{EnumSubject, e.SQLName.String()}
}

// onEnum notes a change of an enum. Its types concern everyone, its data those who use it.
func (w *walk) onEnum(rule string, subject Subject, e *model.Enum, message string) {
	used := w.used[e.SQLName.String()]
	for _, r := range []role{readers, writers} {
		w.emit(rule, subject, message, seen{role: r, types: true, data: used[r]})
	}
}

func (w *walk) enum(before, after *model.Enum) {
	subject := enumSubject(w.new, after)
	w.enumNames(subject, before, after)
	w.enumValues(subject, before, after)
	old, now := values(before), values(after)
	kept := func(list, other []string) []string {
		return slices.DeleteFunc(slices.Clone(list), func(v string) bool { return !slices.Contains(other, v) })
	}
	if !slices.Equal(kept(old, now), kept(now, old)) {
		w.onEnum("enum-reordered", subject, before, fmt.Sprintf("the values of the enum of %s have another order", subject.Name))
	}
}

// enumValues compares the values and their names. In Go the names of all values change with that of the enum, and that is
// told once.
func (w *walk) enumValues(subject Subject, before, after *model.Enum) {
	named := w.old.Language == Pydantic || w.old.Language == Go && before.Name == after.Name
	old, now := values(before), values(after)
	for _, v := range after.Values {
		if !slices.Contains(old, v.Value) {
			w.onEnum("enum-value-added", subject, before, fmt.Sprintf("the enum of %s has the new value %q", subject.Name, v.Value))
		}
	}
	for _, v := range before.Values {
		at := slices.Index(now, v.Value)
		if at < 0 {
			w.onEnum("enum-value-removed", subject, before, fmt.Sprintf("the enum of %s lost the value %q", subject.Name, v.Value))
			continue
		}
		if name := after.Values[at].Name; named && name != v.Name {
			w.onEnum("enum-value-renamed", subject, before, fmt.Sprintf("the value %q of the enum of %s is called %s and was %s",
				v.Value, subject.Name, name, v.Name))
		}
	}
}

// enumNames compares the names of the type, and in TypeScript of its list and its schema.
func (w *walk) enumNames(subject Subject, before, after *model.Enum) {
	if before.Name != after.Name {
		w.renamed[before.Name] = after.Name
	}
	for _, n := range []struct{ what, old, now string }{
		{"the enum", before.Name, after.Name},
		{"the list of the enum", before.List, after.List},
		{"the schema of the enum", before.Schema, after.Schema},
	} {
		if n.old != n.now && (n.what == "the enum" || w.old.Language == Zod) {
			w.onEnum("enum-renamed", subject, before, fmt.Sprintf("%s of %s is called %s and was %s", n.what, subject.Name, n.now, n.old))
		}
	}
}
