package pydantic

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
)

// limit is one argument of Check: its keyword and its value.
type limit struct{ name, value string }

// checks writes a field's rules. The tests of one constraint are one Check, unless they have a keyword in common.
func (f *file) checks(rules []model.Rule, t model.Type) ([]named, error) {
	var out []named
	for len(rules) > 0 {
		var args []string
		var used []limit
		name, n := rules[0].Constraint, 0
		for ; n < len(rules) && rules[n].Constraint == name; n++ {
			limits, err := f.limits(rules[n].Test, t)
			if err != nil {
				return nil, err
			}
			if anyUsed(used, limits) {
				break
			}
			used = append(used, limits...)
			for _, l := range limits {
				args = append(args, l.name+"="+l.value)
			}
		}
		rules = rules[n:]
		if len(args) > 0 {
			out = append(out, named{name, f.base("Check") + "(" + quote(name) + ", " + strings.Join(args, ", ") + ")"})
		}
	}
	return out, nil
}

func anyUsed(used, limits []limit) bool {
	return slices.ContainsFunc(limits, func(l limit) bool {
		return slices.ContainsFunc(used, func(u limit) bool { return u.name == l.name })
	})
}

var compareNames = map[constraint.CompareOp]string{
	constraint.LT: "lt", constraint.LE: "le", constraint.GT: "gt", constraint.GE: "ge", constraint.EQ: "eq", constraint.NE: "ne",
}

// limits are an atom's arguments; none for one that the field's type says already.
func (f *file) limits(a constraint.Atom, t model.Type) ([]limit, error) {
	switch a := a.(type) {
	case constraint.Compare:
		return []limit{{compareNames[a.Op], f.number(a.Value, t)}}, nil
	case constraint.Length:
		return lengthLimits(a), nil
	case constraint.NotEqual:
		if a.Value == "" {
			return []limit{{"min_length", "1"}}, nil
		}
		return []limit{{"ne", quote(a.Value)}}, nil
	case constraint.OneOf:
		return []limit{{"one_of", tuple(a.Values)}}, nil
	case constraint.JSONType:
		return []limit{{"json_type", tuple(a.Types)}}, nil
	case constraint.Pattern:
		if a.Regex.NotRE2 != "" {
			return []limit{{"pattern_re", quote(a.Regex.Python)}}, nil
		}
		return []limit{{"pattern", quote(a.Regex.Pattern)}}, nil
	case constraint.NotNull:
		return nil, nil // the field is not nullable
	}
	return nil, fmt.Errorf("pydantic cannot write a test %T", a)
}

var unitNames = map[constraint.LengthUnit]string{constraint.Characters: "length", constraint.Bytes: "bytes"}

func lengthLimits(a constraint.Length) []limit {
	unit := unitNames[a.Unit]
	var limits []limit
	if a.Min != nil {
		limits = append(limits, limit{"min_" + unit, strconv.Itoa(*a.Min)})
	}
	if a.Max != nil {
		limits = append(limits, limit{"max_" + unit, strconv.Itoa(*a.Max)})
	}
	return limits
}

// number writes a decimal text as a number that compares exactly with values of the type.
func (f *file) number(text string, t model.Type) string {
	if n, ok := new(big.Int).SetString(text, 10); ok {
		return n.String()
	}
	if s, ok := t.(model.Scalar); ok && (s.Kind == model.Float8 || s.Kind == model.Float4) {
		return text
	}
	return f.decimal(text)
}

func (f *file) decimal(text string) string {
	return fmt.Sprintf("%s(%s)", f.use("decimal", "Decimal"), quote(text))
}

func tuple(values []string) string {
	list := strings.Join(quoteAll(values), ", ")
	if len(values) == 1 {
		list += ","
	}
	return "(" + list + ")"
}
