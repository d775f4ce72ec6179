package constraint

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"io"
	"math"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// readInput reads a constant as PostgreSQL's input functions do. What takes a setting (a date in words, a timestamp
// without its zone) or is an error is not ok. Strings are what they are.
func readInput(s string, t Type) (v Value, ok bool) {
	switch t.Class {
	case BoolClass:
		v, ok = boolWords[strings.ToLower(trimSpace(s))]
	case IntClass:
		n, isInt := new(big.Int).SetString(trimSpace(s), 10)
		return n, isInt && !strings.Contains(s, "_") && inRange(n, t.Size)
	case NumericClass:
		return parseNumeric(s)
	case FloatClass:
		return readFloat(s, t.Size)
	case TextClass, PaddedClass, FoldedClass, untypedClass:
		return s, true
	case EnumClass:
		return s, slices.Contains(t.Labels, s)
	case JSONClass:
		return readJSON(s)
	case DateClass:
		return readMoment(s, "2006-01-02")
	case TimestampClass:
		return readMoment(s, "2006-01-02", "2006-01-02 15:04", "2006-01-02 15:04:05", "2006-01-02T15:04:05")
	case TimestampTZClass:
		return readMoment(s, zonedLayouts...)
	case UUIDClass:
		return readUUID(s)
	case ByteaClass:
		digits, isHex := strings.CutPrefix(s, `\x`)
		_, err := hex.DecodeString(digits)
		return strings.ToLower(digits), isHex && err == nil
	}
	return v, ok
}

var boolWords = map[string]Value{
	"true": true, "t": true, "yes": true, "y": true, "on": true, "1": true,
	"false": false, "f": false, "no": false, "n": false, "off": false, "0": false,
}

var floatForm = regexp.MustCompile(`^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?$`)

func readFloat(s string, size int) (Value, bool) {
	s = trimSpace(s)
	switch specials[strings.ToLower(s)] {
	case NaN:
		return math.NaN(), true
	case PositiveInfinity:
		return math.Inf(1), true
	case NegativeInfinity:
		return math.Inf(-1), true
	}
	f, err := strconv.ParseFloat(s, size*8)
	return f, err == nil && floatForm.MatchString(s)
}

func readJSON(s string) (Value, bool) {
	d := json.NewDecoder(bytes.NewReader([]byte(s)))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return nil, false
	}
	_, err := d.Token()
	return JSON{v}, err == io.EOF
}

// zonedLayouts are instants with their offset from UTC.
var zonedLayouts = []string{
	"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05Z07", "2006-01-02 15:04:05Z0700",
	"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05Z07", "2006-01-02T15:04:05Z0700",
}

// longFraction is what PostgreSQL would round.
var longFraction = regexp.MustCompile(`\.\d{7}`)

func readMoment(s string, layouts ...string) (Value, bool) {
	s = trimSpace(s)
	switch strings.ToLower(s) {
	case "infinity":
		return Future, true
	case "-infinity":
		return Past, true
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 0 && !longFraction.MatchString(s) {
			return momentOf(t), true
		}
	}
	return nil, false
}

var uuidForm = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

// readUUID reads the usual form. PostgreSQL reads others too.
func readUUID(s string) (Value, bool) {
	s = strings.ToLower(s)
	return s, uuidForm.MatchString(s)
}

// constOf writes a value as a constant.
func constOf(v Value, t Type) (Const, bool) {
	k := Const{Type: t}
	ok := true
	switch v := v.(type) {
	case nil:
		k.Null = true
	case bool:
		return boolConst(v), true
	case *big.Int:
		k.Text = v.String()
	case Numeric:
		k.Text = v.String()
	case float64:
		k.Text = floatText(v)
	case string:
		k.Text = v
	case Moment:
		k.Text, ok = v.text(map[Class]string{
			DateClass: dateLayout, TimestampClass: timestampLayout, TimestampTZClass: timestampTZLayout,
		}[t.Class])
	case JSON:
		b, err := json.Marshal(v.Value)
		k.Text, ok = string(b), err == nil
	case Array:
		return arrayOf(v, t)
	default:
		ok = false
	}
	return k, ok
}

func floatText(f float64) string {
	switch {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	case f == 0:
		return "0"
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}

// arrayOf writes an array of at most one dimension as a constant.
func arrayOf(a Array, t Type) (Const, bool) {
	k := Const{Type: t}
	for _, elem := range a.Elems {
		e, ok := constOf(elem, *t.Elem)
		if !ok {
			return k, false
		}
		k.Elems = append(k.Elems, e)
	}
	return k, len(a.Dims) <= 1
}

// Value is the constant's value.
func (k Const) Value() Value {
	if k.Null {
		return nil
	}
	if k.Type.Class == ArrayClass {
		var elems []Value
		for _, e := range k.Elems {
			elems = append(elems, e.Value())
		}
		return NewArray(elems...)
	}
	if k.Type.Class == ByteaClass {
		return k.Text
	}
	v, _ := readInput(k.Text, k.Type)
	return v
}
