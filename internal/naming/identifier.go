package naming

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Identifier makes a valid identifier of a name that is in its role's casing already: what may not stand in one is
// dropped, a reserved word gets an underscore at its end, and a name that is empty, or starts with a digit or an
// underscore, starts with what its role is called.
func Identifier(lang Language, role Role, name string) string {
	id := strings.Map(func(r rune) rune {
		if r == '_' || isWordRune(r) && (lang != Go || !unicode.IsMark(r)) {
			return r
		}
		return -1
	}, norm.NFKC.String(name))
	id = strings.TrimLeftFunc(id, func(r rune) bool { return unicode.IsMark(r) || r == '_' })
	id = norm.NFKC.String(id) // what was dropped may have stood between a letter and its mark
	if first, _ := utf8.DecodeRuneInString(id); id == "" || unicode.IsDigit(first) {
		id = prefixed(role, id)
	}
	if Reserved(lang, role, id) {
		id += "_"
	}
	return id
}

// prefixed puts the role's own word before a name, in the role's casing.
func prefixed(role Role, id string) string {
	switch role {
	case Type:
		return "Type" + id
	case Value:
		return strings.TrimSuffix("VALUE_"+id, "_")
	default:
		return strings.TrimSuffix(string(role)+"_"+id, "_")
	}
}
