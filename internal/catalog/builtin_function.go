package catalog

import (
	"strconv"
	"strings"
	"sync"
)

// signature is a built-in function, its types by their names in pg_type.
type signature struct {
	name     string
	kind     byte // f, a, w or p, as pg_proc.prokind
	volatile byte // i, s or v, as pg_proc.provolatile
	strict   bool
	result   string
	set      bool
	defaults int
	variadic bool
	args     []signatureArg
	outs     []signatureArg // OUT, INOUT and TABLE arguments
}

// signatureArg is an argument; name is "" for one without.
type signatureArg struct{ name, typ string }

// parseSignature reads name, kind with volatility and strictness, result, number of defaults, whether variadic, the
// arguments that are passed, and after > those that are given back.
func parseSignature(words []string) signature {
	s := signature{name: words[0], kind: words[1][0], volatile: words[1][1], strict: words[1][2] == 's', variadic: words[4] == "variadic"}
	s.result, s.set = strings.CutPrefix(words[2], "setof:")
	s.defaults, _ = strconv.Atoi(words[3])
	list := &s.args
	for _, w := range words[5:] {
		if w == ">" {
			list = &s.outs
			continue
		}
		name, typ, named := strings.Cut(w, ":")
		if !named {
			name, typ = "", name
		}
		*list = append(*list, signatureArg{name, typ})
	}
	return s
}

var builtinFunctions = sync.OnceValue(func() map[string][]signature {
	out := map[string][]signature{}
	for _, file := range []string{"functions.txt", "functions-newer.txt"} {
		for _, w := range builtinLines(file) {
			out[w[0]] = append(out[w[0]], parseSignature(w))
		}
	}
	return out
})

// builtinOperator is a row of pg_operator; left is "-" for a prefix operator. function is the one that it calls.
type builtinOperator struct {
	left, right, result, function string
	strict                        bool
}

func parseOperator(w []string) builtinOperator {
	return builtinOperator{w[1], w[2], w[3], w[4], w[5] == "s"}
}

var builtinOperators = sync.OnceValue(func() map[string][]builtinOperator {
	out := map[string][]builtinOperator{}
	for _, w := range builtinLines("operators.txt") {
		out[w[0]] = append(out[w[0]], parseOperator(w))
	}
	return out
})

type castPair struct{ from, to string }

// castRule is a row of pg_cast: i casts are implicit, a ones work in assignments, e ones must be written. One that is not
// strict may make something of NULL. method is f for a cast by a function, b for one that changes nothing, i for one
// through text.
type castRule struct {
	kind   byte
	strict bool
	method byte
}

var builtinCasts = sync.OnceValue(func() map[castPair]castRule {
	out := map[castPair]castRule{}
	for _, file := range []string{"casts.txt", "casts-newer.txt"} {
		for _, w := range builtinLines(file) {
			out[castPair{w[0], w[1]}] = castRule{w[2][0], w[3] == "s", w[4][0]}
		}
	}
	return out
})

// extensionContents is what an extension makes.
type extensionContents struct {
	types     [][]string // name, pg_type.typtype and typcategory, base type of a domain
	relations [][]string
	functions []signature
	operators map[string][]builtinOperator
	casts     map[castPair]castRule
	// partial: it makes more than is listed here.
	partial bool
}

var extensions = sync.OnceValue(func() map[string]*extensionContents {
	out := map[string]*extensionContents{}
	for _, file := range []string{"extensions.txt", "extensions-other.txt"} {
		for _, w := range builtinLines(file) {
			if out[w[0]] == nil {
				out[w[0]] = &extensionContents{operators: map[string][]builtinOperator{}, casts: map[castPair]castRule{}}
			}
			out[w[0]].add(w[1], w[2:])
		}
	}
	return out
})

func (e *extensionContents) add(kind string, w []string) {
	switch kind {
	case "type":
		e.types = append(e.types, w)
	case "relation":
		e.relations = append(e.relations, w)
	case "function":
		e.functions = append(e.functions, parseSignature(w))
	case "operator":
		e.operators[w[0]] = append(e.operators[w[0]], parseOperator(w))
	case "cast":
		e.casts[castPair{w[0], w[1]}] = castRule{w[2][0], w[3] == "s", w[4][0]}
	case "partial":
		e.partial = true
	}
}
