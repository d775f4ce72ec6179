package constraint

import (
	"math/big"
	"strings"
	"time"
)

// Value is an SQL value: nil for NULL, or by its class
//
//	bool                        bool
//	int                         *big.Int
//	numeric                     Numeric
//	float                       float64
//	text, bpchar, citext, enum  string
//	uuid, bytea                 string, in the form of Const.Text
//	json                        JSON
//	date, timestamp[tz]         Moment
//	array                       Array
//	other                       any non-nil
type Value any

// JSON is a JSON value as encoding/json decodes it, with json.Number; nil is JSON's null.
type JSON struct{ Value any }

// Moment is microseconds since 1970, in UTC or without a zone; a date's is its midnight. The ends of the range are
// PostgreSQL's -infinity and infinity.
type Moment int64

const (
	Past   Moment = -1 << 63
	Future Moment = 1<<63 - 1
)

// Array is an array's elements, all of them whatever the dimensions, and the dimensions' lengths: none for an empty one.
type Array struct {
	Elems []Value
	Dims  []int
}

// NewArray is an array of one dimension.
func NewArray(elems ...Value) Array {
	if len(elems) == 0 {
		return Array{}
	}
	return Array{elems, []int{len(elems)}}
}

func momentOf(t time.Time) Moment { return Moment(t.UnixMicro()) }

func (m Moment) text(layout string) (string, bool) {
	switch m {
	case Past:
		return "-infinity", true
	case Future:
		return "infinity", true
	}
	t := time.UnixMicro(int64(m)).UTC()
	return t.Format(layout), t.Year() >= 1 && t.Year() <= 9999
}

// The layouts of constants. Fractions are left out where there are none.
const (
	dateLayout        = "2006-01-02"
	timestampLayout   = "2006-01-02T15:04:05.999999"
	timestampTZLayout = "2006-01-02T15:04:05.999999Z"
)

var integerRange = map[int][2]*big.Int{
	2: {big.NewInt(-1 << 15), big.NewInt(1<<15 - 1)},
	4: {big.NewInt(-1 << 31), big.NewInt(1<<31 - 1)},
	8: {big.NewInt(-1 << 63), big.NewInt(1<<63 - 1)},
}

// inRange tells whether an integer type of a size holds a number.
func inRange(n *big.Int, size int) bool {
	limits := integerRange[size]
	return n.Cmp(limits[0]) >= 0 && n.Cmp(limits[1]) <= 0
}

// trimSpace strips what PostgreSQL's input functions take for blanks.
func trimSpace(s string) string { return strings.Trim(s, " \t\n\v\f\r") }
