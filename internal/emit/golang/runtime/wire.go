package runtime

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5/pgtype"
)

// trefoilMember is a key of a row in JSON, and the field that holds its value.
type trefoilMember struct {
	key   string
	read  func(text []byte) error
	write func() ([]byte, error)
}

// trefoilCodec reads and writes the values of one type as PostgreSQL does in row_to_json.
type trefoilCodec[T any] struct {
	read  func(text []byte) (T, error)
	write func(T) ([]byte, error)
}

func trefoilField[T any](key string, field *T, codec trefoilCodec[T]) trefoilMember {
	return trefoilMember{
		key: key,
		read: func(text []byte) error {
			value, err := codec.read(text)
			if err != nil {
				return err
			}
			*field = value
			return nil
		},
		write: func() ([]byte, error) { return codec.write(*field) },
	}
}

// trefoilPlainField is a field whose own JSON is PostgreSQL's.
func trefoilPlainField[T any](key string, field *T) trefoilMember {
	return trefoilField(key, field, trefoilOwnJSON[T]())
}

// trefoilRequiredField is one of a type that has no null.
func trefoilRequiredField[T any](key string, field *T) trefoilMember {
	return trefoilField(key, field, trefoilNotNull(trefoilOwnJSON[T]()))
}

// trefoilTextField is a field whose values PostgreSQL sends as text.
func trefoilTextField[T any](key string, field *T, oid uint32) trefoilMember {
	return trefoilField(key, field, trefoilText[T](oid))
}

// trefoilRequiredText is one of a type that has no null.
func trefoilRequiredText[T any](key string, field *T, oid uint32) trefoilMember {
	return trefoilField(key, field, trefoilNotNull(trefoilText[T](oid)))
}

// trefoilTextList is an array of those.
func trefoilTextList[T any](key string, field *[]T, oid uint32) trefoilMember {
	return trefoilField(key, field, trefoilSlice(trefoilText[T](oid)))
}

// trefoilReadRow reads an object. Keys that are missing leave their fields as they are, other keys are ignored.
func trefoilReadRow(name string, text []byte, members []trefoilMember) error {
	var row map[string]json.RawMessage
	if err := json.Unmarshal(text, &row); err != nil {
		return err
	}
	for _, m := range members {
		if value, ok := row[m.key]; ok {
			if err := m.read(value); err != nil {
				return fmt.Errorf("%s of %s: %w", m.key, name, err)
			}
		}
	}
	return nil
}

func trefoilWriteRow(members []trefoilMember) ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range members {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(m.key)
		if err != nil {
			return nil, err
		}
		value, err := m.write()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.key, err)
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// trefoilOwnJSON is encoding/json's own form.
func trefoilOwnJSON[T any]() trefoilCodec[T] {
	return trefoilCodec[T]{
		read: func(text []byte) (value T, err error) {
			err = json.Unmarshal(text, &value)
			return value, err
		},
		write: func(value T) ([]byte, error) { return json.Marshal(value) },
	}
}

func trefoilNullJSON(text []byte) bool { return string(bytes.TrimSpace(text)) == "null" }

// trefoilNotNull refuses null, which encoding/json would leave out silently.
func trefoilNotNull[T any](codec trefoilCodec[T]) trefoilCodec[T] {
	read := codec.read
	codec.read = func(text []byte) (value T, err error) {
		if trefoilNullJSON(text) {
			return value, fmt.Errorf("a %T cannot be null", value)
		}
		return read(text)
	}
	return codec
}

// trefoilPointer is a pointer that is nil for null.
func trefoilPointer[T any](codec trefoilCodec[T]) trefoilCodec[*T] {
	return trefoilCodec[*T]{
		read: func(text []byte) (*T, error) {
			if trefoilNullJSON(text) {
				return nil, nil
			}
			value, err := codec.read(text)
			return &value, err
		},
		write: func(value *T) ([]byte, error) {
			if value == nil {
				return []byte("null"), nil
			}
			return codec.write(*value)
		},
	}
}

// trefoilSlice is an array of the slice's dimension. A nil slice is null.
func trefoilSlice[T any](codec trefoilCodec[T]) trefoilCodec[[]T] {
	return trefoilCodec[[]T]{
		read: func(text []byte) ([]T, error) {
			var items []json.RawMessage
			if err := json.Unmarshal(text, &items); err != nil || items == nil {
				return nil, err
			}
			values := make([]T, len(items))
			for i, item := range items {
				var err error
				if values[i], err = codec.read(item); err != nil {
					return nil, fmt.Errorf("element %d: %w", i+1, err)
				}
			}
			return values, nil
		},
		write: func(values []T) ([]byte, error) {
			if values == nil {
				return []byte("null"), nil
			}
			items := make([]json.RawMessage, len(values))
			for i, value := range values {
				var err error
				if items[i], err = codec.write(value); err != nil {
					return nil, err
				}
			}
			return json.Marshal(items)
		},
	}
}

// trefoilFloatWire writes NaN and the infinities as strings, for which JSON has no numbers.
func trefoilFloatWire[T float32 | float64]() trefoilCodec[T] {
	plain := trefoilOwnJSON[T]()
	return trefoilCodec[T]{
		read: func(text []byte) (T, error) {
			switch strings.TrimSpace(string(text)) {
			case `"NaN"`:
				return T(math.NaN()), nil
			case `"Infinity"`:
				return T(math.Inf(1)), nil
			case `"-Infinity"`:
				return T(math.Inf(-1)), nil
			}
			return plain.read(text)
		},
		write: func(value T) ([]byte, error) {
			switch f := float64(value); {
			case math.IsNaN(f):
				return []byte(`"NaN"`), nil
			case math.IsInf(f, 1):
				return []byte(`"Infinity"`), nil
			case math.IsInf(f, -1):
				return []byte(`"-Infinity"`), nil
			}
			return plain.write(value)
		},
	}
}

// trefoilFlagged is a type of pgx with a flag for NULL, made of the value's own codec.
func trefoilFlagged[T, V any](codec trefoilCodec[V], wrap func(V) T, unwrap func(T) (V, bool)) trefoilCodec[T] {
	return trefoilCodec[T]{
		read: func(text []byte) (value T, err error) {
			if trefoilNullJSON(text) {
				return value, nil
			}
			v, err := codec.read(text)
			return wrap(v), err
		},
		write: func(value T) ([]byte, error) {
			v, valid := unwrap(value)
			if !valid {
				return []byte("null"), nil
			}
			return codec.write(v)
		},
	}
}

func trefoilPgxFloat4() trefoilCodec[pgtype.Float4] {
	return trefoilFlagged(trefoilFloatWire[float32](), func(v float32) pgtype.Float4 { return pgtype.Float4{Float32: v, Valid: true} },
		func(f pgtype.Float4) (float32, bool) { return f.Float32, f.Valid })
}

func trefoilPgxFloat8() trefoilCodec[pgtype.Float8] {
	return trefoilFlagged(trefoilFloatWire[float64](), func(v float64) pgtype.Float8 { return pgtype.Float8{Float64: v, Valid: true} },
		func(f pgtype.Float8) (float64, bool) { return f.Float64, f.Valid })
}

// trefoilBytes is bytea: hexadecimal digits after \x, or PostgreSQL's older escapes. nil is null.
func trefoilBytes() trefoilCodec[[]byte] {
	return trefoilCodec[[]byte]{
		read: func(text []byte) ([]byte, error) {
			var digits *string
			if err := json.Unmarshal(text, &digits); err != nil || digits == nil {
				return nil, err
			}
			if hexadecimal, ok := strings.CutPrefix(*digits, `\x`); ok {
				return hex.DecodeString(hexadecimal)
			}
			return trefoilUnescape(*digits)
		},
		write: func(value []byte) ([]byte, error) {
			if value == nil {
				return []byte("null"), nil
			}
			return json.Marshal(`\x` + hex.EncodeToString(value))
		},
	}
}

var trefoilEscape = regexp.MustCompile(`\\(?:\\|[0-3][0-7]{2})?`)

// trefoilUnescape reads a bytea in which \\ is a backslash and \ooo a byte in octal.
func trefoilUnescape(text string) (value []byte, err error) {
	value = trefoilEscape.ReplaceAllFunc([]byte(text), func(escape []byte) []byte {
		switch len(escape) {
		case 1:
			err = errors.New(`a bytea has a backslash only in \\ and in \ooo, a byte in octal`)
			return nil
		case 2:
			return escape[1:]
		}
		return []byte{(escape[1]-'0')<<6 | (escape[2]-'0')<<3 | (escape[3] - '0')}
	})
	return value, err
}

// trefoilRawJSON is json and jsonb as they are. nil is null.
func trefoilRawJSON[T ~[]byte]() trefoilCodec[T] {
	return trefoilCodec[T]{
		read: func(text []byte) (T, error) {
			if trefoilNullJSON(text) {
				return nil, nil
			}
			return T(bytes.Clone(text)), nil
		},
		write: func(value T) ([]byte, error) {
			if value == nil {
				return []byte("null"), nil
			}
			return value, nil
		},
	}
}

// trefoilText is a type that PostgreSQL sends as a string: its text, as pgx reads and writes it.
func trefoilText[T any](oid uint32) trefoilCodec[T] {
	return trefoilCodec[T]{
		read: func(text []byte) (value T, err error) {
			var s *string
			if err := json.Unmarshal(text, &s); err != nil {
				return value, err
			}
			var source []byte
			if s != nil {
				source = []byte(*s)
			}
			err = pgtype.NewMap().Scan(oid, pgtype.TextFormatCode, source, &value)
			return value, err
		},
		write: func(value T) ([]byte, error) {
			text, err := pgtype.NewMap().Encode(oid, pgtype.TextFormatCode, value, []byte{})
			if err != nil || text == nil {
				return []byte("null"), err
			}
			return json.Marshal(string(text))
		},
	}
}

// trefoilAnyJSON keeps the digits of numbers.
func trefoilAnyJSON() trefoilCodec[interface{}] {
	return trefoilCodec[interface{}]{
		read: func(text []byte) (value interface{}, err error) {
			d := json.NewDecoder(bytes.NewReader(text))
			d.UseNumber()
			err = d.Decode(&value)
			return value, err
		},
		write: func(value interface{}) ([]byte, error) { return json.Marshal(value) },
	}
}

// trefoilHstore is sent as an object and taken as text.
func trefoilHstore() trefoilCodec[pgtype.Hstore] {
	plain := trefoilOwnJSON[pgtype.Hstore]()
	return trefoilCodec[pgtype.Hstore]{
		read: func(text []byte) (value pgtype.Hstore, err error) {
			var s string
			if json.Unmarshal(text, &s) == nil && !trefoilNullJSON(text) {
				err = value.Scan(s)
				return value, err
			}
			return plain.read(text)
		},
		write: func(value pgtype.Hstore) ([]byte, error) {
			if value == nil {
				return []byte("null"), nil
			}
			text, err := value.Value()
			if err != nil {
				return nil, err
			}
			return json.Marshal(text)
		},
	}
}

func trefoilWriteNullable(value string, valid bool) ([]byte, error) {
	if !valid {
		return []byte("null"), nil
	}
	return json.Marshal(value)
}

func trefoilReadNullable(text []byte) (value string, valid bool, err error) {
	var s *string
	if err := json.Unmarshal(text, &s); err != nil || s == nil {
		return "", false, err
	}
	return *s, true, nil
}

// trefoilBits are digits of 0 and 1.
func trefoilBits() trefoilCodec[pgtype.Bits] {
	codec := trefoilText[pgtype.Bits](pgtype.VarbitOID)
	read := codec.read
	codec.read = func(text []byte) (pgtype.Bits, error) {
		var digits string
		if err := json.Unmarshal(text, &digits); err == nil && strings.Trim(digits, "01") != "" {
			return pgtype.Bits{}, fmt.Errorf("%q has other digits than 0 and 1", digits)
		}
		return read(text)
	}
	return codec
}

// trefoilNumericWire is a number, or a string with its digits, as other clients write it.
func trefoilNumericWire() trefoilCodec[pgtype.Numeric] {
	codec := trefoilOwnJSON[pgtype.Numeric]()
	read := codec.read
	codec.read = func(text []byte) (value pgtype.Numeric, err error) {
		var digits string
		if !trefoilNullJSON(text) && json.Unmarshal(text, &digits) == nil {
			err = value.Scan(strings.TrimSpace(digits))
			return value, err
		}
		return read(text)
	}
	return codec
}
