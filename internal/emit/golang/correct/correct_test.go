package correct_test

import (
	"context"
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/emit/golang/correct"
	"github.com/trefoil-sql/trefoil/internal/emit/golang/gofile"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

func TestMain(m *testing.M) {
	sqlc.Child()
	pgtest.Main(m)
}

const schema = `
CREATE TABLE authors (id bigint PRIMARY KEY, name text NOT NULL, born date);
CREATE TABLE books (id bigint PRIMARY KEY, author_id bigint REFERENCES authors, title text NOT NULL, price numeric(8, 2), tags text[]);
CREATE TABLE notes (book_id bigint, body text);
`

const queries = `
-- name: Total :one
SELECT max(id) FROM books;

-- name: Titles :many
SELECT max(title) FROM books GROUP BY author_id ORDER BY 1;

-- name: Same :one
SELECT id FROM books WHERE id = $1;

-- name: Prices :many
SELECT author_id, coalesce(sum(price), 0) AS total, max(price) AS highest, count(*) FROM books GROUP BY author_id ORDER BY 1;

-- name: BooksOfAuthors :many
SELECT sqlc.embed(authors), sqlc.embed(books), sqlc.embed(notes) FROM authors
LEFT JOIN books ON books.author_id = authors.id LEFT JOIN notes ON notes.book_id = books.id ORDER BY authors.id, books.id;

-- name: FirstBook :one
SELECT authors.id, sqlc.embed(books) FROM authors LEFT JOIN books ON books.author_id = authors.id WHERE authors.id = $1;

-- name: Inner :many
WITH joined AS (SELECT books.* FROM authors LEFT JOIN books ON books.author_id = authors.id)
SELECT id, author_id, title, price, tags FROM joined ORDER BY id;

-- name: Longer :many
SELECT title FROM books WHERE length(title) + $1 > 10 AND coalesce($2, title) = title;

-- name: TotalOf :batchone
SELECT max(id) FROM books WHERE author_id = $1;
`

// configOf is a project with these options under gen: go:.
func configOf(t *testing.T, options ...string) (*config.Config, []*source.File) {
	t.Helper()
	dir := t.TempDir()
	text := "version: '2'\nsql:\n  - engine: postgresql\n    schema: schema.sql\n    queries: queries.sql\n    gen:\n      go:\n" +
		"        package: usage\n        out: db\n"
	for _, o := range options {
		text += "        " + o + "\n"
	}
	files := map[string]string{"sqlc.yaml": text, "schema.sql": schema, "queries.sql": queries}
	if !strings.Contains(text, "pgx") { // batches are pgx's
		files["queries.sql"], _, _ = strings.Cut(queries, "-- name: TotalOf")
	}
	for name, text := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	cfg, err := config.Load(dir, "")
	require.NoError(t, err)
	return cfg, []*source.File{source.NewFile("schema.sql", schema)}
}

func scalar(name string) catalog.Type {
	return catalog.Type{Name: catalog.Name{Schema: "pg_catalog", Name: name}, Kind: catalog.BaseType}
}

// facts are the types of queries: "?" after one is nullable, a table is an embed.
type facts map[string][]string

// truth is what PostgreSQL says of the queries.
var truth = facts{
	"Total": {"int8?"}, "Titles": {"text"}, "Same": {"int8"}, "Prices": {"int8?", "numeric", "numeric?", "int8"},
	"Inner": {"int8?", "int8?", "text?", "numeric?", "_text?"}, "Longer": {"text"}, "FirstBook": {"int8", "books"},
	"BooksOfAuthors": {"authors!", "books", "notes"}, "TotalOf": {"int8?"},
}

var params = facts{"Same": {"int8"}, "Longer": {"int4", "text"}, "FirstBook": {"int8"}, "TotalOf": {"int8"}}

var embeds = map[string]*correct.Embed{
	"authors!": {NotNull: []bool{true, true, false}},
	"books":    {Absent: true, NotNull: []bool{true, false, true, false, false}},
	"notes":    {Absent: true, NotNull: []bool{false, false}},
}

func typesOf(t *testing.T, in sqlc.Input, name string) correct.Types {
	t.Helper()
	plain, isArray := strings.CutPrefix(strings.TrimSuffix(name, "?"), "_")
	typ := scalar(plain)
	if isArray {
		typ.Array, typ.Dims = true, 1
	}
	got, err := sqlc.GoTypes(context.Background(), in, []sqlc.TypeUse{{Type: typ}, {Type: typ, NotNull: true}})
	require.NoError(t, err)
	return correct.Types{Null: got[0], NotNull: got[1]}
}

// corrected runs sqlc and corrects what it wrote.
func corrected(t *testing.T, options ...string) map[string][]byte {
	t.Helper()
	cfg, files := configOf(t, options...)
	cat, _, err := catalog.Load(files)
	require.NoError(t, err)
	in := sqlc.Input{Config: cfg, SQL: cfg.SQL[0], Catalog: cat, WantQueries: true}
	result, _, err := sqlc.Run(context.Background(), in)
	require.NoError(t, err)
	var list []correct.Query
	for _, q := range result.Queries {
		one := correct.Query{Name: q.Name, Cmd: q.Cmd}
		for _, c := range truth[q.Name] {
			if e := embeds[c]; e != nil {
				one.Columns = append(one.Columns, correct.Column{Embed: e})
				continue
			}
			one.Columns = append(one.Columns, correct.Column{Types: typesOf(t, in, c), Nullable: strings.HasSuffix(c, "?")})
		}
		for _, p := range params[q.Name] {
			one.Params = append(one.Params, correct.Param{Types: typesOf(t, in, p), NotNull: true})
		}
		list = append(list, one)
	}
	return filesWith(t, result.Files, list)
}

// filesWith are the files with the types that the queries have, as gofmt writes them.
func filesWith(t *testing.T, files map[string][]byte, list []correct.Query) map[string][]byte {
	t.Helper()
	parsed, err := gofile.ParseAll(files)
	require.NoError(t, err)
	corrected, err := correct.Files(parsed, list)
	require.NoError(t, err)
	out := map[string][]byte{}
	for _, f := range corrected {
		formatted, err := format.Source(f.Text)
		require.NoError(t, err, f.Name)
		require.Equal(t, string(formatted), string(f.Text), f.Name)
		out[f.Name] = f.Text
	}
	return out
}

// runs is a test of the corrected package on a server.
const runs = `package usage

import (
	"context"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"
)

func TestQueries(t *testing.T) {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, os.Getenv("DATABASE"))
	if err != nil {
		t.Fatal(err)
	}
	q := New(conn)
	if total, err := q.Total(ctx); err != nil || total == nil || *total != 12 {
		t.Fatal(total, err)
	}
	titles, err := q.Titles(ctx)
	if err != nil || len(titles) != 2 || titles[0] != "Beowulf" {
		t.Fatal(titles, err)
	}
	prices, err := q.Prices(ctx)
	if err != nil || len(prices) != 2 || prices[1].AuthorID != nil || prices[0].Total.Int == nil || prices[1].Count != 1 {
		t.Fatal(prices, err)
	}
	rows, err := q.BooksOfAuthors(ctx)
	if err != nil || len(rows) != 3 {
		t.Fatal(rows, err)
	}
	if rows[0].Author.Name != "Austen" || rows[0].Book.Title != "Emma" || rows[0].Book.Tags[0] != "a" || rows[0].Note == nil || *rows[0].Note.Body != "good" {
		t.Fatal(rows[0].Book, rows[0].Note)
	}
	if rows[1].Note != nil || rows[1].Book.Title != "Persuasion" || rows[2].Book != nil || rows[2].Note != nil {
		t.Fatal(rows[1], rows[2])
	}
	first, err := q.FirstBook(ctx, 2)
	if err != nil || first.Book != nil || first.ID != 2 {
		t.Fatal(first, err)
	}
	inner, err := q.Inner(ctx)
	if err != nil || len(inner) != 3 || inner[2].ID != nil || inner[2].Title != nil || *inner[0].Title != "Emma" {
		t.Fatal(inner, err)
	}
	longer, err := q.Longer(ctx, LongerParams{Title: 5, Title_2: "Persuasion"})
	if err != nil || len(longer) != 1 {
		t.Fatal(longer, err)
	}
	b := q.TotalOf(ctx, []int64{1, 2})
	b.QueryRow(func(i int, max *int64, err error) {
		if err != nil || (i == 1) != (max == nil) {
			t.Fatal(i, max, err)
		}
	})
}
`

func TestCorrectedQueriesRun(t *testing.T) {
	db := pgtest.New(t)
	db.Exec(t, schema+`
		INSERT INTO authors VALUES (1, 'Austen', '1775-12-16'), (2, 'Nobody', NULL);
		INSERT INTO books VALUES (10, 1, 'Emma', 12.50, '{a}'), (11, 1, 'Persuasion', 8, NULL), (12, NULL, 'Beowulf', NULL, NULL);
		INSERT INTO notes VALUES (10, 'good')`)
	files := corrected(t, "sql_package: pgx/v5", "emit_pointers_for_null_types: true", "emit_json_tags: true")
	files["usage_test.go"] = []byte(runs)
	goTool(t, files, "DATABASE="+db.URL(), "vet", "test")
}

// TestCorrectedQueriesCompile tries the options that change the code around the types.
func TestCorrectedQueriesCompile(t *testing.T) {
	for _, options := range [][]string{
		{"sql_package: pgx/v5"},
		{"sql_package: pgx/v5", "emit_interface: true", "emit_methods_with_db_argument: true", "emit_empty_slices: true"},
		{"sql_package: pgx/v5", "emit_result_struct_pointers: true", "emit_params_struct_pointers: true", "query_parameter_limit: 4"},
		{"sql_package: pgx/v5", "query_parameter_limit: 0", "omit_unused_structs: true", "emit_db_tags: true"},
		{"sql_package: database/sql", "emit_prepared_queries: true", "emit_interface: true"},
	} {
		t.Run(strings.Join(options, " "), func(t *testing.T) {
			files := corrected(t, options...)
			for name, text := range files {
				if strings.HasSuffix(name, ".sql.go") || name == "querier.go" {
					if options[0] == "sql_package: pgx/v5" {
						assert.NotRegexp(t, `(?m)^\s+\w+ +interface\{\}|\(interface\{\}, error`, string(text))
					}
				}
			}
			goTool(t, files, "", "vet")
		})
	}
}

const pq = "package pq\n\nimport (\n\t\"database/sql\"\n\t\"database/sql/driver\"\n)\n\n" +
	"func Array(any) interface {\n\tdriver.Valuer\n\tsql.Scanner\n} {\n\treturn nil\n}\n"

// goTool runs commands of go on a package, in a module with this one's dependencies and without a network.
func goTool(t *testing.T, files map[string][]byte, env string, commands ...string) {
	t.Helper()
	dir := t.TempDir()
	write := func(name string, text []byte) {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), text, 0o644))
	}
	mod, err := os.ReadFile("../../../../go.mod")
	require.NoError(t, err)
	mod = regexp.MustCompile(`(?m)^module .*$`).ReplaceAll(mod, []byte("module example.com/usage"))
	write("go.mod", append(mod, "\nrequire github.com/lib/pq v1.0.0\nreplace github.com/lib/pq => ./pq\n"...))
	write("pq/go.mod", []byte("module github.com/lib/pq\n\ngo 1.26\n"))
	write("pq/pq.go", []byte(pq))
	sum, err := os.ReadFile("../../../../go.sum")
	require.NoError(t, err)
	write("go.sum", sum)
	for name, text := range files {
		write(name, text)
	}
	for _, command := range commands {
		cmd := exec.Command("go", command, ".")
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off", env)
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "go %s\n%s", command, out)
	}
}

func TestWhatIsRightIsLeftByteForByte(t *testing.T) {
	cfg, files := configOf(t, "sql_package: pgx/v5")
	cat, _, err := catalog.Load(files)
	require.NoError(t, err)
	result, _, err := sqlc.Run(context.Background(), sqlc.Input{Config: cfg, SQL: cfg.SQL[0], Catalog: cat, WantQueries: true})
	require.NoError(t, err)
	assert.Equal(t, result.Files, filesWith(t, result.Files, []correct.Query{{Name: "Same", Cmd: ":one", Columns: make([]correct.Column, 1)}}))
}
