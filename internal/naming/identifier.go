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
	id := name
	if !isPlain(name) {
		id = validIdentifier(lang, role, name)
	}
	if Reserved(lang, role, id) {
		id += "_"
	}
	return id
}

// isPlain tells ASCII letters, digits and underscores that start with a letter, which stand in identifiers as they are.
func isPlain(name string) bool {
	for i := range len(name) {
		c := name[i] | 0x20 // a small letter
		if letter := 'a' <= c && c <= 'z'; !letter && (i == 0 || !('0' <= name[i] && name[i] <= '9' || name[i] == '_')) {
			return false
		}
	}
	return name != ""
}

// validIdentifier leaves out of a name what may not stand in an identifier, and starts it with what may.
func validIdentifier(lang Language, role Role, name string) string {
	id := strings.Map(func(r rune) rune {
		if r == '_' || isWordRune(r) && (lang != Go || !unicode.IsMark(r)) {
			return r
		}
		return -1
	}, norm.NFKC.String(name))
	id = strings.TrimLeftFunc(id, func(r rune) bool { return unicode.IsMark(r) || r == '_' })
	id = norm.NFKC.String(id) // what was dropped may have stood between a letter and its mark
	if first, _ := utf8.DecodeRuneInString(id); id == "" || unicode.IsDigit(first) {
		return prefixed(role, id)
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
