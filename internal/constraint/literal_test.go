package constraint_test

import (
	"context"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

func TestDecimal(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "-0": "0", "+5": "5", "007": "7", "1.50": "1.5", "1.": "1", ".5": "0.5", "1e3": "1000", "1.5E-3": "0.0015",
		" 5 ": "5", "-12.340": "-12.34", "99999999999999999999.9": "99999999999999999999.9",
	} {
		got, ok := constraint.Decimal(in)
		assert.True(t, ok, in)
		assert.Equal(t, want, got, in)
	}
	for _, in := range []string{"", " ", "x", "1,5", "NaN", "Infinity", "0x10", "1_000", "1e", "--1", ".", "1e99999", "1/2"} {
		_, ok := constraint.Decimal(in)
		assert.False(t, ok, in)
	}
}

// FuzzDecimal holds that the normal form is the number that was written, and its own normal form.
func FuzzDecimal(f *testing.F) {
	for _, s := range []string{"0", "-1.50", "1e3", " +.5E-2 ", "1e9999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text, ok := constraint.Decimal(s)
		if !ok {
			return
		}
		want, isNumber := new(big.Rat).SetString(strings.TrimSpace(s))
		require.True(t, isNumber)
		got, isNumber := new(big.Rat).SetString(text)
		require.True(t, isNumber)
		require.Zero(t, want.Cmp(got))
		again, ok := constraint.Decimal(text)
		require.True(t, ok)
		require.Equal(t, text, again)
	})
}

// TestArrayLiteralsAgainstPostgreSQL lets PostgreSQL read random array literals. One that becomes a list has just the
// elements that PostgreSQL reads.
func TestArrayLiteralsAgainstPostgreSQL(t *testing.T) {
	conn := pgtest.New(t).Conn(context.Background())
	r := rand.New(rand.NewPCG(9, 10))
	pieces := []string{"a", "b c", ",", ",", " ", `"`, `\`, "{", "}", "NULL", "null", "'", "é", "\t", "[1:1]=", "\v", "\u00a0", ".5"}
	lists := 0
	for range 3000 {
		var b strings.Builder
		b.WriteString("{")
		for range r.IntN(6) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		b.WriteString("}")
		atoms, _ := compile(anyOf(col("t"), str(b.String()))).Atoms()
		if len(atoms) == 0 {
			continue
		}
		lists++
		rows, err := conn.Query(context.Background(), "SELECT unnest($1::text[])", pgx.QueryExecModeSimpleProtocol, b.String())
		require.NoError(t, err)
		want, err := pgx.CollectRows(rows, pgx.RowTo[string])
		require.NoError(t, err, "%q", b.String())
		slices.Sort(want)
		got := slices.Sorted(slices.Values(atoms[0].Atom.(constraint.OneOf).Values))
		require.Equal(t, slices.Compact(want), got, "%q", b.String())
	}
	require.Greater(t, lists, 100)
}
