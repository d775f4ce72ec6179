package constraint

import (
	"encoding/json"
	"math"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// plainInteger and plainDecimal are the texts of numbers that are cast; plainJSON is a number whose text ->> repeats.
var (
	plainInteger = regexp.MustCompile(`^[ \t\n\v\f\r]*[+-]?[0-9]+[ \t\n\v\f\r]*$`)
	plainDecimal = regexp.MustCompile(`^[ \t\n\v\f\r]*[+-]?[0-9]+(\.[0-9]*)?[ \t\n\v\f\r]*$`)
	plainJSON    = regexp.MustCompile(`^(0|-?[1-9][0-9]{0,14})$`)
)

func trimPadding(s string) string { return strings.TrimRight(s, " ") }

type function = func(args []Value) (Value, error)

// nullable are the functions that see NULLs.
var nullable = map[FuncName]function{
	NumNonNulls: func(args []Value) (Value, error) { return bigInt(len(args) - nulls(args)), nil },
	NumNulls:    func(args []Value) (Value, error) { return bigInt(nulls(args)), nil },
	ArrayPosition: func(args []Value) (Value, error) {
		if args[0] == nil {
			return nil, nil
		}
		return arrayPosition(args[0].(Array), args[1])
	},
}

func nulls(args []Value) int {
	n := 0
	for _, arg := range args {
		if arg == nil {
			n++
		}
	}
	return n
}

func ofText(f func(string) Value) function {
	return func(args []Value) (Value, error) { return f(args[0].(string)), nil }
}

func ofTexts(f func(a, b string) Value) function {
	return func(args []Value) (Value, error) { return f(args[0].(string), args[1].(string)), nil }
}

func ofASCII(f func(string) string) function {
	return func(args []Value) (Value, error) {
		if s := args[0].(string); isASCII(s) {
			return f(s), nil
		}
		return nil, ErrUndecided
	}
}

func ofJSON(f func(v any, args []Value) (Value, error)) function {
	return func(args []Value) (Value, error) { return f(args[0].(JSON).Value, args[1:]) }
}

func ofArrays(f func(x, y Array) (bool, error)) function {
	return func(args []Value) (Value, error) {
		ok, err := f(args[0].(Array), args[1].(Array))
		return ok, err
	}
}

// functions are those whose arguments are never NULL.
var functions map[FuncName]function

func init() {
	functions = map[FuncName]function{
		CharLength: ofText(func(s string) Value { return bigInt(utf8.RuneCountInString(s)) }),
		Lower:      ofASCII(strings.ToLower),
		Upper:      ofASCII(strings.ToUpper),
		BTrim:      ofTexts(func(a, b string) Value { return strings.Trim(a, b) }),
		LTrim:      ofTexts(func(a, b string) Value { return strings.TrimLeft(a, b) }),
		RTrim:      ofTexts(func(a, b string) Value { return strings.TrimRight(a, b) }),
		Concat:     ofTexts(func(a, b string) Value { return a + b }),
		StartsWith: ofTexts(func(a, b string) Value { return strings.HasPrefix(a, b) }),
		StrPos:     ofTexts(func(a, b string) Value { return bigInt(place(a, b)) }),
		Left:       func(args []Value) (Value, error) { return left([]rune(args[0].(string)), args[1].(*big.Int)), nil },
		Right:      func(args []Value) (Value, error) { return right([]rune(args[0].(string)), args[1].(*big.Int)), nil },
		Substr:     substr,
		Replace:    replace,
		Abs:        abs,
		Round:      func(args []Value) (Value, error) { return rounded(args, Numeric.round) },
		Trunc:      func(args []Value) (Value, error) { return rounded(args, Numeric.truncate) },
		Floor:      floor,
		Ceil:       ceil,

		JSONTypeOf:      ofJSON(func(v any, _ []Value) (Value, error) { return jsonTypeOf(v), nil }),
		JSONArrayLength: ofJSON(jsonArrayLength),
		JSONKey:         ofJSON(func(v any, args []Value) (Value, error) { return jsonKey(v, args[0].(string)), nil }),
		JSONIndex:       ofJSON(func(v any, args []Value) (Value, error) { return jsonElement(v, args[0].(*big.Int)) }),
		JSONStep:        ofJSON(jsonStep),
		JSONText:        ofJSON(func(v any, _ []Value) (Value, error) { return jsonText(v) }),
		JSONHas:         ofJSON(func(v any, args []Value) (Value, error) { return jsonHas(v, args[0].(string)), nil }),
		JSONContains: ofJSON(func(v any, args []Value) (Value, error) {
			return containsJSON(v, args[0].(JSON).Value, true), nil
		}),

		Cardinality:   func(args []Value) (Value, error) { return bigInt(len(args[0].(Array).Elems)), nil },
		ArrayLength:   arrayLength,
		ArrayContains: ofArrays(arrayContains),
		ArrayOverlaps: ofArrays(func(x, y Array) (bool, error) { return anyShared(x, y) }),
	}
}

// place is where a string first stands in another, from 1 in code points.
func place(s, sought string) int {
	at := strings.Index(s, sought)
	if at < 0 {
		return 0
	}
	return utf8.RuneCountInString(s[:at]) + 1
}

// clamp brings a count into a string's length.
func clamp(n *big.Int, length int) int {
	switch {
	case n.Sign() < 0 && n.CmpAbs(big.NewInt(int64(length))) >= 0:
		return 0
	case n.Sign() < 0:
		return length + int(n.Int64())
	case n.Cmp(big.NewInt(int64(length))) > 0:
		return length
	}
	return int(n.Int64())
}

func left(s []rune, n *big.Int) Value  { return string(s[:clamp(n, len(s))]) }
func right(s []rune, n *big.Int) Value { return string(s[len(s)-clamp(n, len(s)):]) }

func substr(args []Value) (Value, error) {
	s := []rune(args[0].(string))
	from := args[1].(*big.Int).Int64() - 1
	to := int64(len(s))
	if len(args) == 3 {
		count := args[2].(*big.Int).Int64()
		if count < 0 {
			return nil, raised("negative substring length not allowed")
		}
		to = min(to, from+count)
	}
	from = max(from, 0)
	if from >= to {
		return "", nil
	}
	return string(s[from:to]), nil
}

func replace(args []Value) (Value, error) {
	s, from, to := args[0].(string), args[1].(string), args[2].(string)
	if from == "" {
		return s, nil
	}
	return strings.ReplaceAll(s, from, to), nil
}

func abs(args []Value) (Value, error) {
	switch v := args[0].(type) {
	case *big.Int:
		return new(big.Int).Abs(v), nil // the range is the caller's
	case Numeric:
		if v.Special != Finite {
			return nil, ErrUndecided
		}
		return Numeric{Unscaled: new(big.Int).Abs(v.Unscaled), Scale: v.Scale}, nil
	default:
		return math.Abs(v.(float64)), nil
	}
}

func rounded(args []Value, how func(Numeric, int) Numeric) (Value, error) {
	n := args[0].(Numeric)
	places := args[1].(*big.Int)
	if n.Special != Finite || places.CmpAbs(big.NewInt(1000)) > 0 {
		return nil, ErrUndecided
	}
	return how(n, int(places.Int64())), nil
}

func floor(args []Value) (Value, error) {
	switch v := args[0].(type) {
	case Numeric:
		if v.Special != Finite {
			return nil, ErrUndecided
		}
		return v.floor(), nil
	default:
		return math.Floor(v.(float64)), nil
	}
}

func ceil(args []Value) (Value, error) {
	switch v := args[0].(type) {
	case Numeric:
		if v.Special != Finite {
			return nil, ErrUndecided
		}
		return v.negated().floor().negated(), nil
	default:
		return math.Ceil(v.(float64)), nil
	}
}

func jsonTypeOf(v any) Value {
	switch v.(type) {
	case map[string]any:
		return "object"
	case []any:
		return "array"
	case string:
		return "string"
	case json.Number:
		return "number"
	case bool:
		return "boolean"
	default:
		return "null"
	}
}

func jsonArrayLength(v any, _ []Value) (Value, error) {
	list, ok := v.([]any)
	if !ok {
		return nil, raised("cannot get array length of a non-array")
	}
	return bigInt(len(list)), nil
}

func jsonKey(v any, key string) Value {
	object, ok := v.(map[string]any)
	member, has := object[key]
	if !ok || !has {
		return nil
	}
	return JSON{member}
}

// jsonElement leaves the first element of a scalar to PostgreSQL: jsonb has one, json has none.
func jsonElement(v any, at *big.Int) (Value, error) {
	switch v.(type) {
	case map[string]any, []any:
		return jsonIndex(v, at), nil
	}
	if at.IsInt64() && (at.Int64() == 0 || at.Int64() == -1) {
		return nil, ErrUndecided
	}
	return nil, nil
}

func jsonIndex(v any, at *big.Int) Value {
	list, ok := v.([]any)
	if !ok || !at.IsInt64() {
		return nil
	}
	i := at.Int64()
	if i < 0 {
		i += int64(len(list))
	}
	if i < 0 || i >= int64(len(list)) {
		return nil
	}
	return JSON{list[i]}
}

func jsonStep(v any, args []Value) (Value, error) {
	step := args[0].(string)
	if _, isList := v.([]any); !isList {
		return jsonKey(v, step), nil
	}
	i, err := strconv.ParseInt(step, 10, 32)
	if err != nil {
		return nil, nil
	}
	return jsonIndex(v, big.NewInt(i)), nil
}

func jsonText(v any) (Value, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case string:
		return v, nil
	case bool:
		return strconv.FormatBool(v), nil
	case json.Number:
		if plainJSON.MatchString(v.String()) {
			return v.String(), nil
		}
	}
	return nil, ErrUndecided
}

func jsonHas(v any, key string) bool {
	switch v := v.(type) {
	case map[string]any:
		_, ok := v[key]
		return ok
	case []any:
		return slices.Contains(v, any(key))
	}
	return v == any(key)
}

func arrayLength(args []Value) (Value, error) {
	dims := args[0].(Array).Dims
	n := args[1].(*big.Int)
	if n.Sign() <= 0 || n.Cmp(big.NewInt(int64(len(dims)))) > 0 {
		return nil, nil
	}
	return bigInt(dims[n.Int64()-1]), nil
}

func arrayContains(x, y Array) (bool, error) {
	for _, elem := range y.Elems {
		if has, err := hasElement(x, elem); !has || err != nil {
			return false, err
		}
	}
	return true, nil
}

func anyShared(x, y Array) (bool, error) {
	for _, elem := range y.Elems {
		if has, err := hasElement(x, elem); has || err != nil {
			return has, err
		}
	}
	return false, nil
}

func hasElement(x Array, sought Value) (bool, error) {
	for _, elem := range x.Elems {
		if elem == nil || sought == nil {
			continue
		}
		if equal, err := equalValues(elem, sought); equal || err != nil {
			return equal, err
		}
	}
	return false, nil
}

func arrayPosition(x Array, sought Value) (Value, error) {
	if len(x.Dims) > 1 {
		return nil, ErrUndecided
	}
	for i, elem := range x.Elems {
		d, err := distinct(Distinct{}, elem, sought)
		if err != nil {
			return nil, err
		}
		if d == false {
			return bigInt(i + 1), nil
		}
	}
	return nil, nil
}
