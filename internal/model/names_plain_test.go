package model

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/source"
)

func TestPlainSchemas(t *testing.T) {
	rules := []ObjectRule{{}}
	for _, lang := range []naming.Language{naming.Go, naming.TypeScript, naming.Python} {
		row := &Object{Name: "Booking", Schema: "BookingSchema", Rules: rules}
		params := &Object{Name: "BookParams", Schema: "bookParams", Rules: rules}
		update := &Object{Name: "BookingUpdate", Schema: "BookingUpdateSchema"}
		other := &Object{Name: "BookingPlain", Schema: "BookingPlainSchema"}
		b := &builder{Input: Input{Language: lang}}
		for _, o := range []*Object{row, params, update, other} {
			b.declareObject(o, source.Span{}, "table "+o.Name, "an option")
		}
		b.plainSchemas()
		b.collisions()
		if lang != naming.TypeScript {
			require.Empty(t, row.Plain+params.Plain)
			require.Empty(t, b.diags)
			continue
		}
		require.Equal(t, "BookingPlainSchema", row.Plain)
		require.Equal(t, "bookParamsPlain", params.Plain)
		require.Empty(t, update.Plain)
		require.Len(t, b.diags, 1)
		require.Equal(t, CodeCollision, b.diags[0].Code)
		require.Contains(t, b.diags[0].Message, "the plain form of the schema of table Booking are both called BookingPlainSchema")
	}
}
