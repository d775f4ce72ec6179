package catalog

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
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
	// immutable is the message where a function's result may change, "" where that is no matter.
	immutable string
}

var (
	useDefault = use{
		singular: "DEFAULT expression", plural: "DEFAULT expressions",
		noColumns: "cannot use column reference in DEFAULT expression",
	}
	useGenerated = use{singular: "column generation expression", plural: "column generation expressions", immutable: "generation expression is not immutable"}
	useCheck     = use{singular: "check constraint", plural: "check constraints", condition: "CHECK"}
	useIndex     = use{singular: "index expression", plural: "index expressions", immutable: "functions in index expression must be marked IMMUTABLE"}
	usePredicate = use{singular: "index predicate", plural: "index predicates", condition: "WHERE", immutable: "functions in index predicate must be marked IMMUTABLE"}
	usePolicy    = use{singular: "policy expression", plural: "policy expressions", subqueries: true, condition: "POLICY"}
	useTransform = use{singular: "transform expression", plural: "transform expressions"}
)

// usedExpr is an expression in its place, with its type.
func (r *replay) usedExpr(st *statement, n *pg_query.Node, sc *scope, u use) (*expr, typeRef, error) {
	if n == nil {
		return nil, typeRef{}, nil
	}
	a := &analysis{r: r, st: st, noColumns: u.noColumns, place: u.plural, immutable: u.immutable}
	if !u.subqueries {
		a.noSubqueries = u.singular
	}
	t := a.expr(n, sc).typ
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

// assigns checks that an expression's value can be stored as a type.
func (r *replay) assigns(st *statement, e *expr, from, to typeRef, column string) error {
	if r.casts(from, to, assignmentCast) {
		if ref, ok := labelReference(e.node, to); ok {
			e.refs = append(e.refs, ref)
		}
		return r.checkLiteral(st, e.node, to)
	}
	return hinted(st.nodeSpan(e.node), datatypeMismatch, "You will need to rewrite or cast the expression.",
		"column %q is of type %s but default expression is of type %s", column, r.typeText(to), r.typeText(from))
}

// labelReference is the use of an enum's label by a constant.
func labelReference(n *pg_query.Node, to typeRef) (reference, bool) {
	c, to := n.GetAConst(), baseOf(to)
	if c.GetSval() == nil || to.typ == nil || to.array || to.typ.kind != EnumType {
		return reference{}, false
	}
	return reference{node: c, obj: to.typ, label: c.GetSval().Sval, since: len(to.typ.renames)}, true
}

// literal reads a constant as a value of a type, and notes the use of an enum's label.
func (a *analysis) literal(v *Constant, to typeRef) {
	n := a.nodes[v]
	if n == nil {
		return
	}
	if ref, ok := labelReference(n, to); ok {
		a.refs = append(a.refs, ref)
	}
	a.problem(a.r.checkLiteral(a.st, n, to))
}

// nodeSpan is the place of an expression.
func (st *statement) nodeSpan(n *pg_query.Node) source.Span {
	span := newConverter(exprPlace{file: st.file, offset: st.offset}).spanOf(n)
	if span.IsZero() {
		return st.head()
	}
	return span
}

// plainElements are the elements of an array's text, if none of them is quoted or nested; of no array, the text.
func plainElements(text string, array bool) []string {
	if !array {
		return []string{text}
	}
	body := strings.TrimSpace(text)
	if len(body) < 3 || body[0] != '{' || strings.ContainsAny(body[1:len(body)-1], "\"\\{} ") || strings.Contains(strings.ToLower(body), "null") {
		return nil
	}
	return strings.Split(body[1:len(body)-1], ",")
}

// checkLiteral reads a string constant without a type as a value of the type that it gets, as far as its form is plain:
// integers, booleans, UUIDs and enums.
func (r *replay) checkLiteral(st *statement, n *pg_query.Node, to typeRef) error {
	c, ok := n.GetAConst().GetVal().(*pg_query.A_Const_Sval)
	to = baseOf(to)
	if !ok || to.typ == nil {
		return nil
	}
	text := c.Sval.GetSval()
	if first := strings.TrimSpace(text); to.array && !strings.HasPrefix(first, "[") && (!strings.HasPrefix(first, "{") || !strings.HasSuffix(first, "}")) {
		return failf(st.nodeSpan(n), invalidTextRepresentation, "malformed array literal: %q", text)
	}
	if to.typ.kind == EnumType {
		for _, label := range plainElements(text, to.array) {
			if !slices.Contains(to.typ.labels, label) {
				return failf(st.nodeSpan(n), invalidTextRepresentation, "invalid input value for enum %s: %q", r.typeText(element(to)), label)
			}
		}
		return nil
	}
	if to.array {
		return nil
	}
	if to.typ.kind == RangeType && !isRange(text) {
		return failf(st.nodeSpan(n), dataException, "range lower bound must be less than or equal to range upper bound")
	}
	if to.typ.kind == CompositeType && !strings.HasPrefix(strings.TrimSpace(text), "(") {
		return failf(st.nodeSpan(n), invalidTextRepresentation, "malformed record literal: %q", text)
	}
	valid, ok := literalForms[to.typ.name]
	if ok && to.typ.schema.builtin && !valid(strings.TrimSpace(text)) {
		code := invalidTextRepresentation
		if builtinTypes()[to.typ.name].category == 'D' {
			code = invalidDatetimeFormat
		}
		return failf(st.nodeSpan(n), code, "invalid input syntax for type %s: %q", r.typeText(unmodified(to)), text)
	}
	return nil
}

var literalForms = map[string]func(string) bool{
	"int2": isInteger, "int4": isInteger, "int8": isInteger, "bool": isBoolean, "uuid": isUUID,
	"numeric": isNumber, "float4": isNumber, "float8": isNumber, "json": isJSON, "jsonb": isJSON,
	"date": mayBeDate, "timestamp": mayBeDate, "timestamptz": mayBeDate,
}

// isRange is false for a range of numbers whose ends are the wrong way round.
func isRange(text string) bool {
	low, high, ok := strings.Cut(strings.Trim(strings.TrimSpace(text), "[]()"), ",")
	from, err := strconv.ParseFloat(low, 64)
	to, err2 := strconv.ParseFloat(high, 64)
	return !ok || err != nil || err2 != nil || from <= to
}

func isNumber(s string) bool {
	switch strings.ToLower(strings.TrimLeft(s, "+-")) {
	case "nan", "inf", "infinity":
		return true
	}
	_, err := strconv.ParseFloat(s, 64)
	return err == nil || errors.Is(err, strconv.ErrRange)
}

func isJSON(s string) bool { return json.Valid([]byte(s)) }

// mayBeDate knows no more of PostgreSQL's many forms than that there is a digit in them, or a special word, and that a
// few digits alone are none.
func mayBeDate(s string) bool {
	if strings.Trim(s, "0123456789") == "" {
		return len(s) >= 5
	}
	switch strings.ToLower(strings.TrimLeft(s, "+-")) {
	case "now", "today", "tomorrow", "yesterday", "epoch", "infinity", "allballs":
		return true
	}
	return strings.ContainsAny(s, "0123456789")
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
