package zod

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
)

// checks writes a scalar's rules as calls on its schema. They test the value as PostgreSQL stores it: the type's schema,
// which comes first, has cut its length and rounded its scale.
func (w *writer) checks(rules []model.Rule, s model.Scalar, f form) []string {
	var calls []string
	for _, r := range rules {
		message := violation(r.Constraint)
		switch test := r.Test.(type) {
		case constraint.Compare:
			calls = append(calls, w.compare(test, s, f, message)...)
		case constraint.Length:
			calls = append(calls, w.length(test, message)...)
		case constraint.NotEqual:
			calls = append(calls, notEqual(test, message))
		case constraint.OneOf:
			calls = append(calls, refine(fmt.Sprintf("[%s].includes(value)", quoteAll(test.Values)), message))
		case constraint.JSONType:
			w.usesPG = true
			value := "value"
			if f == driverJSON.write {
				value = "pg.jsonOf(value)"
			}
			calls = append(calls, refine(fmt.Sprintf("[%s].includes(pg.jsonTypeof(%s))", quoteAll(test.Types), value), message))
		case constraint.Pattern:
			calls = append(calls, fmt.Sprintf(".regex(%s, %s)", regex(test.Regex), message))
		}
	}
	return calls
}

// violation is the message for a constraint, as PostgreSQL words it.
func violation(name string) string { return quote(`violates check constraint "` + name + `"`) }

func refine(condition, message string) string {
	return fmt.Sprintf(".refine((value) => %s, %s)", condition, message)
}

func quoteAll(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = quote(v)
	}
	return strings.Join(quoted, ", ")
}

func notEqual(test constraint.NotEqual, message string) string {
	if test.Value == "" {
		return fmt.Sprintf(".min(1, %s)", message)
	}
	return refine("value !== "+quote(test.Value), message)
}

func (w *writer) length(test constraint.Length, message string) []string {
	var calls []string
	add := func(method, op string, limit *int) {
		switch {
		case limit == nil:
		case test.Unit == constraint.Bytes:
			w.usesPG = true
			calls = append(calls, refine(fmt.Sprintf("pg.octetLength(value) %s %d", op, *limit), message))
		default:
			calls = append(calls, fmt.Sprintf(".%s(%d, %s)", method, *limit, message))
		}
	}
	add("min", ">=", test.Min)
	add("max", "<=", test.Max)
	return calls
}

// compare writes a comparison in the way of the field's type: numbers and bigints with Zod's own checks, decimals in
// strings exactly.
func (w *writer) compare(test constraint.Compare, s model.Scalar, f form, message string) []string {
	switch {
	case s.Kind == model.Int8 && f.ts == "number":
		test, rounded := inexact(test)
		if rounded && test.Op == constraint.NE {
			return nil
		}
		return compareNumber(test, message)
	case strings.HasPrefix(f.ts, "number"):
		return compareNumber(test, message)
	case f.ts == "bigint" && !strings.Contains(test.Value, "."):
		return compareWith(test.Op, test.Value+"n", message)
	}
	w.usesPG = true
	scale := ""
	if s.HasPrecision {
		scale = fmt.Sprintf(", %d", s.Scale)
	}
	condition := fmt.Sprintf("pg.compareDecimal(String(value), %s%s) %s 0", quote(test.Value), scale, operators[test.Op])
	return []string{refine(condition, message)}
}

// inexact is a comparison of a bigint that JSON.parse may have rounded. Rounding keeps the order but for equality, so that
// a limit that is itself rounded is let pass.
func inexact(test constraint.Compare) (constraint.Compare, bool) {
	limit, ok := new(big.Int).SetString(test.Value, 10)
	if !ok || limit.IsInt64() && limit.Int64() > -exactInteger && limit.Int64() < exactInteger {
		return test, false
	}
	rounded, _ := new(big.Float).SetInt(limit).Float64()
	test.Value = strconv.FormatFloat(rounded, 'f', 0, 64)
	switch test.Op {
	case constraint.GT:
		test.Op = constraint.GE
	case constraint.LT:
		test.Op = constraint.LE
	}
	return test, true
}

// exactInteger is where JavaScript's numbers begin to leave integers out.
const exactInteger = 1 << 53

// operators are JavaScript's.
var operators = map[constraint.CompareOp]string{
	constraint.LT: "<", constraint.LE: "<=", constraint.GT: ">", constraint.GE: ">=", constraint.EQ: "===", constraint.NE: "!==",
}

// nonFinite tests what a schema of numbers has no place for: NaN, which is above all, and the infinities. They are numbers
// or strings here.
func nonFinite(rules []model.Rule, s model.Scalar) []string {
	var calls []string
	for _, r := range rules {
		test, ok := r.Test.(constraint.Compare)
		if !ok {
			continue
		}
		var broken []string
		for _, value := range []string{"NaN", "Infinity", "-Infinity"} {
			above := value != "-Infinity"
			infinite := value != "NaN"
			holds := test.Op == constraint.NE || above && (test.Op == constraint.GT || test.Op == constraint.GE) ||
				!above && (test.Op == constraint.LT || test.Op == constraint.LE)
			if !holds && !(infinite && s.HasPrecision) { // an infinity has no place in numeric(p,s)
				broken = append(broken, value)
			}
		}
		if len(broken) > 0 {
			calls = append(calls, refine(fmt.Sprintf("![%s].includes(String(value))", quoteAll(broken)), violation(r.Constraint)))
		}
	}
	return calls
}

func compareNumber(test constraint.Compare, message string) []string {
	lit, ok := number(test.Value)
	rising := test.Op == constraint.LT || test.Op == constraint.LE
	negative := strings.HasPrefix(test.Value, "-")
	switch {
	case !ok && (test.Op == constraint.NE || test.Op != constraint.EQ && rising != negative),
		ok && test.Op == constraint.NE && lit.sign != 0:
		return nil // no number of JavaScript breaks it
	case !ok, test.Op == constraint.EQ && lit.sign != 0:
		return []string{fmt.Sprintf(".refine(() => false, %s)", message)} // no number of JavaScript keeps it
	}
	return compareWith(lit.nudged(test.Op), lit.text, message)
}

// compareWith uses the checks that Zod has, which stand in a JSON Schema too.
func compareWith(op constraint.CompareOp, literal, message string) []string {
	call := func(op constraint.CompareOp) string {
		return fmt.Sprintf(".%s(%s, %s)", methods[op], literal, message)
	}
	switch op {
	case constraint.EQ:
		return []string{call(constraint.GE), call(constraint.LE)}
	case constraint.NE:
		return []string{refine("value !== "+literal, message)}
	default:
		return []string{call(op)}
	}
}
