package queries

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRewrite(t *testing.T) {
	for _, tc := range []struct {
		sql, want string
		names     []string
	}{
		{"SELECT 1", "SELECT 1", nil},
		{"SELECT @a::int, @b, @a", "SELECT $1::int, $2, $1", []string{"a", "b"}},
		{"SELECT sqlc.arg('a'), sqlc.narg(b), sqlc.slice( 'c' )", "SELECT $1, $2, $3", []string{"a", "b", "c"}},
		{"SELECT $2, @a, sqlc.arg(b)", "SELECT $2, $1, $3", []string{"a", "", "b"}},
		{"SELECT sqlc.embed(t), x @> '@no', '@no' FROM t -- @no\n", "SELECT t.*, x @> '@no', '@no' FROM t -- @no\n", nil},
		{"SELECT @theName, sqlc.arg('theName'), sqlc.arg(\"theName\"), sqlc.arg(theName)", "SELECT $1, $2, $2, $1", []string{"thename", "theName"}},
		{"SELECT @type", "SELECT $1", []string{"type"}},
		{"SELECT x = @a -- it's\nAND y = ANY(@b::text[])", "SELECT x = $1 -- it's\nAND y = ANY($2::text[])", []string{"a", "b"}},
	} {
		got, err := Rewrite(tc.sql)
		require.NoError(t, err)
		assert.Equal(t, Rewritten{tc.want, tc.names}, got)
	}
}
