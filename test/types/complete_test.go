package types

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/generate"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// extensionTypes are those of rows that PostgreSQL's own catalog has not.
var extensionTypes = []string{
	"citext", "ltree", "hstore", "vector", "halfvec", "sparsevec", "geometry", "geography", "box2d", "box3d", "cube", "seg", "isbn", "isbn13",
	"issn", "ean13", "upc",
}

// TestEveryTypeOfTheServerIsListed: each type that a column can have is a row's, or is one that no client maps.
func TestEveryTypeOfTheServerIsListed(t *testing.T) {
	t.Parallel()
	_, conn := database(t)
	// Arrays are of their elements' rows, and the rows of system tables are nobody's columns.
	found, err := conn.Query(context.Background(), `SELECT typname::text FROM pg_type
		WHERE typnamespace = 'pg_catalog'::regnamespace AND typtype IN ('b', 'd', 'e', 'r', 'm')
		  AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = pg_type.oid)`)
	require.NoError(t, err)
	server, err := pgx.CollectRows(found, pgx.RowTo[string])
	require.NoError(t, err)
	listed := map[string]bool{}
	for _, r := range rows {
		covers := r.covers
		if covers == nil {
			covers = []string{r.sql}
		}
		for _, name := range covers {
			listed[name] = true
		}
	}
	for _, name := range extensionTypes {
		require.True(t, listed[name], name)
		delete(listed, name)
	}
	for name := range unmapped {
		assert.False(t, listed[name], name)
		listed[name] = true
	}
	for _, name := range server {
		assert.True(t, listed[name], "%s has no row", name)
	}
	for name := range listed {
		assert.Contains(t, server, name)
	}
}

// TestListedTypesAreMapped: every type that a row covers has a type in all clients, and one that is unmapped is an error
// that says how to map it.
func TestListedTypesAreMapped(t *testing.T) {
	t.Parallel()
	var covered []string
	for _, r := range rows {
		if !r.absent {
			covered = append(covered, r.covers...)
		}
	}
	require.NoError(t, columns(t, covered))
	// A system table's row is a type too.
	for _, name := range append(slices.Sorted(maps.Keys(unmapped)), "pg_class") {
		var list source.List
		require.True(t, errors.As(columns(t, []string{name}), &list), name)
		require.NotEmpty(t, list)
		for _, d := range list {
			assert.Equal(t, "TF302", d.Code, "%s: %s", name, d.Message)
			assert.Contains(t, d.Hint, "db_type: pg_catalog."+name)
		}
	}
}

// columns generates from a table that has a column of each type.
func columns(t *testing.T, names []string) error {
	t.Helper()
	var list []string
	for i, name := range names {
		list = append(list, fmt.Sprintf("c%d pg_catalog.%q", i, name))
	}
	root := t.TempDir()
	write(t, root, "sqlc.yaml", strings.Replace(config, "    queries: queries.sql\n", "", 1))
	write(t, root, "schema.sql", "CREATE TABLE t ("+strings.Join(list, ", ")+");\n")
	_, err := generate.Run(context.Background(), generate.Options{Dir: root})
	return err
}
