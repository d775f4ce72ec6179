package nullability

import (
	"context"
	"math/rand"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

// known is pg_proc's word on a signature: whether the server has it, and whether it is strict.
const known = `
SELECT coalesce(bool_and(p.proisstrict OR p.pronargs = 0), false), count(*)
FROM pg_proc p
WHERE p.pronamespace = 'pg_catalog'::regnamespace
	AND CASE WHEN $3 THEN p.oid IN (SELECT oprcode FROM pg_operator WHERE oprname = $1
			AND CASE WHEN oprleft = 0 THEN '' ELSE (SELECT typname FROM pg_type WHERE oid = oprleft) || ' ' END
				|| (SELECT typname FROM pg_type WHERE oid = oprright) = $2)
		ELSE p.proname = $1 AND $2 = coalesce((SELECT string_agg((SELECT typname FROM pg_type WHERE oid = a), ' ' ORDER BY i)
			FROM unnest(p.proargtypes) WITH ORDINALITY AS u (a, i)), '') END`

// TestTotal calls everything on the list with values that are not NULL, edges first. None may give NULL.
func TestTotal(t *testing.T) {
	ctx := context.Background()
	conn := pgtest.New(t).Conn(ctx)
	_, err := conn.Exec(ctx, tryAll)
	require.NoError(t, err)
	_, err = conn.Exec(ctx, "SET statement_timeout = '30s'")
	require.NoError(t, err)
	r := rand.New(rand.NewSource(1))
	checked, calls := 0, 0
	for _, list := range totals() {
		for _, s := range list {
			if n := checkTotal(t, conn, r, s); n > 0 {
				checked, calls = checked+1, calls+n
			}
		}
	}
	t.Logf("%d functions and operators, %d calls that returned", checked, calls)
	assert.Greater(t, checked, 1200)
}

// checkTotal gives how many calls returned; 0 if the server is too old to have the function.
func checkTotal(t *testing.T, conn *pgx.Conn, r *rand.Rand, s signature) int {
	t.Helper()
	var strict bool
	var found int
	err := conn.QueryRow(context.Background(), known, s.name, strings.Join(s.args, " "), s.operator).Scan(&strict, &found)
	require.NoError(t, err)
	if found == 0 {
		return 0
	}
	assert.True(t, strict, "%s %v is not strict", s.name, s.args)
	calls := callsOf(r, s, 120)
	for i := s.least; i < len(s.args); i++ {
		calls = append(calls, callsOf(r, signature{name: s.name, args: s.args[:i]}, 30)...)
	}
	null, returned := try(t, conn, calls)
	if returned == 0 {
		null, returned = try(t, conn, callsOf(r, s, 20000)) // few texts are what it wants
	}
	assert.Empty(t, null, "%s %v gives NULL", s.name, s.args)
	assert.Positive(t, returned, "no call of %s %v returned", s.name, s.args)
	return returned
}
