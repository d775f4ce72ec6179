package breaking

import (
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// walk compares one target.
type walk struct {
	old, new Client
	out      *collector
	// tables and lists pair the names of what the database had with those of what it has; a name without a partner is
	// missing.
	tables, lists map[string]string
	// renamed has the new names of types of the target that have another.
	renamed map[string]string
	// used says who meets an enum, by its name in the database before.
	used map[string]map[role]bool
}

func newWalk(p pair, c *collector) *walk {
	w := &walk{old: p.before, new: p.after, out: c, renamed: map[string]string{}}
	w.lists = pairEnums(w.old.Database.Enums, w.new.Database.Enums)
	w.tables = pairRelations(w.old.Database.Relations, w.new.Database.Relations)
	w.used = usedEnums(w.old)
	return w
}

// emit notes what the client sees of a change. A change of no place in the schema is where its table is.
func (w *walk) emit(rule string, subject Subject, message string, s seen) {
	s.language = w.old.Language
	w.out.add(rule, subject, message, w.place(subject.Name), s)
}

func (w *walk) place(name string) source.Span {
	for ; name != ""; name = parent(name) {
		if span, ok := w.new.Places[name]; ok {
			return span
		}
	}
	return source.Span{}
}

// parent cuts the last part off a name of three parts: it is the table of a column.
func parent(name string) string {
	if strings.Count(name, ".") < 2 {
		return ""
	}
	return name[:strings.LastIndex(name, ".")]
}

// typed tells that the language has a type for the object.
func (w *walk) typed(before, after *model.Object) bool {
	return before != nil && after != nil && w.old.Types[before] != nil && w.new.Types[after] != nil
}

// pairRelations finds each relation again: under its name, or else as the only new one of the same columns.
func pairRelations(old, new []*model.Relation) map[string]string {
	pairs := map[string]string{}
	taken := map[string]bool{}
	for _, a := range old {
		if relation(new, a.Source.String()) != nil {
			pairs[a.Source.String()], taken[a.Source.String()] = a.Source.String(), true
		}
	}
	columns := func(r *model.Relation) string {
		text := string(r.Kind)
		for _, f := range r.Row.Fields {
			text += "\x00" + f.Column + "\x00" + typeKey(f.Type)
		}
		return text
	}
	lost := func(r *model.Relation) bool { return pairs[r.Source.String()] == "" }
	fresh := func(r *model.Relation) bool { return !taken[r.Source.String()] }
	for _, a := range old {
		if !lost(a) {
			continue
		}
		alike := func(b *model.Relation) bool { return columns(a) == columns(b) }
		rivals, found := filter(filter(old, lost), alike), filter(filter(new, fresh), alike)
		if len(rivals) == 1 && len(found) == 1 {
			pairs[a.Source.String()], taken[found[0].Source.String()] = found[0].Source.String(), true
		}
	}
	return pairs
}

func filter[T any](list []T, keep func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(list), func(v T) bool { return !keep(v) })
}

// pairEnums finds each enum again: under its name, or else as the first new one with the same values.
func pairEnums(old, new []*model.Enum) map[string]string {
	pairs := map[string]string{}
	taken := map[string]bool{}
	for _, a := range old {
		if enum(new, a.SQLName.String()) != nil {
			pairs[a.SQLName.String()], taken[a.SQLName.String()] = a.SQLName.String(), true
		}
	}
	for _, a := range old {
		if pairs[a.SQLName.String()] != "" {
			continue
		}
		for _, b := range new {
			if !taken[b.SQLName.String()] && (a.Constraint == "") == (b.Constraint == "") && slices.Equal(values(a), values(b)) {
				pairs[a.SQLName.String()], taken[b.SQLName.String()] = b.SQLName.String(), true
				break
			}
		}
	}
	return pairs
}

func relation(list []*model.Relation, name string) *model.Relation {
	for _, r := range list {
		if r.Source.String() == name {
			return r
		}
	}
	return nil
}

func enum(list []*model.Enum, name string) *model.Enum {
	for _, e := range list {
		if e.SQLName.String() == name {
			return e
		}
	}
	return nil
}

func values(e *model.Enum) []string {
	list := make([]string, len(e.Values))
	for i, v := range e.Values {
		list[i] = v.Value
	}
	return list
}
