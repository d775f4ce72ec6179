package catalog

import (
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// use is where an expression stands, with what may not be in it.
type use struct {
	// singular and plural name the place in messages: "check constraint", "check constraints".
	singular, plural string
	// subqueries are allowed in policies only.
	subqueries bool
	// noColumns is the message where columns may not be used.
	noColumns string
	// condition is the word in "argument of CHECK must be type boolean", "" where any type will do.
	condition string
}

var (
	useDefault = use{
		singular: "DEFAULT expression", plural: "DEFAULT expressions",
		noColumns: "cannot use column reference in DEFAULT expression",
	}
	useGenerated = use{singular: "column generation expression", plural: "column generation expressions"}
	useCheck     = use{singular: "check constraint", plural: "check constraints", condition: "CHECK"}
	useIndex     = use{singular: "index expression", plural: "index expressions"}
	usePredicate = use{singular: "index predicate", plural: "index predicates", condition: "WHERE"}
	usePolicy    = use{singular: "policy expression", plural: "policy expressions", subqueries: true, condition: "POLICY"}
	useTransform = use{singular: "transform expression", plural: "transform expressions"}
)

// usedExpr is an expression in its place, with its type.
func (r *replay) usedExpr(st *statement, n *pg_query.Node, sc *scope, u use) (*expr, typeRef, error) {
	if n == nil {
		return nil, typeRef{}, nil
	}
	a := &analysis{r: r, st: st, noColumns: u.noColumns, place: u.plural}
	if !u.subqueries {
		a.noSubqueries = u.singular
	}
	t := a.expr(n, sc)
	e := &expr{node: n, file: st.file, offset: st.offset, refs: a.refs}
	if len(a.problems) > 0 {
		return e, t, a.problems[:1]
	}
	if u.condition != "" {
		return e, t, r.mustBeBoolean(st, n, t, u.condition)
	}
	return e, t, nil
}

func (r *replay) mustBeBoolean(st *statement, n *pg_query.Node, t typeRef, what string) error {
	boolean := r.db.builtinRef("bool")
	if !r.casts(t, boolean, assignmentCast) {
		return failf(st.nodeSpan(n), datatypeMismatch, "argument of %s must be type boolean, not type %s", what, r.typeText(t))
	}
	return r.checkLiteral(st, n, boolean)
}

// assigns checks that an expression's value can be stored as a type. what says the expression in the message.
func (r *replay) assigns(st *statement, n *pg_query.Node, from, to typeRef, column, what string) error {
	if r.casts(from, to, assignmentCast) {
		return r.checkLiteral(st, n, to)
	}
	return hinted(st.nodeSpan(n), datatypeMismatch, "You will need to rewrite or cast the expression.",
		"column %q is of type %s but %s is of type %s", column, r.typeText(to), what, r.typeText(from))
}

// nodeSpan is the place of an expression.
func (st *statement) nodeSpan(n *pg_query.Node) source.Span {
	span := newConverter(exprPlace{file: st.file, offset: st.offset}).spanOf(n)
	if span.IsZero() {
		return st.head()
	}
	return span
}

// checkLiteral reads a string constant without a type as a value of the type that it gets, as far as its form is plain:
// integers, booleans, UUIDs and enums.
func (r *replay) checkLiteral(st *statement, n *pg_query.Node, to typeRef) error {
	c, ok := n.GetAConst().GetVal().(*pg_query.A_Const_Sval)
	to = baseOf(to)
	if !ok || to.typ == nil || to.array {
		return nil
	}
	text := c.Sval.GetSval()
	if to.typ.kind == EnumType {
		for _, label := range to.typ.labels {
			if label == text {
				return nil
			}
		}
		return failf(st.nodeSpan(n), invalidTextRepresentation, "invalid input value for enum %s: %q", r.typeText(to), text)
	}
	valid, ok := literalForms[to.typ.name]
	if ok && to.typ.schema.builtin && !valid(strings.TrimSpace(text)) {
		return failf(st.nodeSpan(n), invalidTextRepresentation, "invalid input syntax for type %s: %q", r.typeText(unmodified(to)), text)
	}
	return nil
}

var literalForms = map[string]func(string) bool{
	"int2": isInteger, "int4": isInteger, "int8": isInteger, "bool": isBoolean, "uuid": isUUID,
}

func isInteger(s string) bool {
	digits := strings.TrimLeft(s, "+-")
	return digits != "" && len(s)-len(digits) <= 1 && strings.Trim(digits, "0123456789") == ""
}

// isBoolean takes any beginning of the words that tells them apart.
func isBoolean(s string) bool {
	s = strings.ToLower(s)
	for _, word := range []string{"true", "false", "yes", "no"} {
		if s != "" && strings.HasPrefix(word, s) {
			return true
		}
	}
	return s == "on" || s == "of" || s == "off" || s == "1" || s == "0"
}

// isUUID takes 32 hexadecimal digits, with hyphens after any group of four, perhaps in braces.
func isUUID(s string) bool {
	s = strings.TrimSuffix(strings.TrimPrefix(s, "{"), "}")
	digits := strings.ReplaceAll(s, "-", "")
	return len(digits) == 32 && strings.Trim(strings.ToLower(digits), "0123456789abcdef") == ""
}
