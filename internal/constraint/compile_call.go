package constraint

import (
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// call compiles a function call.
func (c compiler) call(e *catalog.Call) Node {
	if (e.Schema != "" && e.Schema != "pg_catalog") || c.isUsers(e.Schema, e.Name) {
		return c.unknownf(e, "function %s is not PostgreSQL's own", e.Name)
	}
	if reason, ok := changing[e.Name]; ok {
		return c.unknown(e, reason)
	}
	if e.Star || e.Distinct || e.Variadic || e.Filter != nil || e.Window {
		return c.unknownf(e, "this call of %s is not evaluated by the clients", e.Name)
	}
	if e.Name == "regexp_like" && (len(e.Args) == 2 || len(e.Args) == 3) {
		return c.regexpLike(e)
	}
	args, unknown := c.values(e, e.Args...)
	if unknown != nil {
		return unknown
	}
	return c.function(e, e.Name, args)
}

// isUsers tells that the schema has a function of the name: PostgreSQL may take it for the one that is meant.
func (c compiler) isUsers(schema, name string) bool {
	if c.Catalog == nil || schema == "pg_catalog" {
		return false
	}
	return slices.ContainsFunc(c.Catalog.Functions, func(f catalog.Function) bool { return f.Name.Name == name })
}

// changing are functions whose result is not the row's alone.
var changing = map[string]string{
	"now": timeChanges, "current_timestamp": timeChanges, "current_date": timeChanges, "current_time": timeChanges,
	"localtimestamp": timeChanges, "localtime": timeChanges, "clock_timestamp": timeChanges,
	"statement_timestamp": timeChanges, "transaction_timestamp": timeChanges, "timeofday": timeChanges, "age": timeChanges,
	"random": "the result is random", "gen_random_uuid": "the result is random",
	"current_user": userChanges, "session_user": userChanges, "user": userChanges, "current_role": userChanges,
	"current_setting": "the result depends on the session",
	"to_char":         "the result depends on the session's settings",
	"date_trunc":      "date_trunc is not evaluated by the clients",
	"extract":         "extract is not evaluated by the clients",
}

const (
	timeChanges = "the result depends on the time"
	userChanges = "the result depends on the user"
)

// function compiles a function of PostgreSQL's with compiled arguments.
func (c compiler) function(e catalog.Expr, name string, args []Node) Node {
	for _, s := range signatures {
		if s.name != name {
			continue
		}
		if n, ok := s.apply(args); ok {
			return c.computed(e, n)
		}
	}
	if n, ok := variadic(name, args); ok {
		return c.computed(e, n)
	}
	if isSignature(name) {
		return c.unknownf(e, "%s of these types is not evaluated by the clients", name)
	}
	return c.unknownf(e, "function %s is not evaluated by the clients", name)
}

// computed is a function's node, unless its strings are compared by a collation that the clients do not know.
func (c compiler) computed(e catalog.Expr, n Node) Node {
	if reason := c.looseness(e); reason != "" && compares(n) {
		return c.unknown(e, reason)
	}
	return c.fold(e, n)
}

func isSignature(name string) bool {
	return slices.ContainsFunc(signatures, func(s signature) bool { return s.name == name })
}

// signature is one form of a function that the clients compute.
type signature struct {
	name   string
	params []param
	build  func(args []Node) Node
}

// param says what an argument may be, and makes it that.
type param func(Node) (Node, bool)

func (s signature) apply(args []Node) (Node, bool) {
	if len(s.params) != len(args) {
		return nil, false
	}
	out := make([]Node, len(args))
	for i, arg := range args {
		var ok bool
		if out[i], ok = s.params[i](arg); !ok {
			return nil, false
		}
	}
	return s.build(out), true
}

// The parameters. anyText is a string of any sort; text is none that compares in its own way.
var (
	anyText = func(n Node) (Node, bool) {
		if t := TypeOf(n).Class; isString(t) {
			return asText(n), true
		}
		return nil, false
	}
	text = func(n Node) (Node, bool) {
		if t := TypeOf(n).Class; t == FoldedClass || t == PaddedClass {
			return nil, false
		}
		return coerce(n, textType)
	}
	count = func(n Node) (Node, bool) {
		t := TypeOf(n)
		if t.Class != IntClass && t.Class != untypedClass || t.Size > 4 {
			return nil, false
		}
		return coerce(n, int4Type)
	}
	literalCount = func(n Node) (Node, bool) {
		k, ok := n.(Const)
		if !ok || k.Null {
			return nil, false
		}
		return count(n)
	}
	document    = func(n Node) (Node, bool) { return n, TypeOf(n).Class == JSONClass }
	bytes_      = func(n Node) (Node, bool) { return n, TypeOf(n).Class == ByteaClass }
	list        = func(n Node) (Node, bool) { return n, TypeOf(n).Class == ArrayClass }
	exactNumber = func(n Node) (Node, bool) { return n, TypeOf(n).Class == NumericClass }
	integer     = func(n Node) (Node, bool) { return n, TypeOf(n).Class == IntClass }
	double      = func(n Node) (Node, bool) {
		switch t := TypeOf(n); t.Class {
		case IntClass, FloatClass:
			return coerce(n, float8Type)
		}
		return nil, false
	}
)

// plain makes a Func of the arguments as they are.
func plain(name FuncName, t Type) func([]Node) Node {
	return func(args []Node) Node { return Func{Name: name, Args: args, Type: t} }
}

// likeFirst makes a Func of the first argument's type.
func likeFirst(name FuncName) func([]Node) Node {
	return func(args []Node) Node { return Func{Name: name, Args: args, Type: TypeOf(args[0])} }
}

// withMore makes a Func with a constant argument added.
func withMore(name FuncName, t Type, more Const) func([]Node) Node {
	return func(args []Node) Node { return Func{Name: name, Args: append(args, more), Type: t} }
}
