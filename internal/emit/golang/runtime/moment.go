package runtime

import (
	"cmp"
	"encoding/hex"
	"math"
	"time"

	"github.com/jackc/pgx/v5/pgtype"
)

// trefoilMoment is microseconds since 2000, in UTC or without a zone; its ends are infinite. A date's is its midnight.
type trefoilMoment int64

func trefoilMomentOf(t time.Time) trefoilMoment {
	const year2000 = 946_684_800
	return trefoilMoment((t.Unix()-year2000)*1e6 + int64(t.Nanosecond()/1000))
}

func (m trefoilMoment) order(other any) int { return cmp.Compare(m, other.(trefoilMoment)) }

// trefoilMomentConst is a date or time that the generator wrote down.
func trefoilMomentConst(text string) any {
	switch text {
	case "infinity":
		return trefoilMoment(math.MaxInt64)
	case "-infinity":
		return trefoilMoment(math.MinInt64)
	}
	for _, layout := range []string{"2006-01-02", "2006-01-02T15:04:05", "2006-01-02T15:04:05Z"} {
		if t, err := time.Parse(layout, text); err == nil {
			return trefoilMomentOf(t)
		}
	}
	panic("no date: " + text)
}

// trefoilInstant leaves to PostgreSQL what it would have to round, and what is outside of its range.
func trefoilInstant(t time.Time) any {
	if t.Nanosecond()%1000 != 0 || t.Year() < -4713 || t.Year() > 294276 {
		panic(trefoilUndecided{})
	}
	return trefoilMomentOf(t)
}

// trefoilWall is a time as it reads, without its zone.
func trefoilWall(t time.Time) any {
	return trefoilInstant(time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC))
}

func trefoilDay(t time.Time) any {
	return trefoilInstant(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC))
}

func trefoilPgxDate(d pgtype.Date) any {
	return trefoilOrInfinite(d.InfinityModifier, func() any { return trefoilDay(d.Time) })
}

// trefoilPgxTimestamp cuts off nanoseconds, as pgx does.
func trefoilPgxTimestamp(t pgtype.Timestamp) any {
	return trefoilOrInfinite(t.InfinityModifier, func() any { return trefoilWall(t.Time.Truncate(time.Microsecond)) })
}

func trefoilPgxTimestamptz(t pgtype.Timestamptz) any {
	return trefoilOrInfinite(t.InfinityModifier, func() any { return trefoilInstant(t.Time.Truncate(time.Microsecond)) })
}

func trefoilOrInfinite(m pgtype.InfinityModifier, finite func() any) any {
	switch m {
	case pgtype.Infinity:
		return trefoilMoment(math.MaxInt64)
	case pgtype.NegativeInfinity:
		return trefoilMoment(math.MinInt64)
	}
	return finite()
}

// trefoilToPrecision rounds to some digits of a second, halves away from the year 2000, as timestamp(n) stores it.
func trefoilToPrecision(x any, digits int) any {
	m := x.(trefoilMoment)
	if m == math.MaxInt64 || m == math.MinInt64 {
		return m
	}
	unit := trefoilMoment(1)
	for range 6 - digits {
		unit *= 10
	}
	if m < 0 {
		return -(unit/2 - m) / unit * unit
	}
	return (m + unit/2) / unit * unit
}

// trefoilHex is a bytea in hexadecimal digits.
func trefoilHex(b []byte) any { return hex.EncodeToString(b) }

// trefoilUUID is a uuid as PostgreSQL prints it.
func trefoilUUID(b [16]byte) any {
	s := hex.EncodeToString(b[:])
	return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}
