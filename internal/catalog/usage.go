package catalog

import (
	"encoding/json"
	"errors"
	"regexp"
	"strconv"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// usage is where an expression stands, which decides what may be in it and of what type it must be.
type usage struct {
	// place is what messages call it, in the plural.
	place      string
	subqueries bool
	// immutable is the message where a function's result may change, "" where it may.
	immutable string
	// condition is the keyword of a condition, which must be boolean.
	condition string
	// target is the column or domain that a default is for.
	target *typeRef
	column string
}

var (
	inCheck        = usage{place: "check constraints", condition: "CHECK"}
	inDefault      = usage{place: "DEFAULT expressions"}
	inGenerated    = usage{place: "column generation expressions", immutable: "generation expression is not immutable"}
	inIndex        = usage{place: "index expressions", immutable: "functions in index expression must be marked IMMUTABLE"}
	inPredicate    = usage{place: "index predicates", condition: "WHERE", immutable: "functions in index predicate must be marked IMMUTABLE"}
	inPolicyUsing  = usage{place: "policy expressions", subqueries: true, condition: "USING"}
	inPolicyCheck  = usage{place: "policy expressions", subqueries: true, condition: "WITH CHECK"}
	inTransform    = usage{place: "transform expressions"}
	inTrigger      = usage{place: "trigger WHEN conditions", condition: "WHEN"}
	inPartitionKey = usage{place: "partition key expressions", immutable: "functions in partition key expression must be marked IMMUTABLE"}
)

// forColumn is the usage as the default or generation expression of a column.
func (u usage) forColumn(col *column) *usage {
	u.target, u.column = &col.typ, col.name
	return &u
}

// check compares an expression's type with the one that its place asks for.
func (u *usage) check(r *replay, st *statement, n *pg_query.Node, t typeRef) error {
	if t.typ == nil {
		return nil
	}
	span := convertedSpan(st, n)
	if u.condition != "" && !r.casts(t, r.db.builtinRef("bool"), assignmentCast) {
		return failf(span, datatypeMismatch, "argument of %s must be type boolean, not type %s", u.condition, r.typeText(t))
	}
	if u.target == nil || u.target.typ == nil {
		return nil
	}
	if !r.casts(t, *u.target, assignmentCast) {
		what := "default expression"
		switch u.place {
		case inGenerated.place:
			what = "generation expression"
		case inTransform.place:
			return hinted(span, datatypeMismatch, "You might need to add an explicit cast.",
				"result of USING clause for column %q cannot be cast automatically to type %s", u.column, r.typeText(*u.target))
		}
		return hinted(span, datatypeMismatch, "You will need to rewrite or cast the expression.",
			"column %q is of type %s but %s is of type %s", u.column, r.typeText(*u.target), what, r.typeText(t))
	}
	return nil
}

// literalFits checks the text of a constant against the type that it becomes.
func (r *replay) literalFits(st *statement, c *pg_query.A_Const, t typeRef) error {
	if c.GetSval() == nil || c.Isnull {
		return nil
	}
	text := c.GetSval().GetSval()
	t = baseOf(t)
	if t.typ == nil || t.array {
		return nil
	}
	span := st.at(c.Location)
	if t.typ.kind == EnumType {
		if t.typ.label(text) != nil {
			return nil
		}
		return hinted(span, invalidText, didYouMean(text, t.typ.labelNames()), "invalid input value for enum %s: %q", r.typeText(t), text)
	}
	if valid, ok := literalForms[t.typ.name]; ok && t.typ.schema.builtin && !valid(strings.TrimSpace(text)) {
		return failf(span, invalidText, "invalid input syntax for type %s: %q", r.typeText(unmodified(t)), text)
	}
	return nil
}

// convertedSpan is the place of an expression's text.
func convertedSpan(st *statement, n *pg_query.Node) (span source.Span) {
	if span = newConverter(exprPlace{file: st.file, offset: st.offset}).spanOf(n); span.IsZero() {
		return st.head()
	}
	return span
}

var uuidForm = regexp.MustCompile(`^\{?([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}\}?$`)

// literalForms tell the texts that a type reads, for the types whose form is simple.
var literalForms = map[string]func(string) bool{
	"int2": integerText(16), "int4": integerText(32), "int8": integerText(64),
	"float4": floatText, "float8": floatText, "numeric": floatText,
	"bool":  func(s string) bool { _, ok := boolean(unabbreviated(s)); return ok },
	"uuid":  uuidForm.MatchString,
	"json":  func(s string) bool { return json.Valid([]byte(s)) },
	"jsonb": func(s string) bool { return json.Valid([]byte(s)) },
}

func integerText(bits int) func(string) bool {
	return func(s string) bool {
		_, err := strconv.ParseInt(s, 0, bits)
		return err == nil || errors.Is(err, strconv.ErrRange)
	}
}

func floatText(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil || errors.Is(err, strconv.ErrRange)
}

// unabbreviated writes out a truth value that is shortened, such as tr or fal.
func unabbreviated(s string) string {
	s = strings.ToLower(s)
	for _, word := range []string{"true", "false", "yes", "no"} {
		if s != "" && strings.HasPrefix(word, s) {
			return word
		}
	}
	return s
}
