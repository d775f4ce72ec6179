package catalog

import (
	"slices"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// regclassFunctions take a sequence by its name.
var regclassFunctions = map[string]bool{"nextval": true, "currval": true, "setval": true}

// call walks a function call and finds the function.
func (a *analysis) call(x *pg_query.FuncCall, sc *scope) typeRef {
	parts := stringsOf(x.Funcname)
	_, name := splitName(parts)
	if len(x.Args) > 0 && regclassFunctions[name] {
		if c := x.Args[0].GetAConst(); c != nil {
			a.regclass(c)
		}
	}
	have, names := a.arguments(x, sc)
	a.exprs(x.AggOrder, sc)
	a.expr(x.AggFilter, sc)
	if x.Over != nil {
		a.messages(x.Over.ProtoReflect(), sc)
	}
	if x.AggWithinGroup {
		for _, s := range x.AggOrder {
			have = append(have, a.quietly(s.GetSortBy().GetNode(), sc))
			names = append(names, "")
		}
	}
	return a.resolveCall(x, parts, have, names)
}

// arguments are the types of a call's arguments, and the names of those that are given by name.
func (a *analysis) arguments(x *pg_query.FuncCall, sc *scope) (have []typeRef, names []string) {
	for _, arg := range x.Args {
		name := ""
		if named := arg.GetNamedArgExpr(); named != nil {
			name, arg = named.Name, named.Arg
		}
		have = append(have, a.expr(arg, sc))
		names = append(names, name)
	}
	return have, names
}

// quietly finds a type without noting uses a second time.
func (a *analysis) quietly(n *pg_query.Node, sc *scope) typeRef {
	quiet := &analysis{r: a.r, st: a.st, variables: a.variables, lenient: true}
	return quiet.expr(n, sc)
}

func (a *analysis) resolveCall(x *pg_query.FuncCall, parts []string, have []typeRef, names []string) typeRef {
	candidates := a.candidates(parts, have, names, x.FuncVariadic)
	if slices.ContainsFunc(have, func(t typeRef) bool { return t.typ == nil }) {
		return a.unanimous(candidates, x)
	}
	c, left := a.choose(candidates, have)
	if c == nil {
		if t := a.castCall(parts, have); t.typ != nil {
			return t
		}
		a.noFunction(x, parts, have, left)
		return typeRef{}
	}
	a.called(c, x)
	for i, arg := range x.Args {
		if named := arg.GetNamedArgExpr(); named != nil {
			arg = named.Arg
		}
		if i < len(c.want) {
			a.wrap(arg, have[i], c.want[i])
		}
	}
	return a.result(c, have)
}

// called notes the use of a function, and where it may not be used.
func (a *analysis) called(c *candidate, x *pg_query.FuncCall) {
	if c.fn != nil {
		a.refer(x, c.fn)
	}
	span := a.st.name(x.Location)
	switch {
	case a.place == "":
	case c.kind == 'a' && x.Over == nil && a.depth == 0:
		a.problem(failf(span, groupingError, "aggregate functions are not allowed in %s", a.place))
	case x.Over != nil && a.depth == 0:
		a.problem(failf(span, windowingError, "window functions are not allowed in %s", a.place))
	case c.set && a.depth == 0:
		a.problem(failf(span, featureNotSupported, "set-returning functions are not allowed in %s", a.place))
	case a.immutable != "" && c.volatile != 'i' && (c.fn == nil || c.fn.language != "sql"): // those in SQL are inlined
		a.problem(failf(span, invalidObjectDefinition, "%s", a.immutable))
	}
}

// unanimous is the result where the arguments' types are not known: that which all candidates have.
func (a *analysis) unanimous(candidates []candidate, x *pg_query.FuncCall) typeRef {
	if len(candidates) == 0 {
		return typeRef{}
	}
	if len(candidates) == 1 {
		a.called(&candidates[0], x)
	}
	result := candidates[0].result
	for _, c := range candidates {
		if !c.result.sameType(result) || result.typ == nil || result.typ.kind == PseudoType {
			return typeRef{}
		}
	}
	return result
}

// candidates are the functions of a name that can be called with so many arguments.
func (a *analysis) candidates(parts []string, have []typeRef, names []string, variadic bool) []candidate {
	schemaName, name := splitName(parts)
	var out []candidate
	if schemaName == "" || schemaName == "pg_catalog" {
		for _, s := range builtinFunctions()[name] {
			out = a.addCandidate(out, a.r.builtinFunction(s), have, names, variadic)
		}
	}
	for _, f := range a.r.functionsNamed(parts) {
		c := out
		if out = a.addCandidate(c, f, have, names, variadic); len(out) > len(c) {
			out[len(out)-1].fn = f
		}
	}
	return out
}

// builtinFunction is a built-in function in the form of the migrations' own.
func (r *replay) builtinFunction(s signature) *function {
	return s.function(header{name: s.name, schema: r.db.schemas["pg_catalog"]}, r.db.builtinRef)
}

// function makes a function of a signature, its types found by name.
func (s signature) function(h header, typ func(string) typeRef) *function {
	f := &function{header: h, kind: s.kindName(), volatile: s.volatile, returns: typ(s.result), setOf: s.set}
	for i, arg := range s.args {
		a := argument{mode: "in", typ: typ(arg)}
		if s.variadic && i == len(s.args)-1 {
			a.mode = "variadic"
		}
		if i >= len(s.args)-s.defaults {
			a.def = &expr{}
		}
		f.args = append(f.args, a)
	}
	return f
}

func (s signature) kindName() string {
	return map[byte]string{'f': "function", 'a': "aggregate", 'w': "window", 'p': "procedure"}[s.kind]
}

var kindLetters = map[string]byte{"function": 'f', "aggregate": 'a', "window": 'w', "procedure": 'p'}

// addCandidate adds a function if the number and names of the arguments fit it.
func (a *analysis) addCandidate(out []candidate, f *function, have []typeRef, names []string, variadic bool) []candidate {
	args := f.inputArgs()
	c := candidate{result: f.returns, set: f.setOf, kind: kindLetters[f.kind], volatile: f.volatile}
	last := len(args) - 1
	isVariadic := last >= 0 && args[last].mode == "variadic"
	if isVariadic && !variadic && len(have) >= len(args) || isVariadic && !variadic && len(have) == last && f.kind != "aggregate" {
		c.expanded = true
		for i := range have {
			t := args[min(i, last)].typ
			if i >= last {
				t = expandedElement(t)
			}
			c.want = append(c.want, t)
		}
		return append(out, c)
	}
	if len(have) > len(args) {
		return out
	}
	want, ok := placed(args, have, names)
	if !ok {
		return out
	}
	c.want, c.defaults = want, len(args)-len(have)
	return append(out, c)
}

// expandedElement is what each further argument of a variadic function is.
func expandedElement(t typeRef) typeRef {
	if t.array {
		return element(t)
	}
	if t.typ != nil && strings.HasSuffix(t.typ.name, "array") {
		if e := t.typ.schema.types[map[string]string{"anyarray": "anyelement", "anycompatiblearray": "anycompatible"}[t.typ.name]]; e != nil {
			return typeRef{typ: e}
		}
	}
	return t
}

// placed are the wanted types in the order of the call's arguments; arguments that are left out must have defaults.
func placed(args []argument, have []typeRef, names []string) ([]typeRef, bool) {
	used := make([]bool, len(args))
	var want []typeRef
	for i := range have {
		at := i
		if names[i] != "" {
			at = slices.IndexFunc(args, func(a argument) bool { return a.name == names[i] })
			if at < 0 {
				return nil, false
			}
		}
		used[at] = true
		want = append(want, args[at].typ)
	}
	for i, u := range used {
		if !u && args[i].def == nil {
			return nil, false
		}
	}
	return want, true
}

// castCall is a call that means a cast: date(x), text(x).
func (a *analysis) castCall(parts []string, have []typeRef) typeRef {
	if len(have) != 1 {
		return typeRef{}
	}
	schemaName, name := splitName(parts)
	t := a.r.findType(schemaName, name)
	if t == nil || t.kind == CompositeType || !a.r.casts(have[0], typeRef{typ: t}, explicitCast) {
		return typeRef{}
	}
	return typeRef{typ: t}
}

// noFunction says that no function fits, unless an extension may have it that is not known in full.
func (a *analysis) noFunction(x *pg_query.FuncCall, parts []string, have []typeRef, left int) {
	schemaName, name := splitName(parts)
	if a.r.partlyKnown() || schemaName != "" && a.r.db.schemas[schemaName] != nil && a.r.db.schemas[schemaName].builtin && schemaName != "pg_catalog" {
		return
	}
	if len(have) == 1 && have[0].typ != nil && have[0].typ.rel != nil && have[0].typ.rel.column(name) != nil {
		return // f(row) is row.f
	}
	var types []string
	for _, t := range have {
		types = append(types, a.r.typeText(t))
	}
	text := strings.Join(parts, ".") + "(" + strings.Join(types, ", ") + ")"
	span := a.st.name(x.Location)
	if left > 1 {
		a.problem(failf(span, ambiguousFunction, "function %s is not unique", text))
		return
	}
	if schemaName != "" && a.r.db.schemas[schemaName] == nil {
		_, err := a.r.schemaNamed(schemaName, span)
		a.problem(err)
		return
	}
	a.problem(hinted(span, undefinedFunction, a.r.functionHint(name), "function %s does not exist", text))
}

// functionHint says which extension has a function.
func (r *replay) functionHint(name string) string {
	found := ""
	for ext, contents := range extensions() {
		for _, f := range contents.functions {
			if f.name == name && r.db.extensions[ext] == nil && (found == "" || ext < found) {
				found = ext
			}
		}
	}
	if found != "" {
		return "The function is in extension " + quoteIdent(found) + ": CREATE EXTENSION " + quoteIdent(found) + "."
	}
	return ""
}

// partlyKnown tells that there is an extension whose functions are not all known.
func (r *replay) partlyKnown() bool {
	for name := range r.db.extensions {
		if contents := extensions()[name]; contents == nil || contents.partial {
			return true
		}
	}
	return false
}

// outColumns are the columns of a function that returns a record with OUT or TABLE arguments.
func (a *analysis) outColumns(call *pg_query.FuncCall) ([]scopeColumn, bool) {
	if call == nil {
		return nil, false
	}
	for _, ref := range a.refs {
		if f, ok := ref.obj.(*function); ok && ref.node == any(call) {
			outs := f.outputArgs()
			if len(outs) == 0 || f.returns.typ != nil && f.returns.typ.rel != nil {
				return nil, false
			}
			return outputColumns(outs), true
		}
	}
	parts := stringsOf(call.Funcname)
	if schemaName, name := splitName(parts); schemaName == "" || schemaName == "pg_catalog" {
		if words, ok := rowFunctions()[name]; ok {
			return a.wordColumns(words), true
		}
	}
	return nil, false
}

func outputColumns(outs []argument) []scopeColumn {
	var out []scopeColumn
	for i, o := range outs {
		c := scopeColumn{name: o.name, typ: o.typ}
		if c.name == "" && len(outs) > 1 {
			c.name = valuesColumn(i)
		}
		out = append(out, c)
	}
	return out
}

func (a *analysis) wordColumns(words []string) []scopeColumn {
	var out []scopeColumn
	for i := 0; i+1 < len(words); i += 2 {
		out = append(out, scopeColumn{name: words[i], typ: a.builtin(words[i+1])})
	}
	return out
}
