package catalog

import (
	"context"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

var updateBuiltin = flag.Bool("update-builtin", false, "write builtin/*.txt from the server")

// builtinVersion is the release that the files are of: the oldest that trefoil replays for.
const builtinVersion = 15

// TestBuiltinFiles asks the server what builtin/*.txt say. A newer server has all of it and more.
func TestBuiltinFiles(t *testing.T) {
	ctx := context.Background()
	conn := pgtest.New(t).Conn(ctx)
	script, err := os.ReadFile("builtin/queries.sql")
	require.NoError(t, err)
	for _, part := range strings.Split(string(script), "-- name: ")[1:] {
		name, query, _ := strings.Cut(part, "\n")
		if name == "extensions.txt" {
			makeExtensions(t, conn)
		}
		rows, err := conn.Query(ctx, query)
		require.NoError(t, err, name)
		lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
		require.NoError(t, err, name)
		if *updateBuiltin {
			require.NoError(t, os.WriteFile("builtin/"+name, []byte(strings.Join(lines, "\n")+"\n"), 0o644))
		}
		content, err := os.ReadFile("builtin/" + name)
		require.NoError(t, err)
		want := strings.Split(strings.TrimSpace(string(content)), "\n")
		if pgtest.ServerVersion(t)/10000 == builtinVersion && name != "extensions.txt" {
			assert.Equal(t, want, lines, name)
			continue
		}
		assert.Greater(t, len(want), 50, name)
		assertMostly(t, name, want, lines)
	}
}

// makeExtensions makes all extensions that the server has.
func makeExtensions(t *testing.T, conn *pgx.Conn) {
	t.Helper()
	rows, err := conn.Query(context.Background(), "SELECT name FROM pg_available_extensions WHERE name <> 'plpgsql' ORDER BY 1")
	require.NoError(t, err)
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	for _, name := range names {
		// Some need a setting of the server, or another extension in the same place.
		_, _ = conn.Exec(context.Background(), "CREATE EXTENSION IF NOT EXISTS "+quoteIdent(name)+" CASCADE")
	}
}

// assertMostly allows for what another release, or a server with fewer extensions, does not have.
func assertMostly(t *testing.T, name string, want, have []string) {
	t.Helper()
	there := map[string]bool{}
	for _, line := range have {
		there[line] = true
	}
	missing := 0
	for _, line := range want {
		if !there[line] {
			missing++
		}
	}
	assert.Less(t, missing, len(want)/2, "%s: most of it is not on the server", name)
}
