package catalog

import (
	"slices"
	"strings"
	"sync"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// applyOperator finds the operator and brings both sides to what it takes. left is nil for a prefix operator.
func (a *analysis) applyOperator(names []*pg_query.Node, left, right *term, location int32) term {
	parts := stringsOf(names)
	name := parts[len(parts)-1]
	sides := []*term{left, right}
	if left == nil {
		sides = sides[1:]
	}
	have := make([]typeRef, len(sides))
	for i, t := range sides {
		have[i] = t.typ
	}
	out := &FunctionCall{Typed: Typed{Type: Type{Kind: UnknownType}, Place: a.st.at(location)}, Operator: name, Kind: PlainFunction}
	c, result := a.findOperator(parts, have, left == nil, out.Place)
	if c == nil {
		for _, t := range sides {
			out.Args = append(out.Args, t.v)
		}
		out.Type = result.freeze()
		return term{typ: result, v: out}
	}
	g, _ := a.r.bind(c.want, have)
	for i, t := range sides {
		*t = a.coerce(*t, g.actual(a.r, c.want[i]), true)
		out.Args = append(out.Args, t.v)
	}
	if len(sides) == 2 {
		a.meet(left.v, right.v)
	}
	result = unmodified(g.actual(a.r, c.result))
	out.Type, out.Strict, out.Name, out.Schema, out.Builtin = result.freeze(), c.strict, c.name, c.in, c.in == "pg_catalog"
	return term{typ: result, v: out}
}

// findOperator finds the operator for two types, or one. Without one the result is what all that may fit agree on.
func (a *analysis) findOperator(parts []string, have []typeRef, prefix bool, at source.Span) (*candidate, typeRef) {
	schemaName, name := splitName(parts)
	candidates := a.operatorCandidates(schemaName, name, prefix)
	for _, t := range have {
		if t.typ == nil {
			return nil, a.unanimousOperator(candidates, have)
		}
	}
	if c := exactOperator(candidates, have); c != nil {
		return c, typeRef{}
	}
	c, left := a.best(candidates, have)
	if c == nil {
		a.noOperator(at, name, have, left)
	}
	return c, typeRef{}
}

// operatorCandidates are the operators of a name: the migrations' own, the built-in ones, and those of extensions. The list
// may be a shared one.
func (a *analysis) operatorCandidates(schemaName, name string, prefix bool) []candidate {
	var out []candidate
	if schemaName == "" || schemaName == "pg_catalog" {
		out = a.builtinOperatorsOf(operatorName{name, prefix})
		out = out[:len(out):len(out)] // what comes after it goes into a copy
	}
	for _, e := range a.r.sortedExtensions() {
		if contents := extensions()[e]; contents != nil && a.sees(a.r.db.extensions[e].target, schemaName) {
			for _, o := range contents.operators[name] {
				out = a.addOperator(out, o, prefix, a.r.db.extensions[e].target.name)
			}
		}
	}
	for _, o := range a.r.db.operators {
		if o.name != name || (o.left.typ == nil) != prefix || !a.sees(o.schema, schemaName) {
			continue
		}
		c := candidate{result: o.result, want: []typeRef{o.left, o.right}, kind: 'f', volatile: 'i', strict: o.strict, name: o.function, in: o.schema.name}
		if prefix {
			c.want = c.want[1:]
		}
		out = append(out, c)
	}
	return out
}

// operatorName is the name of operators before one argument, or between two.
type operatorName struct {
	name   string
	prefix bool
}

// operatorIndex keeps PostgreSQL's own operators, with the types that a database has for them. It is safe for concurrent use.
type operatorIndex struct{ found sync.Map } // []candidate by operatorName

// builtinOperatorsOf are PostgreSQL's own operators of a name.
func (a *analysis) builtinOperatorsOf(n operatorName) []candidate {
	index := a.r.db.builtinOperators
	if out, ok := index.found.Load(n); ok {
		return out.([]candidate)
	}
	var out []candidate
	for _, o := range builtinOperators()[n.name] {
		out = a.addOperator(out, o, n.prefix, "pg_catalog")
	}
	index.found.Store(n, out)
	return out
}

// sees tells whether an operator of a schema is found by a name that may be qualified. Of what the migrations wrote it is
// not doubted: the search path then is not known any more.
func (a *analysis) sees(in *schema, schemaName string) bool {
	if schemaName != "" {
		return in.name == schemaName
	}
	return a.params == nil || slices.Contains(a.r.searchPath(), in)
}

func (a *analysis) addOperator(out []candidate, o builtinOperator, prefix bool, in string) []candidate {
	if (o.left == "-") != prefix {
		return out
	}
	c := candidate{
		result: a.extensionRef(o.result), want: []typeRef{a.extensionRef(o.left), a.extensionRef(o.right)}, kind: 'f', volatile: 'i',
		strict: o.strict, name: o.function, in: in,
	}
	if prefix {
		c.want = c.want[1:]
	}
	return append(out, c)
}

// sortedExtensions are the names of the extensions that are there, in order.
func (r *replay) sortedExtensions() []string {
	if len(r.db.extensions) == 0 {
		return nil
	}
	out := make([]string, 0, len(r.db.extensions))
	for name := range r.db.extensions {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// extensionRef is a type by its name in pg_type: built in, or of an extension that is there.
func (a *analysis) extensionRef(name string) typeRef {
	if name == "-" {
		return typeRef{}
	}
	if ref := a.builtin(name); ref.typ != nil {
		return ref
	}
	plain, array := strings.CutPrefix(name, "_")
	for _, e := range a.r.db.extensions {
		if t := e.target.types[plain]; t != nil && t.extension == e {
			return typeRef{typ: t, array: array}
		}
	}
	return typeRef{}
}

// exactOperator takes a constant without a type to be of the other side's type, and looks for just that; of a domain,
// then for its base type.
func exactOperator(candidates []candidate, have []typeRef) *candidate {
	if len(have) == 1 {
		return exactCandidate(candidates, have)
	}
	l, r := have[0], have[1]
	unknown := isUnknownLiteral(l) || isUnknownLiteral(r)
	if isUnknownLiteral(l) {
		l = r
	} else if isUnknownLiteral(r) {
		r = l
	}
	if c := exactCandidate(candidates, []typeRef{l, r}); c != nil || !unknown {
		return c
	}
	return exactCandidate(candidates, []typeRef{baseOf(l), baseOf(r)})
}

func (a *analysis) unanimousOperator(candidates []candidate, have []typeRef) typeRef {
	var result typeRef
	for i, c := range candidates {
		for k, t := range have {
			if t.typ != nil && !a.coerces(t, c.want[k]) {
				goto next
			}
		}
		if c.result.typ == nil || c.result.typ.kind == PseudoType || result.typ != nil && !result.sameType(c.result) {
			return typeRef{}
		}
		result = candidates[i].result
	next:
	}
	return result
}

func (a *analysis) noOperator(at source.Span, name string, have []typeRef, left int) {
	if a.r.partlyKnown() {
		return
	}
	var types []string
	for _, t := range have {
		types = append(types, a.typeText(t))
	}
	text := strings.Join(types, " "+name+" ")
	if len(types) == 1 {
		text = name + " " + types[0]
	}
	if left > 1 {
		a.problem(failf(at, ambiguousFunction, "operator is not unique: %s", text))
		return
	}
	a.problem(failf(at, undefinedFunction, "operator does not exist: %s", text))
}
