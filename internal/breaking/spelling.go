package breaking

import (
	"regexp"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/model"
)

var word = regexp.MustCompile(`[\p{L}_$][\p{L}\p{N}_$]*`)

// rename gives the types that have another name in a type's text their new names, so that a renamed type is told once and
// not at each of its uses.
func (w *walk) rename(spelled string) string {
	return word.ReplaceAllStringFunc(spelled, func(name string) string {
		if to, ok := w.renamed[name]; ok {
			return to
		}
		return name
	})
}

// anything are the types that take any value.
var anything = []string{"unknown", "Any", "interface{}"}

// substitutes are types that take the place of others: from, and what it can be used as.
var substitutes = map[Language][][2]string{
	Zod: {
		{"{ [key: string]: Json }", "Json"}, {"Json[]", "Json"}, {"string", "Json"}, {"number", "Json"}, {"boolean", "Json"},
	},
	Pydantic: {
		{"int", "float"}, {"dict[str, JsonValue]", "JsonValue"}, {"list[JsonValue]", "JsonValue"},
		{"str", "JsonValue"}, {"int", "JsonValue"}, {"float", "JsonValue"}, {"bool", "JsonValue"},
		{"bool", "int"}, {"datetime", "date"},
	},
}

// text is how the languages whose enums are strings call a string. Go's enums are types of their own.
var text = map[Language]string{Zod: "string", Pydantic: "str"}

// assignable tells whether a value of one type can stand where another is expected, as far as that is seen from their
// text. A type that is not known is taken to be unchanged.
func assignable(l Language, from, to string, enums []*model.Enum) bool {
	if from == to || from == "" || to == "" || slices.Contains(anything, to) {
		return true
	}
	if l == Go {
		return false
	}
	members := union(to)
	for _, part := range union(from) {
		if !slices.ContainsFunc(members, func(m string) bool { return stands(l, part, m, enums) }) {
			return false
		}
	}
	return true
}

// union is the members of a union at the top of a type.
func union(spelled string) []string {
	depth, start := 0, 0
	var members []string
	for i, r := range spelled {
		switch r {
		case '{', '[', '(', '<':
			depth++
		case '}', ']', ')', '>':
			depth--
		case '|':
			if depth == 0 {
				members, start = append(members, strings.TrimSpace(spelled[start:i])), i+1
			}
		}
	}
	return append(members, strings.TrimSpace(spelled[start:]))
}

// stands tells whether one member of a union can stand for another.
func stands(l Language, from, to string, enums []*model.Enum) bool {
	if from == to || slices.Contains(substitutes[l], [2]string{from, to}) {
		return true
	}
	// An array of TypeScript's can be read as one of a wider type. A list of Python's cannot.
	fromElem, isArray := strings.CutSuffix(from, "[]")
	toElem, toArray := strings.CutSuffix(to, "[]")
	if l == Zod && isArray && toArray {
		return assignable(l, unwrap(fromElem), unwrap(toElem), enums)
	}
	return to == text[l] && slices.ContainsFunc(enums, func(e *model.Enum) bool { return e.Name == from })
}

// unwrap takes off the parentheses that a union has as the element of an array.
func unwrap(spelled string) string {
	if inner, ok := strings.CutPrefix(spelled, "("); ok && strings.HasSuffix(inner, ")") {
		return strings.TrimSuffix(inner, ")")
	}
	return spelled
}
