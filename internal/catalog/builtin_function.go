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
	result   string
	set      bool
	defaults int
	variadic bool
	args     []string
}

// parseSignature reads name, kind with volatility, result, number of defaults, whether variadic, and argument types.
func parseSignature(words []string) signature {
	s := signature{name: words[0], kind: words[1][0], volatile: words[1][1], variadic: words[4] == "variadic", args: words[5:]}
	s.result, s.set = strings.CutPrefix(words[2], "setof:")
	s.defaults, _ = strconv.Atoi(words[3])
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

// rowFunctions are the columns of the built-in functions that return records: names and types in turn.
var rowFunctions = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	for _, w := range builtinLines("rowfunctions.txt") {
		out[w[0]] = w[1:]
	}
	return out
})

// builtinOperator is a row of pg_operator; left is "-" for a prefix operator.
type builtinOperator struct{ left, right, result string }

var builtinOperators = sync.OnceValue(func() map[string][]builtinOperator {
	out := map[string][]builtinOperator{}
	for _, w := range builtinLines("operators.txt") {
		out[w[0]] = append(out[w[0]], builtinOperator{w[1], w[2], w[3]})
	}
	return out
})

type castPair struct{ from, to string }

// builtinCasts are pg_cast: i casts are implicit, a ones work in assignments, e ones must be written.
var builtinCasts = sync.OnceValue(func() map[castPair]byte {
	out := map[castPair]byte{}
	for _, w := range builtinLines("casts.txt") {
		out[castPair{w[0], w[1]}] = w[2][0]
	}
	return out
})

// extensionContents is what an extension makes.
type extensionContents struct {
	types        [][]string // name, pg_type.typtype
	relations    [][]string
	functions    []signature
	rowFunctions map[string][]string
	operators    map[string][]builtinOperator
	casts        map[castPair]byte
	// partial: it makes more than is listed here.
	partial bool
}

var extensions = sync.OnceValue(func() map[string]*extensionContents {
	out := map[string]*extensionContents{}
	for _, file := range []string{"extensions.txt", "extensions-other.txt"} {
		for _, w := range builtinLines(file) {
			if out[w[0]] == nil {
				out[w[0]] = &extensionContents{
					rowFunctions: map[string][]string{}, operators: map[string][]builtinOperator{}, casts: map[castPair]byte{},
				}
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
	case "rowfunction":
		e.rowFunctions[w[0]] = w[1:]
	case "operator":
		e.operators[w[0]] = append(e.operators[w[0]], builtinOperator{w[1], w[2], w[3]})
	case "cast":
		e.casts[castPair{w[0], w[1]}] = w[2][0]
	case "partial":
		e.partial = true
	}
}
