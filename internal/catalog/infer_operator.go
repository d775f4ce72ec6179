package catalog

import (
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// operator walks an operator and the constructs that the parser writes as one.
func (a *analysis) operator(x *pg_query.A_Expr, sc *scope) typeRef {
	left := a.operand(x.Lexpr, sc)
	switch x.Kind {
	case pg_query.A_Expr_Kind_AEXPR_NULLIF:
		right := a.operand(x.Rexpr, sc)
		if isUnknownLiteral(left) {
			left = right // the comparison makes the constant one of the other's type
		}
		return a.known(left)
	case pg_query.A_Expr_Kind_AEXPR_OP:
		right := a.operand(x.Rexpr, sc)
		return a.applyOperator(x, left, right)
	case pg_query.A_Expr_Kind_AEXPR_IN, pg_query.A_Expr_Kind_AEXPR_BETWEEN, pg_query.A_Expr_Kind_AEXPR_NOT_BETWEEN,
		pg_query.A_Expr_Kind_AEXPR_BETWEEN_SYM, pg_query.A_Expr_Kind_AEXPR_NOT_BETWEEN_SYM:
		for _, item := range x.Rexpr.GetList().GetItems() {
			a.compare(x, item, left, a.operand(item, sc))
		}
		return a.builtin("bool")
	case pg_query.A_Expr_Kind_AEXPR_DISTINCT, pg_query.A_Expr_Kind_AEXPR_NOT_DISTINCT:
		a.compare(x, x.Rexpr, left, a.operand(x.Rexpr, sc))
		return a.builtin("bool")
	}
	right := a.operand(x.Rexpr, sc)
	switch x.Kind {
	case pg_query.A_Expr_Kind_AEXPR_LIKE, pg_query.A_Expr_Kind_AEXPR_ILIKE, pg_query.A_Expr_Kind_AEXPR_SIMILAR:
		a.applyOperator(x, left, right)
	}
	return a.builtin("bool")
}

// operand is one side of an operator, which may be a list.
func (a *analysis) operand(n *pg_query.Node, sc *scope) typeRef {
	if items := n.GetList(); items != nil {
		a.exprs(items.Items, sc)
		return typeRef{}
	}
	return a.expr(n, sc)
}

// compare checks that two values can be compared.
func (a *analysis) compare(x *pg_query.A_Expr, with *pg_query.Node, left, right typeRef) {
	eq := &pg_query.A_Expr{Name: []*pg_query.Node{pg_query.MakeStrNode("=")}, Lexpr: x.Lexpr, Rexpr: with, Location: x.Location}
	a.applyOperator(eq, left, right)
}

// applyOperator finds the operator and its result.
func (a *analysis) applyOperator(x *pg_query.A_Expr, left, right typeRef) typeRef {
	parts := stringsOf(x.Name)
	name := parts[len(parts)-1]
	prefix := x.Lexpr == nil
	have := []typeRef{left, right}
	if prefix {
		have = have[1:]
	}
	candidates := a.userOperators(name, prefix)
	for _, o := range a.operators(name) {
		if (o.left == "-") != prefix {
			continue
		}
		c := candidate{result: a.extensionRef(o.result), want: []typeRef{a.extensionRef(o.left), a.extensionRef(o.right)}, kind: 'f'}
		if prefix {
			c.want = c.want[1:]
		}
		candidates = append(candidates, c)
	}
	for _, t := range have {
		if t.typ == nil {
			return a.unanimousOperator(candidates, have)
		}
	}
	if c := a.exactOperator(candidates, have); c != nil {
		a.operandLiterals(x, c, have)
		return a.result(c, have)
	}
	c, left2 := a.choose(candidates, have)
	if c == nil {
		a.noOperator(x, name, have, left2)
		return typeRef{}
	}
	a.operandLiterals(x, c, have)
	return a.result(c, have)
}

// userOperators are those that CREATE OPERATOR made.
func (a *analysis) userOperators(name string, prefix bool) []candidate {
	var out []candidate
	for _, o := range a.r.db.operators {
		if o.name != name || (o.left.typ == nil) != prefix {
			continue
		}
		c := candidate{result: o.result, want: []typeRef{o.left, o.right}, kind: 'f', volatile: 'i'}
		if prefix {
			c.want = c.want[1:]
		}
		out = append(out, c)
	}
	return out
}

// operators are those of a name, the built-in ones and the extensions'.
func (a *analysis) operators(name string) []builtinOperator {
	out := builtinOperators()[name]
	for ext := range a.r.db.extensions {
		if contents := extensions()[ext]; contents != nil {
			out = append(out[:len(out):len(out)], contents.operators[name]...)
		}
	}
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

// exactOperator takes a constant without a type to be of the other side's type, and looks for just that.
func (a *analysis) exactOperator(candidates []candidate, have []typeRef) *candidate {
	if len(have) == 2 {
		l, r := have[0], have[1]
		if isUnknownLiteral(l) {
			l = r
		} else if isUnknownLiteral(r) {
			r = l
		}
		for _, try := range [][]typeRef{{l, r}, {baseOf(l), baseOf(r)}} {
			for i := range candidates {
				if exact(candidates[i].want, try) {
					return &candidates[i]
				}
			}
		}
	}
	return nil
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

// comparesRows are the operators that rows have, if their columns have them.
var comparesRows = map[string]bool{"=": true, "<>": true, "<": true, "<=": true, ">": true, ">=": true}

func (a *analysis) noOperator(x *pg_query.A_Expr, name string, have []typeRef, left int) {
	if a.r.partlyKnown() {
		return
	}
	var types []string
	rows := comparesRows[name]
	for _, t := range have {
		rows = rows && (t.typ.kind == CompositeType || t.typ.name == "record" || isUnknownLiteral(t))
		types = append(types, a.r.typeText(t))
	}
	if rows {
		return
	}
	text := strings.Join(types, " "+name+" ")
	if len(types) == 1 {
		text = name + " " + types[0]
	}
	if left > 1 {
		a.problem(failf(a.st.at(x.Location), ambiguousFunction, "operator is not unique: %s", text))
		return
	}
	a.problem(failf(a.st.at(x.Location), undefinedFunction, "operator does not exist: %s", text))
}

// operandLiterals reads string constants as values of the types that the operator wants; where it takes any type, that
// is the type of the other side.
func (a *analysis) operandLiterals(x *pg_query.A_Expr, c *candidate, have []typeRef) {
	if x.Lexpr == nil {
		return
	}
	for k, n := range []*pg_query.Node{x.Lexpr, x.Rexpr} {
		want := c.want[k]
		if want.typ != nil && want.typ.kind == PseudoType {
			want = have[1-k]
		}
		a.literal(n, want)
		a.wrap(n, have[k], want)
	}
}
