package zod

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/model"
)

func TestEveryKindHasARow(t *testing.T) {
	for _, numeric := range []string{"number", "string"} {
		for _, bigint := range []string{"number", "bigint", "string"} {
			for _, timestamp := range []string{"string", "date"} {
				for _, driver := range []bool{false, true} {
					o := Options{Numeric: numeric, BigInt: bigint, Timestamp: timestamp, Driver: driver}
					for _, k := range model.Kinds {
						row, ok := o.scalarOf(k)
						require.True(t, ok, "%s with option %q has no row", k, o.option(k))
						for _, text := range []string{row.read.ts, row.read.schema, row.write.ts, row.write.schema} {
							require.NotEmpty(t, text)
						}
					}
				}
			}
		}
	}
}

func TestEveryRowIsFoundOnce(t *testing.T) {
	type place struct {
		kind   model.Kind
		option string
	}
	seen := map[place]bool{}
	for _, row := range scalars {
		p := place{row.kind, row.option}
		require.False(t, seen[p], "%s has two rows", row.kind)
		require.Contains(t, model.Kinds, row.kind)
		seen[p] = true
	}
}

func TestOptionsHaveDefaults(t *testing.T) {
	require.Equal(t, "number", Options{}.option(model.Int8))
	require.Equal(t, "number", Options{}.option(model.Numeric))
	require.Equal(t, "string", Options{}.option(model.Date))
	require.Equal(t, "", Options{}.option(model.Text))
}
