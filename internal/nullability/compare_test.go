package nullability

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// TestDiffer: constants differ only if no collation takes them to be equal.
func TestDiffer(t *testing.T) {
	text := catalog.Typed{Type: catalog.Type{Name: catalog.Name{Schema: "pg_catalog", Name: "text"}, Kind: catalog.BaseType}}
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"a", "b", true}, {"a", "A", false}, {"a-b", "ab", false}, {"é", "e", false}, {"1", "01", false}, {"10", "1", true}, {"a0b", "ab", false},
		{"", "a", true}, {"", " ", false}, {"a10", "a1", true},
	} {
		a := &catalog.Constant{Typed: text, Kind: catalog.StringLiteral, Text: test.a}
		b := &catalog.Constant{Typed: text, Kind: catalog.StringLiteral, Text: test.b}
		assert.Equal(t, test.want, differ(a, b), "%q and %q", test.a, test.b)
		assert.Equal(t, test.want, differ(b, a), "%q and %q", test.b, test.a)
	}
}
