package catalog_test

import (
	"context"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// describer asks a server for the names and types of statements, and the catalog for its own.
type describer struct {
	conn *pgx.Conn
	cat  *catalog.Catalog
}

func newDescriber(t *testing.T, schema string) *describer {
	t.Helper()
	text, err := os.ReadFile(schema)
	require.NoError(t, err)
	cat, _, err := catalog.Load([]*source.File{source.NewFile(schema, string(text))})
	require.NoError(t, err)
	conn := pgtest.New(t).Conn(context.Background())
	_, err = conn.Exec(context.Background(), string(text))
	require.NoError(t, err)
	return &describer{conn, cat}
}

// TestDescribe holds the resolver against a server's Describe: names, types and parameters of each statement, and the
// SQLSTATE of those that it refuses.
func TestDescribe(t *testing.T) {
	d := newDescriber(t, "testdata/query/schema.sql")
	d.compare(t, "testdata/query/queries.sql")
	if pgtest.ServerVersion(t) >= 170000 {
		d.compare(t, "testdata/query/queries17.sql")
	}
}

func (d *describer) compare(t *testing.T, path string) {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	statements := d.cat.Analyse(source.NewFile(path, string(text)), "")
	require.NotEmpty(t, statements)
	for _, s := range statements {
		sql := text[s.Span.Start:s.Span.End]
		want, mine := d.server(t, numbered(string(sql), s)), d.mine(t, s)
		if want != mine {
			t.Errorf("%s\nserver: %s\nmine:   %s", sql, want, mine)
		}
	}
}

// numbered is a statement's text with $n for sqlc's names.
func numbered(sql string, s catalog.Analysed) string {
	if s.Query == nil {
		return sql
	}
	b := []byte(sql)
	type use struct{ start, end, number int }
	var uses []use
	for _, p := range s.Query.Params {
		for _, u := range p.Uses {
			uses = append(uses, use{u.Start - s.Span.Start, u.End - s.Span.Start, p.Number})
		}
	}
	for len(uses) > 0 {
		last := 0
		for i, u := range uses {
			if u.start > uses[last].start {
				last = i
			}
		}
		u := uses[last]
		b = append(b[:u.start:u.start], append([]byte("$"+strconv.Itoa(u.number)), b[u.end:]...)...)
		uses = append(uses[:last], uses[last+1:]...)
	}
	return string(b)
}

func (d *describer) server(t *testing.T, sql string) string {
	t.Helper()
	ctx := context.Background()
	sd, err := d.conn.Prepare(ctx, "", sql)
	if err != nil {
		var refused *pgconn.PgError
		require.ErrorAs(t, err, &refused)
		return refused.Code
	}
	var b strings.Builder
	for _, f := range sd.Fields {
		b.WriteString(f.Name + " " + d.typeName(t, f.DataTypeOID, f.TypeModifier) + ", ")
	}
	b.WriteString("<- ")
	for _, oid := range sd.ParamOIDs {
		b.WriteString(d.typeName(t, oid, -1) + ", ")
	}
	return b.String()
}

func (d *describer) typeName(t *testing.T, oid uint32, mod int32) string {
	t.Helper()
	var name string
	require.NoError(t, d.conn.QueryRow(context.Background(), "SELECT format_type($1, $2)", oid, mod).Scan(&name))
	return name
}

func (d *describer) mine(t *testing.T, s catalog.Analysed) string {
	t.Helper()
	if s.Query == nil {
		return s.Problems[0].Code
	}
	var b strings.Builder
	for _, c := range s.Query.Columns {
		b.WriteString(c.Name + " " + d.base(t, catalog.FormatType(c.Type)) + ", ")
	}
	b.WriteString("<- ")
	for _, p := range s.Query.Params {
		b.WriteString(catalog.FormatType(p.Type) + ", ")
	}
	return b.String()
}

// base is the type that Describe shows for a domain.
func (d *describer) base(t *testing.T, name string) string {
	t.Helper()
	for {
		var base string
		err := d.conn.QueryRow(context.Background(), "SELECT format_type(typbasetype, typtypmod) FROM pg_type WHERE oid = to_regtype($1) AND typtype = 'd'", name).Scan(&base)
		if err != nil {
			return name
		}
		name = base
	}
}

// TestAnalyseConcurrently lets the race detector look at analyses that run side by side, over a catalog that no one has
// asked anything yet.
func TestAnalyseConcurrently(t *testing.T) {
	schema, err := os.ReadFile("testdata/query/schema.sql")
	require.NoError(t, err)
	queries, err := os.ReadFile("testdata/query/queries.sql")
	require.NoError(t, err)
	cat, _, err := catalog.Load([]*source.File{source.NewFile("schema.sql", string(schema))})
	require.NoError(t, err)
	before, err := cat.JSON()
	require.NoError(t, err)
	results := make([][]catalog.Analysed, 4)
	var all sync.WaitGroup
	for i := range results {
		all.Go(func() {
			results[i] = cat.Analyse(source.NewFile("q.sql", string(queries)), "")
			for _, r := range cat.Relations {
				cat.View(r.Name)
			}
		})
	}
	all.Wait()
	for _, r := range results[1:] {
		require.Len(t, r, len(results[0]))
		for i := range r {
			require.Equal(t, results[0][i].Query == nil, r[i].Query == nil)
		}
	}
	after, err := cat.JSON()
	require.NoError(t, err)
	require.Equal(t, string(before), string(after))
	require.NotNil(t, cat.View(catalog.Name{Schema: "public", Name: "big_orders"}))
	require.Nil(t, cat.View(catalog.Name{Schema: "public", Name: "users"}))
}
