package model

import (
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// Lower says which value lists sqlc is shown as enum types: those of CHECKs and domains. Enum types of the catalog are
// declared as they are. Lists that the options give one name are one type if their values are the same.
func Lower(cfg *config.Config, _ config.SQL, lists []ValueList) []sqlc.Enum {
	var enums []sqlc.Enum
	for _, l := range lower(cfg, lists) {
		enums = append(enums, l.enum)
	}
	return enums
}

// lowered is an enum type that sqlc is shown, and the lists that it stands for.
type lowered struct {
	enum  sqlc.Enum
	lists []ValueList
}

func lower(cfg *config.Config, lists []ValueList) []lowered {
	names := namer{lang: naming.TypeScript, shared: cfg.Shared, defaultSchema: cfg.Shared.DefaultSchema}
	ofTypes := map[string]bool{} // names that enum types have
	byName := map[string]int{}
	var out []lowered
	for _, l := range lists {
		name, renamed := goName(names, l)
		if l.IsEnumType() {
			ofTypes[name] = true
			continue
		}
		if renamed && ofTypes[name] {
			name, renamed = "", false
		}
		if at, ok := byName[name]; ok && renamed && slices.Equal(sorted(out[at].enum.Values), sorted(l.Values)) {
			out[at].add(l)
			continue
		}
		low := lowered{enum: sqlc.Enum{Name: l.SQLName, Values: l.Values, GoName: name}}
		low.enum.GoValues = goValues(names, name, l)
		low.add(l)
		if renamed {
			byName[name] = len(out)
		}
		out = append(out, low)
	}
	return out
}

func (low *lowered) add(l ValueList) {
	low.lists = append(low.lists, l)
	low.enum.Columns = append(low.enum.Columns, l.Columns...)
	low.enum.Domains = append(low.enum.Domains, l.Domains...)
}

// goName is the name that the options give a list, "" without one.
func goName(names namer, l ValueList) (string, bool) {
	to, ok := renamedList(names.shared, l)
	if !ok {
		return "", false
	}
	return names.typeForm(to), true
}

// goValues names the constants of a list whose type or values the options name, and of one whose values sqlc would give
// one name to. It is nil for the others.
func goValues(names namer, goName string, l ValueList) map[string]string {
	renamed := renamedValues(names.shared, l)
	if goName == "" && len(renamed) == 0 && !sqlcRepeats(l.Values) {
		return nil
	}
	prefix := goName
	if prefix == "" {
		prefix = names.pascal(names.words(l.SQLName))
	}
	var scope naming.Scope
	scope.Take(prefix)
	values := map[string]string{}
	for _, given := range []bool{true, false} {
		for _, v := range l.Values {
			if word, ok := renamed[v]; ok == given {
				values[v] = scope.Unique(prefix + goValue(orDefault(word, v)))
			}
		}
	}
	return values
}

// goValue is a value's part of its constant's name.
func goValue(value string) string {
	word := naming.Pascal(naming.Words(value), nil)
	switch {
	case value == "":
		return "Empty"
	case word == "":
		return "Value"
	}
	return strings.TrimPrefix(naming.Identifier(naming.Go, naming.Type, "x"+word), "x") // without what Go does not take
}

// renamedList is the name that options.trefoil.rename.enums gives a list.
func renamedList(shared config.Shared, l ValueList) (string, bool) {
	return lookUp(shared.Rename.Enums, l)
}

// renamedValues are the names that options.trefoil.rename.values gives a list's values.
func renamedValues(shared config.Shared, l ValueList) map[string]string {
	values, _ := lookUp(shared.Rename.Values, l)
	return values
}

// lookUp finds a list in an option by the keys that name it.
func lookUp[T any](option map[string]T, l ValueList) (T, bool) {
	var none T
	if len(option) == 0 {
		return none, false
	}
	for _, key := range l.keys() {
		if v, ok := option[key]; ok {
			return v, true
		}
	}
	return none, false
}

// keys are the ways to name a list in options: with its schema, and as Key has it.
func (l ValueList) keys() []string {
	if l.Type != (catalog.Name{}) {
		return []string{l.Type.String(), l.Key}
	}
	keys := []string{}
	for _, c := range l.Columns[:1] {
		keys = append(keys, c.Relation.String()+"."+c.Column)
	}
	return append(keys, l.Key)
}
