package constraint

import (
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// jsonPath compiles ->, ->>, #> and #>>.
func (c compiler) jsonPath(e *catalog.Op, x Node, right catalog.Expr, y Node) Node {
	if TypeOf(x).Class != JSONClass {
		return c.unknownf(e, "%s is only evaluated for JSON by the clients", e.Name)
	}
	n, reason := x, ""
	if strings.HasPrefix(e.Name, "#") {
		n, reason = c.jsonSteps(x, right)
	} else {
		n, reason = jsonMember(x, y)
	}
	if reason != "" {
		return c.unknown(e, reason)
	}
	if strings.HasSuffix(e.Name, ">>") {
		n = Func{Name: JSONText, Args: []Node{n}, Type: textType}
	}
	return c.fold(e, n)
}

func jsonMember(x, y Node) (Node, string) {
	switch t := TypeOf(y); t.Class {
	case untypedClass, TextClass:
		key, ok := coerce(y, textType)
		if ok {
			return Func{Name: JSONKey, Args: []Node{x, key}, Type: jsonType}, ""
		}
	case IntClass:
		if t.Size <= 4 {
			return Func{Name: JSONIndex, Args: []Node{x, y}, Type: jsonType}, ""
		}
	}
	return nil, "the key is of a type that the clients do not know"
}

func (c compiler) jsonSteps(x Node, path catalog.Expr) (Node, string) {
	steps, ok := c.words(path)
	if !ok {
		return nil, "the path is not a list of constants"
	}
	for _, step := range steps {
		x = Func{Name: JSONStep, Args: []Node{x, Const{Type: textType, Text: step}}, Type: jsonType}
	}
	return x, ""
}

// words reads a constant text[] without NULLs.
func (c compiler) words(e catalog.Expr) ([]string, bool) {
	list, ok := elements(e)
	if !ok {
		return nil, false
	}
	var words []string
	for _, item := range list {
		k, ok := c.value(item).(Const)
		if ok && k.Type.Class == untypedClass && !k.Null {
			k.Type = textType
		}
		if !ok || k.Null || k.Type.Class != TextClass {
			return nil, false
		}
		words = append(words, k.Text)
	}
	return words, true
}

func (c compiler) jsonHas(e catalog.Expr, x, y Node) Node {
	key, ok := coerce(y, textType)
	if TypeOf(x).Class != JSONClass || !ok {
		return c.unknown(e, "? is only evaluated for jsonb by the clients")
	}
	return c.fold(e, Func{Name: JSONHas, Args: []Node{x, key}, Type: boolType})
}

// jsonHasEach reads x ?| keys and x ?& keys as ? with each key.
func (c compiler) jsonHasEach(e *catalog.Op, x Node, right catalog.Expr) Node {
	keys, ok := c.words(right)
	if TypeOf(x).Class != JSONClass || !ok || len(keys) == 0 {
		return c.unknownf(e, "%s is only evaluated for jsonb and a list of constants", e.Name)
	}
	tests := make([]Node, len(keys))
	for i, key := range keys {
		tests[i] = c.jsonHas(e, x, Const{Type: textType, Text: key})
	}
	switch {
	case len(tests) == 1:
		return tests[0]
	case e.Name == "?&":
		return allOf(tests...)
	}
	return anyOf(tests...)
}
