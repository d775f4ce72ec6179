package breaking

import (
	"fmt"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/model"
)

// fieldChange is a field of one object before and after, in the client and in the database.
type fieldChange struct {
	subject      Subject
	variant      model.Variant
	old, new     *model.Field
	dbOld, dbNew *model.Field
	// typed tells that the language has types for the object, and the others are the field's, as the language writes them.
	typed                  bool
	oldSpelled, newSpelled string
	// renamed tells that another finding is about the field's name.
	renamed bool
	// role is writers for a composite that is written.
	role role
}

// field compares everything about a field but whether it is there.
func (w *walk) field(f fieldChange) {
	if f.variant != model.Composite {
		f.role = roleOf(f.variant)
	}
	f.oldSpelled = w.rename(f.oldSpelled)
	w.fieldName(f)
	w.fieldNull(f)
	w.fieldDefault(f)
	w.fieldType(f)
	w.fieldChecks(f)
}

// seen is how the client sees a change of the field.
func (w *walk) seen(f fieldChange) seen {
	s := seen{role: f.role, types: f.typed, data: true}
	if f.role == readers {
		s.spelled = !assignable(w.old.Language, f.newSpelled, f.oldSpelled, w.new.Model.Enums)
	} else {
		s.spelled = !assignable(w.old.Language, f.oldSpelled, f.newSpelled, w.new.Model.Enums)
	}
	return s
}

func (w *walk) fieldName(f fieldChange) {
	if f.renamed || !f.typed {
		return
	}
	s := seen{role: f.role, types: true}
	switch {
	case f.old.Name != f.new.Name:
		w.emit("field-renamed", f.subject, fmt.Sprintf("the field of %s is called %s and was %s", f.subject.Name, f.new.Name, f.old.Name), s)
	case w.old.Language == Pydantic && f.old.Wire != f.new.Wire:
		w.emit("alias-changed", f.subject, fmt.Sprintf("the key of %s in JSON is %s and was %s", f.subject.Name, f.new.Wire, f.old.Wire), s)
	}
}

// fieldNull compares whether the field may be null, under the rule for what it is.
func (w *walk) fieldNull(f fieldChange) {
	if f.dbOld.Nullable == f.dbNew.Nullable {
		return
	}
	what := "column"
	switch f.variant {
	case model.QueryRow:
		what = "query-column"
	case model.Params:
		what = "query-param"
	}
	verb, rule := "may no longer be null", what+"-became-not-null"
	if f.dbNew.Nullable {
		verb, rule = "may be null", what+"-became-nullable"
	}
	w.emit(rule, f.subject, fmt.Sprintf("%s %s %s", words(what), f.subject.Name, verb), w.seen(f))
}

func words(id string) string {
	return strings.ReplaceAll(strings.TrimPrefix(id, "query-"), "param", "parameter")
}

// fieldDefault compares what an INSERT may leave out. Where null comes or goes it is fieldNull that tells.
func (w *walk) fieldDefault(f fieldChange) {
	if f.variant != model.Insert || f.dbOld.Nullable != f.dbNew.Nullable {
		return
	}
	s := w.seen(f)
	switch {
	case !f.dbOld.Optional && f.dbNew.Optional:
		w.emit("default-added", f.subject, fmt.Sprintf("column %s may be left out", f.subject.Name), s)
	case f.dbOld.Optional && !f.dbNew.Optional:
		w.emit("default-removed", f.subject, fmt.Sprintf("column %s may no longer be left out", f.subject.Name), s)
	case f.dbOld.Optional && defaultText(f.dbOld) != defaultText(f.dbNew):
		w.emit("default-changed", f.subject, fmt.Sprintf("the default of %s is %s and was %s",
			f.subject.Name, defaultText(f.dbNew), defaultText(f.dbOld)), s)
	}
}

func defaultText(f *model.Field) string {
	switch {
	case f.Default == nil:
		return "no constant"
	case f.Default.Kind == model.StringDefault, f.Default.Kind == model.JSONDefault:
		return fmt.Sprintf("%q", f.Default.Text)
	}
	return f.Default.Text
}

// fieldType compares the types. Where the database's is the same, another one in the language comes from the options.
func (w *walk) fieldType(f fieldChange) {
	s := w.seen(f)
	custom, isCustom := f.old.Type.(model.Custom)
	changes := w.types(f.dbOld.Type, f.dbNew.Type)
	for _, c := range changes {
		told := s
		if isCustom && (c.limit || f.role == readers && w.old.Language == Zod && custom.Schema == "") {
			told.data = f.role == writers
		}
		w.emit(c.rule, f.subject, fmt.Sprintf("%s %s", f.subject.Name, c.says), told)
	}
	nulls := w.old.Language == Go && f.dbOld.Nullable != f.dbNew.Nullable // Go's type says it
	if len(changes) == 0 && f.typed && !nulls && f.oldSpelled != f.newSpelled {
		w.emit("type-remapped", f.subject, fmt.Sprintf("%s is %s and was %s", f.subject.Name, f.newSpelled, f.oldSpelled), s)
	}
}
