package catalog

import (
	"slices"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// regclassFunctions take a sequence by its name.
var regclassFunctions = map[string]bool{"nextval": true, "currval": true, "setval": true}

// arguments are what a call passes: its own, and those of WITHIN GROUP after them.
type arguments struct {
	terms []term
	names []string // "" for those given by place
}

func (g *arguments) types() []typeRef {
	out := make([]typeRef, len(g.terms))
	for i, t := range g.terms {
		out[i] = t.typ
	}
	return out
}

// call walks a function call and finds the function.
func (a *analysis) call(x *pg_query.FuncCall, sc *scope) term {
	parts := stringsOf(x.Funcname)
	_, name := splitName(parts)
	if len(x.Args) > 0 && regclassFunctions[name] {
		if c := x.Args[0].GetAConst(); c != nil {
			a.regclass(c)
		}
	}
	if len(parts) == 1 && name == "merge_action" && a.st.cut && len(x.Args) == 0 {
		t := a.builtin("text")
		return term{typ: t, v: &Construct{Typed: typed(t, a.st.at(x.Location)), Name: "merge_action"}}
	}
	given := &arguments{}
	for _, arg := range x.Args {
		argName := ""
		if named := arg.GetNamedArgExpr(); named != nil {
			argName, arg = named.Name, named.Arg
		} else if i := len(given.names); i > 0 && given.names[i-1] != "" {
			a.problem(failf(a.st.at(x.Location), syntaxError, "positional argument cannot follow named argument"))
		}
		given.terms = append(given.terms, a.expr(arg, sc))
		given.names = append(given.names, argName)
	}
	out := &FunctionCall{Star: x.AggStar, Distinct: x.AggDistinct, Variadic: x.FuncVariadic}
	for _, s := range x.AggOrder {
		t := a.expr(s.GetSortBy().GetNode(), sc)
		if x.AggWithinGroup {
			given.terms, given.names = append(given.terms, t), append(given.names, "")
		} else {
			out.Order = append(out.Order, a.known(t).v)
		}
	}
	if x.AggFilter != nil {
		out.Filter = a.boolean(a.expr(x.AggFilter, sc.at(inFilter)), "FILTER").v
	}
	if x.Over != nil {
		out.Over = a.window(x.Over, sc)
	}
	return a.resolveCall(x, parts, given, out, sc)
}

// resolveCall finds the function, and brings the arguments to what it takes.
func (a *analysis) resolveCall(x *pg_query.FuncCall, parts []string, given *arguments, out *FunctionCall, sc *scope) term {
	out.Schema, out.Name = splitName(parts)
	out.Place = a.st.name(x.Location)
	have := given.types()
	candidates := a.candidates(parts, have, given.names, x.FuncVariadic)
	if slices.ContainsFunc(have, func(t typeRef) bool { return t.typ == nil }) {
		return a.unanimous(candidates, x, given, out)
	}
	c := exactCandidate(candidates, have)
	left := 1
	if c == nil && !x.AggStar {
		if t, ok := a.castCall(parts, given); ok {
			return t
		}
	}
	if c == nil {
		c, left = a.best(candidates, have)
	}
	if c == nil {
		if t, ok := a.projection(x, parts, given); ok {
			return t
		}
		a.noFunction(x, parts, have, left)
		return term{v: out}
	}
	a.called(c, x)
	return a.applied(c, x, given, out, sc)
}

// applied is the call of a function that was found.
func (a *analysis) applied(c *candidate, x *pg_query.FuncCall, given *arguments, out *FunctionCall, sc *scope) term {
	g, _ := a.r.bind(c.want, given.types())
	if g.any.used && g.any.elem.typ == nil && g.any.array.typ == nil {
		a.problem(failf(out.Place, datatypeMismatch, "could not determine polymorphic type because input has type unknown"))
		return term{v: out}
	}
	if x.AggWithinGroup && hypothetical[c.sig.name] {
		a.unify(given.terms, len(x.Args))
	}
	args := make([]term, len(given.terms))
	for i, t := range given.terms {
		args[i] = a.coerce(t, g.actual(a.r, c.want[i]), true)
	}
	if x.AggDistinct {
		for _, t := range args {
			a.sortable(t, false)
		}
	}
	out.Args = orderedValues(args, c.order)
	out.Schema, out.Name, out.Set = c.sig.schema.name, c.sig.name, c.set
	out.Strict = c.strict && !c.expanded // the elements become an array, which is not NULL
	out.Volatile = c.volatile == 'v'
	out.Builtin = out.Schema == "pg_catalog" && c.sig.extension == nil
	out.Kind = functionKinds[c.kind]
	a.mayStand(c, x, out, sc)
	if c.kind == 'a' && x.Over == nil {
		sc.aggregates(out)
	}
	result := unmodified(g.actual(a.r, c.result))
	out.Type = result.freeze()
	return term{typ: result, v: out, call: c.sig, row: a.outputs(c.sig, &g)}
}

// hypothetical are the aggregates that ask where a row would stand.
var hypothetical = map[string]bool{"rank": true, "dense_rank": true, "percent_rank": true, "cume_dist": true}

// unify brings each argument of a hypothetical row, and what it is sorted with, to one type.
func (a *analysis) unify(terms []term, direct int) {
	for i := 0; i < direct && direct+i < len(terms); i++ {
		pair := []term{terms[i], terms[direct+i]}
		a.common(pair, "WITHIN GROUP")
		terms[i], terms[direct+i] = pair[0], pair[1]
	}
}

var functionKinds = map[byte]FunctionKind{'f': PlainFunction, 'p': PlainFunction, 'a': AggregateFunction, 'w': WindowFunction}

// orderedValues puts arguments into the function's order.
func orderedValues(args []term, order []int) []Value {
	out := make([]Value, len(args))
	for i, t := range args {
		at := i
		if order != nil {
			at = 0
			for _, o := range order {
				if o < order[i] {
					at++
				}
			}
		}
		out[at] = t.v
	}
	return out
}

// outputs are the fields of a record that OUT or TABLE arguments make.
func (a *analysis) outputs(f *function, g *generics) []scopeColumn {
	outs := f.outputArgs()
	if len(outs) == 0 || f.returns.typ != nil && f.returns.typ.name != "record" {
		return nil
	}
	var out []scopeColumn
	for i, o := range outs {
		c := scopeColumn{name: o.name, term: term{typ: g.actual(a.r, o.typ)}}
		if c.name == "" {
			c.name = valuesColumn(i)
		}
		out = append(out, c)
	}
	return out
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
func (a *analysis) unanimous(candidates []candidate, x *pg_query.FuncCall, given *arguments, out *FunctionCall) term {
	for _, t := range given.terms {
		out.Args = append(out.Args, t.v)
	}
	if len(candidates) == 0 {
		return term{v: out}
	}
	if len(candidates) == 1 {
		a.called(&candidates[0], x)
	}
	result := candidates[0].result
	for _, c := range candidates {
		if !c.result.sameType(result) || result.typ == nil || result.typ.kind == PseudoType {
			return term{v: out}
		}
	}
	out.Type = result.freeze()
	return term{typ: result, v: out}
}

// castCall is a call that means a cast: date(x), text(x).
func (a *analysis) castCall(parts []string, given *arguments) (term, bool) {
	if len(given.terms) != 1 || given.names[0] != "" {
		return term{}, false
	}
	schemaName, name := splitName(parts)
	t := a.r.findType(schemaName, name)
	from := given.terms[0].typ
	if t == nil || t.kind == CompositeType || t.kind == PseudoType {
		return term{}, false
	}
	to := typeRef{typ: t}
	if !isUnknownLiteral(from) && !a.changesNothing(baseOf(from), baseOf(to)) {
		return term{}, false
	}
	return a.coerce(given.terms[0], to, false), true
}

// changesNothing tells a cast that no function does: such as the type's own name calls.
func (a *analysis) changesNothing(from, to typeRef) bool {
	if from.sameType(to) {
		return true
	}
	if rule, ok := a.r.castRule(from, to); ok {
		return rule.method != 'f'
	}
	if from.array && to.array {
		return false
	}
	row := from.typ.name == "record" || from.typ.kind == CompositeType && !from.array
	return !(row && categoryOf(to) == 'S') && a.r.casts(from, to, explicitCast)
}

// projection is a call that means a field: name(row) is row.name.
func (a *analysis) projection(x *pg_query.FuncCall, parts []string, given *arguments) (term, bool) {
	if len(given.terms) != 1 || len(parts) != 1 || x.AggStar || x.Over != nil {
		return term{}, false
	}
	return a.fieldOf(nil, parts[0], given.terms[0])
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
		types = append(types, a.typeText(t))
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
