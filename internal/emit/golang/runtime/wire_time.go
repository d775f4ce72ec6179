package runtime

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgtype"
)

// trefoilTimeForm is a date, with a time of day and a zone where there are some, as PostgreSQL prints them.
var trefoilTimeForm = regexp.MustCompile(
	`^(\d{4,7})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?: ?(Z|[+-]\d\d(?::?\d\d(?::?\d\d)?)?))?)?( BC)?$`)

// trefoilReadTime reads a date or timestamp, and infinity. hasZone tells that it has a zone.
func trefoilReadTime(text []byte) (t time.Time, infinite pgtype.InfinityModifier, hasZone bool, err error) {
	var s string
	if err := json.Unmarshal(text, &s); err != nil {
		return t, 0, false, err
	}
	switch s = strings.TrimSpace(s); s {
	case "infinity":
		return t, pgtype.Infinity, true, nil
	case "-infinity":
		return t, pgtype.NegativeInfinity, true, nil
	}
	m := trefoilTimeForm.FindStringSubmatch(s)
	if m == nil {
		return t, 0, false, fmt.Errorf("%q is no date or time in ISO 8601's form", s)
	}
	year, month, day := trefoilAtoi(m[1]), trefoilAtoi(m[2]), trefoilAtoi(m[3])
	if m[9] != "" {
		year = 1 - year
	}
	t = time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	of, ok := trefoilOfDay(m[4], m[5], m[6], m[7])
	if !ok || m[1] == "0000" || t.Day() != day || int(t.Month()) != month {
		return t, 0, false, fmt.Errorf("%q is no date or time", s)
	}
	zone := trefoilOffset(m[8])
	t = t.Add(of)
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), zone), 0, m[8] != "", nil
}

func trefoilAtoi(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// trefoilOfDay is a time of day up to 24:00:00, rounded to microseconds as PostgreSQL does: halves to the even one.
func trefoilOfDay(hour, minute, second, fraction string) (time.Duration, bool) {
	h, m, s := trefoilAtoi(hour), trefoilAtoi(minute), trefoilAtoi(second)
	f, err := strconv.ParseFloat("0."+fraction+"0", 64)
	of := time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second +
		time.Duration(math.RoundToEven(f*1e6))*time.Microsecond
	return of, err == nil && m < 60 && s <= 60 && (h < 24 || of == 24*time.Hour)
}

func trefoilOffset(text string) *time.Location {
	if text == "" || text == "Z" {
		return time.UTC
	}
	digits := strings.ReplaceAll(text[1:], ":", "") + "0000"
	offset := trefoilAtoi(digits[:2])*3600 + trefoilAtoi(digits[2:4])*60 + trefoilAtoi(digits[4:6])
	if offset == 0 {
		return time.UTC
	}
	if text[0] == '-' {
		offset = -offset
	}
	return time.FixedZone("", offset)
}

// trefoilWriteTime writes what trefoilReadTime reads.
func trefoilWriteTime(t time.Time, infinite pgtype.InfinityModifier, layout string) ([]byte, error) {
	switch infinite {
	case pgtype.Infinity:
		return []byte(`"infinity"`), nil
	case pgtype.NegativeInfinity:
		return []byte(`"-infinity"`), nil
	}
	year, era := t.Year(), ""
	if year < 1 {
		year, era = 1-year, " BC"
	}
	return json.Marshal(fmt.Sprintf("%04d", year) + t.Format(layout) + era)
}

func trefoilDateWire() trefoilCodec[pgtype.Date] {
	return trefoilCodec[pgtype.Date]{
		read: func(text []byte) (pgtype.Date, error) {
			if trefoilNullJSON(text) {
				return pgtype.Date{}, nil
			}
			t, infinite, _, err := trefoilReadTime(text)
			if err == nil && infinite == pgtype.Finite {
				t = time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
			}
			return pgtype.Date{Time: t, InfinityModifier: infinite, Valid: true}, err
		},
		write: func(d pgtype.Date) ([]byte, error) {
			if !d.Valid {
				return []byte("null"), nil
			}
			return trefoilWriteTime(d.Time, d.InfinityModifier, "-01-02")
		},
	}
}

// trefoilTimestampWire drops a zone, as PostgreSQL does.
func trefoilTimestampWire() trefoilCodec[pgtype.Timestamp] {
	return trefoilCodec[pgtype.Timestamp]{
		read: func(text []byte) (pgtype.Timestamp, error) {
			if trefoilNullJSON(text) {
				return pgtype.Timestamp{}, nil
			}
			t, infinite, _, err := trefoilReadTime(text)
			t = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
			return pgtype.Timestamp{Time: t, InfinityModifier: infinite, Valid: true}, err
		},
		write: func(t pgtype.Timestamp) ([]byte, error) {
			if !t.Valid {
				return []byte("null"), nil
			}
			return trefoilWriteTime(t.Time, t.InfinityModifier, "-01-02T15:04:05.999999")
		},
	}
}

// trefoilTimestamptzWire wants a zone: without one PostgreSQL takes the session's, which is not known here.
func trefoilTimestamptzWire() trefoilCodec[pgtype.Timestamptz] {
	return trefoilCodec[pgtype.Timestamptz]{
		read: func(text []byte) (pgtype.Timestamptz, error) {
			if trefoilNullJSON(text) {
				return pgtype.Timestamptz{}, nil
			}
			t, infinite, hasZone, err := trefoilReadTime(text)
			if err == nil && !hasZone {
				err = fmt.Errorf("%s has no time zone", text)
			}
			return pgtype.Timestamptz{Time: t, InfinityModifier: infinite, Valid: true}, err
		},
		write: func(t pgtype.Timestamptz) ([]byte, error) {
			if !t.Valid {
				return []byte("null"), nil
			}
			return trefoilWriteTime(t.Time.UTC(), t.InfinityModifier, "-01-02T15:04:05.999999Z07:00")
		},
	}
}

// trefoilTimeWire drops a zone, as PostgreSQL does.
func trefoilTimeWire() trefoilCodec[pgtype.Time] {
	form := regexp.MustCompile(`^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?: ?(?:Z|[+-]\d\d(?::?\d\d(?::?\d\d)?)?))?$`)
	return trefoilCodec[pgtype.Time]{
		read: func(text []byte) (pgtype.Time, error) {
			var s *string
			if err := json.Unmarshal(text, &s); err != nil || s == nil {
				return pgtype.Time{}, err
			}
			m := form.FindStringSubmatch(strings.TrimSpace(*s))
			if m != nil {
				if of, ok := trefoilOfDay(m[1], m[2], m[3], m[4]); ok {
					return pgtype.Time{Microseconds: of.Microseconds(), Valid: true}, nil
				}
			}
			return pgtype.Time{}, fmt.Errorf("%q is no time", *s)
		},
		write: func(t pgtype.Time) ([]byte, error) {
			if !t.Valid {
				return []byte("null"), nil
			}
			s := t.Microseconds / 1e6
			text := fmt.Sprintf("%02d:%02d:%02d", s/3600, s/60%60, s%60)
			if f := t.Microseconds % 1e6; f != 0 {
				text += strings.TrimRight(fmt.Sprintf(".%06d", f), "0")
			}
			return json.Marshal(text)
		},
	}
}
