package model

import (
	"github.com/trefoil-sql/trefoil/internal/naming"
)

// enum is the name that the templates of a value list's type and schema expand.
func (n namer) enum(l ValueList, tags tagged) string {
	if n.lang == naming.Go {
		return n.sqlc.enum(l)
	}
	if to, ok := renamedList(n.shared, l); ok {
		return n.typeForm(to)
	}
	if l.Type.Name != "" {
		if tags.name != "" {
			return n.typeForm(tags.name)
		}
		return n.pascal(n.words(l.Type))
	}
	c := l.Columns[0]
	return n.pascal(append(naming.Singular(n.words(c.Relation)), naming.Words(c.Column)...))
}

// list is the name of the constant that holds an enum's values: LLM_PROVIDERS for LLMProvider.
func (n namer) list(enum string) string {
	list := naming.Screaming(naming.Plural(naming.Words(enum)))
	if list == enum {
		list += "_VALUES"
	}
	return naming.Identifier(n.lang, naming.Type, list)
}

// values names the values of a list in their order. Those that the user named come first where two would be the same.
func (n namer) values(l ValueList) []EnumValue {
	if n.lang == naming.Go {
		return n.sqlc.values(l)
	}
	renamed := renamedValues(n.shared, l)
	values := make([]EnumValue, len(l.Values))
	var scope naming.Scope
	for _, given := range []bool{true, false} {
		for i, v := range l.Values {
			to, ok := renamed[v]
			if ok != given {
				continue
			}
			if !ok {
				to = v
			}
			values[i] = EnumValue{Name: scope.Unique(n.member(to)), Value: v}
		}
	}
	return values
}

func (n namer) member(value string) string {
	if value == "" {
		return "EMPTY"
	}
	return naming.Identifier(n.lang, naming.Value, naming.Screaming(naming.Words(value)))
}
