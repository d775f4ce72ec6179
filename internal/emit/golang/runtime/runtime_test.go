package runtime

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgtype"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// refuses asks the server which of the values a column of the type, with the check, refuses.
func refuses(t *testing.T, typ, check string, values []string) []bool {
	t.Helper()
	db := pgtest.New(t)
	db.Exec(t, fmt.Sprintf("CREATE TABLE t (v %s%s)", typ, check))
	db.Exec(t, `CREATE FUNCTION refused(x text) RETURNS boolean LANGUAGE plpgsql AS $$
		BEGIN
			EXECUTE format('INSERT INTO t VALUES (%L)', x);
			RETURN false;
		EXCEPTION WHEN OTHERS THEN
			RETURN true;
		END $$`)
	rows, err := db.Conn(context.Background()).Query(context.Background(),
		"SELECT refused(x) FROM unnest($1::text[]) WITH ORDINALITY AS u (x, n) ORDER BY n", values)
	require.NoError(t, err)
	defer rows.Close()
	var got []bool
	for rows.Next() {
		var refused bool
		require.NoError(t, rows.Scan(&refused))
		got = append(got, refused)
	}
	require.NoError(t, rows.Err())
	require.Len(t, got, len(values))
	return got
}

func TestTooLongIsVarcharsOwnRule(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"a", " ", "é", "☘", "😀", "\t", "\n", "\u00a0"}
	values := []string{"", "     ", "abcde     ", "abcd  e", "ééééé", "😀😀😀😀😀 ", "abcde\t"}
	for range 500 {
		var b strings.Builder
		for range random.IntN(10) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		values = append(values, b.String())
	}
	for _, typ := range []string{"varchar(5)", "char(5)"} {
		for i, refused := range refuses(t, typ, "", values) {
			assert.Equal(t, refused, trefoilTooLong(values[i], 5), "%s: %q", typ, values[i])
		}
	}
	// What is stored is what a CHECK sees.
	for i, refused := range refuses(t, "varchar(5)", " CHECK (char_length(v) < 5)", values) {
		stored := trefoilCut(values[i], 5)
		assert.Equal(t, refused, len([]rune(stored)) >= 5, "%q", values[i])
	}
}

// decimals are edges of numeric(6,3) and (4,-2), and random digits around them.
func decimals() []string {
	random := rand.New(rand.NewPCG(3, 4))
	values := []string{
		"0", "-0", "0.0004", "0.0005", "-0.0004", "-0.0005", "999.9994", "999.9995", "-999.9995", "1000", "1e3", "1E2",
		"1e-400", "9.99e2", "NaN", "nan", "Infinity", "-inf", ".5", "5.", "+1", " 7 ", "999949", "999950", "49", "50", "-50",
		"00012", "1e10", "123456789012345678901234567890", "0.123456789012345678901234567890",
	}
	for range 400 {
		s := fmt.Sprintf("%s%d", []string{"", "-", "+"}[random.IntN(3)], random.IntN([]int{2, 1000, 1001, 1000000}[random.IntN(4)]))
		if random.IntN(2) == 0 {
			s += fmt.Sprintf(".%0*d", 1+random.IntN(6), random.IntN(10000))
		}
		if random.IntN(4) == 0 {
			s += fmt.Sprintf("e%d", random.IntN(9)-4)
		}
		values = append(values, s)
	}
	return values
}

func TestNumericsAreRoundedComparedAndRefusedAsTheServerDoes(t *testing.T) {
	for _, tc := range []struct {
		precision, scale int
		bound            string
	}{{6, 3, "0"}, {6, 3, "-12.5"}, {6, 3, "999.999"}, {4, -2, "100"}, {5, 0, "0.5"}, {0, 0, "0.0005"}} {
		typ := "numeric"
		if tc.precision > 0 {
			typ = fmt.Sprintf("numeric(%d,%d)", tc.precision, tc.scale)
		}
		for _, op := range []string{"<", "<=", ">", ">=", "=", "<>"} {
			values := decimals()
			for i, refused := range refuses(t, typ, fmt.Sprintf(" CHECK (v %s %s)", op, tc.bound), values) {
				d, ok := trefoilParseDecimal(values[i])
				require.True(t, ok, values[i])
				got := false
				if tc.precision > 0 {
					d = d.round(tc.scale)
					got = d.overflows(tc.precision, tc.scale)
				}
				cmp := d.cmp(trefoilConstant(tc.bound))
				got = got || !map[string]bool{"<": cmp < 0, "<=": cmp <= 0, ">": cmp > 0, ">=": cmp >= 0, "=": cmp == 0, "<>": cmp != 0}[op]
				assert.Equal(t, refused, got, "%s CHECK (v %s %s): %s", typ, op, tc.bound, values[i])
			}
		}
	}
}

func TestTextThatIsNoNumeric(t *testing.T) {
	values := []string{"", "-", "+", ".", "e", "1e", "1e+", "1.2.3", "1.-2", "--1", "1 2", "abc", "0.5e1.5", "1e99999999999", "1._2"}
	for i, refused := range refuses(t, "numeric", "", values) {
		_, ok := trefoilParseDecimal(values[i])
		assert.True(t, refused, "%q", values[i])
		assert.False(t, ok, "%q", values[i])
	}
}

func TestNumericOfPgx(t *testing.T) {
	for _, text := range []string{"1.5", "-20", "NaN", "Infinity", "-Infinity", "0.000001"} {
		var n pgtype.Numeric
		require.NoError(t, n.Scan(text))
		want, ok := trefoilParseDecimal(text)
		require.True(t, ok)
		assert.Zero(t, trefoilNumeric(n).cmp(want), text)
	}
	assert.Zero(t, trefoilNumeric(pgtype.Numeric{Valid: true}).cmp(trefoilDecimal{}))
}

// TestHugeExponentsAreNotComputed: a value that no server holds must not take the client's memory.
func TestHugeExponentsAreNotComputed(t *testing.T) {
	huge := trefoilDecimal{coef: big.NewInt(1), exp: 1 << 30}
	tiny := trefoilDecimal{coef: big.NewInt(-1), exp: -1 << 30}
	assert.Equal(t, 1, huge.cmp(trefoilConstant("5")))
	assert.Equal(t, -1, trefoilConstant("5").cmp(huge))
	assert.Equal(t, -1, tiny.cmp(trefoilConstant("5")))
	assert.Zero(t, tiny.round(3).cmp(trefoilDecimal{}))
	assert.True(t, huge.overflows(10, 2))
	assert.False(t, tiny.overflows(10, 2))
}

func TestAValidNumericAllocatesNothing(t *testing.T) {
	for _, n := range []pgtype.Numeric{
		{Int: big.NewInt(123456), Exp: -6, Valid: true}, {Int: big.NewInt(1234567), Exp: -9, Valid: true}, {Int: big.NewInt(9999), Valid: true},
		{Int: big.NewInt(1), Exp: -40, Valid: true}, {Int: big.NewInt(999), Exp: 1, Valid: true}, {NaN: true, Valid: true},
	} {
		bound := trefoilConstant("9999.5")
		assert.Zero(t, testing.AllocsPerRun(100, func() {
			d := trefoilNumeric(n).round(6)
			if d.overflows(10, 6) || d.cmp(trefoilDecimal{}) < 0 || !n.NaN && d.cmp(bound) > 0 {
				panic("valid")
			}
		}), "%v", n)
	}
}

// TestSmallNumbersAreComputedAsLargeOnesAre holds the arithmetic of 64 bits against that of any size.
func TestSmallNumbersAreComputedAsLargeOnesAre(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	number := func() int64 {
		switch n := r.Int64() >> r.IntN(63); r.IntN(8) {
		case 0:
			return []int64{0, 1, -1, math.MaxInt64, math.MinInt64, 5e18, -5e18, 4999999999999999999}[r.IntN(8)]
		case 1, 2, 3:
			return -n
		default:
			return n
		}
	}
	for range 200_000 {
		a := trefoilDecimal{small: number(), exp: int32(r.IntN(50) - 25)}
		b := trefoilDecimal{small: number(), exp: int32(r.IntN(50) - 25)}
		largeA, largeB := trefoilDecimal{coef: a.number(), exp: a.exp}, trefoilDecimal{coef: b.number(), exp: b.exp}
		require.Equal(t, largeA.cmp(largeB), a.cmp(b), "%+v %+v", a, b)
		require.Equal(t, largeA.cmp(b), a.cmp(largeB), "%+v %+v", a, b)
		scale, precision := r.IntN(50)-25, r.IntN(50)
		large := largeA.round(scale)
		require.Zero(t, large.number().Cmp(a.round(scale).number()), "%+v to %d", a, scale)
		require.Equal(t, large.exp, a.round(scale).exp)
		require.Equal(t, largeA.overflows(precision, scale), a.overflows(precision, scale), "%+v in %d, %d", a, precision, scale)
	}
}

func TestJSONTypeIsJsonbTypeof(t *testing.T) {
	for text, want := range map[string]string{
		`{}`: "object", " [1]": "array", "\n\"a\"": "string", "true": "boolean", "false": "boolean", "null": "null", "-1.5e3": "number",
		"": "", "{": "", "nul": "", "01": "", "{} {}": "",
	} {
		assert.Equal(t, want, trefoilJSONType([]byte(text)), text)
	}
}

func TestErrorNamesFieldsAndConstraints(t *testing.T) {
	inner := trefoilInvalid("LlmUsage", []Violation{{Field: "Model", Column: "model", Constraint: "c", Message: `violates check constraint "c"`}})
	found := trefoilWithin(nil, "LlmUsage", inner)
	found = append(trefoilWithin(found, "Other", nil), Violation{Field: "ID", Message: "is null"})
	assert.EqualError(t, trefoilInvalid("Row", found), `invalid Row: LlmUsage.Model violates check constraint "c"; ID is null`)
	assert.NoError(t, trefoilInvalid("Row", nil))
}

func FuzzParseDecimal(f *testing.F) {
	for _, s := range decimals() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, ok := trefoilParseDecimal(text)
		if !ok {
			return
		}
		if d.cmp(d) != 0 {
			t.Fatalf("%q is not equal to itself", text)
		}
		if r := d.round(2); r.special == trefoilFinite && d.exp < -2 && r.sign() != 0 && r.exp != -2 {
			t.Fatalf("%q rounds to exponent %d", text, r.exp)
		}
	})
}
