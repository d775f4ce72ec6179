package nullability

import (
	"context"
	"maps"
	"math/rand"
	"slices"
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
	for _, g := range totals() {
		for _, s := range slices.Concat(append(slices.Collect(maps.Values(g.byFirst)), g.general)...) {
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
	calls := callsOf(r, "pg_catalog", s, 120)
	for i := s.least; i < len(s.args); i++ {
		calls = append(calls, callsOf(r, "pg_catalog", signature{name: s.name, args: s.args[:i]}, 30)...)
	}
	null, returned := try(t, conn, calls)
	if returned == 0 {
		null, returned = try(t, conn, callsOf(r, "pg_catalog", s, 20000)) // few texts are what it wants
	}
	assert.Empty(t, null, "%s %v gives NULL", s.name, s.args)
	assert.Positive(t, returned, "no call of %s %v returned", s.name, s.args)
	return returned
}

// members are the functions and operators of an extension.
const members = `
SELECT p.proname::text, false, p.proisstrict, coalesce((SELECT array_agg((SELECT typname::text FROM pg_type WHERE oid = a) ORDER BY i)
	FROM unnest(p.proargtypes) WITH ORDINALITY AS u (a, i)), '{}')
FROM pg_depend AS d JOIN pg_extension AS e ON e.oid = d.refobjid AND d.deptype = 'e' JOIN pg_proc AS p ON d.classid = 'pg_proc'::regclass AND p.oid = d.objid
WHERE e.extname = $1 AND p.prokind = 'f' AND NOT p.proretset
UNION ALL
SELECT o.oprname::text, true, p.proisstrict, array_remove(ARRAY[(SELECT typname::text FROM pg_type WHERE oid = o.oprleft), (SELECT typname::text FROM pg_type WHERE oid = o.oprright)], NULL)
FROM pg_depend AS d JOIN pg_extension AS e ON e.oid = d.refobjid AND d.deptype = 'e' JOIN pg_operator AS o ON d.classid = 'pg_operator'::regclass AND o.oid = d.objid
	JOIN pg_proc AS p ON p.oid = o.oprcode
WHERE e.extname = $1`

// TestExtensions calls the functions of extensions that are listed, as TestTotal does with PostgreSQL's own.
func TestExtensions(t *testing.T) {
	ctx := context.Background()
	conn := pgtest.New(t).Conn(ctx)
	_, err := conn.Exec(ctx, tryAll)
	require.NoError(t, err)
	r := rand.New(rand.NewSource(1))
	for extension, listed := range ofExtensions {
		_, err := conn.Exec(ctx, "CREATE EXTENSION "+quoted(extension))
		require.NoError(t, err)
		rows, err := conn.Query(ctx, members, extension)
		require.NoError(t, err)
		found := map[string]int{}
		var signatures []signature
		for rows.Next() {
			s, strict := signature{}, false
			require.NoError(t, rows.Scan(&s.name, &s.operator, &strict, &s.args))
			if slices.Contains(listed[s.name], len(s.args)) {
				assert.True(t, strict || len(s.args) == 0, "%s %v", s.name, s.args)
				signatures = append(signatures, s)
				found[s.name]++
			}
		}
		require.NoError(t, rows.Err())
		for name := range listed {
			assert.Positive(t, found[name], "%s of %s", name, extension)
		}
		for _, s := range signatures {
			null, returned := try(t, conn, callsOf(r, "public", s, 200))
			assert.Empty(t, null)
			assert.Positive(t, returned, "%s %v of %s", s.name, s.args, extension)
		}
	}
}
