package sqlc

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// stubs are as much of the modules that sqlc's code for database/sql imports as it takes to compile it.
const stubs = `
-- pq/go.mod --
module github.com/lib/pq

go 1.26
-- pq/pq.go --
package pq

import (
	"database/sql"
	"database/sql/driver"
)

func Array(any) interface {
	driver.Valuer
	sql.Scanner
} {
	return nil
}
-- pqtype/go.mod --
module github.com/sqlc-dev/pqtype

go 1.26
-- pqtype/pqtype.go --
package pqtype

type NullRawMessage struct {
	RawMessage []byte
	Valid      bool
}
`

// runGo compiles, vets and tests a package of sqlc's files with a test beside them, in a module with this one's
// dependencies and without a network.
func runGo(t *testing.T, files map[string][]byte, test string) {
	t.Helper()
	dir := t.TempDir()
	write := func(name string, text []byte) {
		p := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(p), 0o755))
		require.NoError(t, os.WriteFile(p, text, 0o644))
	}
	for _, f := range txtar.Parse([]byte(stubs)).Files {
		write(f.Name, f.Data)
	}
	mod, err := os.ReadFile("../../go.mod")
	require.NoError(t, err)
	mod = regexp.MustCompile(`(?m)^module .*$`).ReplaceAll(mod, []byte("module example.com/usage"))
	write("go.mod", append(mod, "\nrequire (\n\tgithub.com/lib/pq v1.0.0\n\tgithub.com/sqlc-dev/pqtype v0.1.0\n)\n"+
		"replace github.com/lib/pq => ./pq\nreplace github.com/sqlc-dev/pqtype => ./pqtype\n"...))
	sum, err := os.ReadFile("../../go.sum")
	require.NoError(t, err)
	write("go.sum", sum)
	for n, text := range files {
		write(n, text)
	}
	write("usage_test.go", []byte(test))
	for _, args := range [][]string{{"vet", "."}, {"test", "."}} {
		cmd := exec.Command("go", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "go %v\n%s", args, out)
	}
}

// lists is a schema with value lists of every sort: of a column, of a domain, of an array, with values that are no
// identifiers, and under names that columns and tables have as well.
func lists() (*catalog.Catalog, []Enum) {
	c := usage()
	currency := user(name("currency"), catalog.DomainType)
	c.Domains = []catalog.Domain{{Name: name("currency"), Type: builtin("bpchar"), Comment: "ISO 4217."}}
	c.Enums = []catalog.Enum{{Name: name("mood"), Values: []string{"sad", `"quoted"`}}}
	c.Relations = append(c.Relations, catalog.Relation{Name: name("invoices"), Columns: []catalog.Column{
		notNull("id", builtin("uuid")),
		notNull("currency", currency),
		col("maybe_currency", currency),
		col("currencies", array(currency, 1)),
		notNull("tags", array(builtin("text"), 1)),
		col("mood", user(name("mood"), catalog.EnumType)),
		col("note", builtin("text")),
		col("data", builtin("jsonb")),
	}})
	return c, []Enum{
		provider(),
		{Name: name("currency"), Values: []string{"EUR", "USD"}, GoName: "CurrencyCode", Domains: []catalog.Name{name("currency")}},
		{Name: name("invoices_tags"), Values: []string{"a", "b c", "bc", "", `back\slash`, "new\nline", "größe"}, GoName: "InvoiceTag",
			GoValues: map[string]string{"b c": "InvoiceTagSpaced", `back\slash`: "InvoiceTagBackslash", "": "InvoiceTagNone"},
			Columns:  []catalog.ColumnName{{Relation: name("invoices"), Column: "tags"}}},
	}
}

const listQueries = `
-- queries/q.sql --
-- name: Joined :many
SELECT l.id, l.provider, i.currency, i.maybe_currency, i.tags FROM llm_usage l LEFT JOIN invoices i ON i.id = l.id;
-- name: Add :exec
INSERT INTO invoices (id, currency, maybe_currency, tags, mood, note) VALUES ($1, $2, $3, $4, $5, $6);
-- name: ByProvider :many
SELECT * FROM llm_usage WHERE provider = ANY(@providers::varchar[]);
-- name: Currencies :many
SELECT currency, count(*) FROM invoices WHERE currency = @currency GROUP BY currency;
-- name: Invoices :many
SELECT * FROM invoices WHERE maybe_currency = sqlc.narg('currency');
-- name: Load :copyfrom
INSERT INTO llm_usage (id, provider, model, input_tokens, created_at) VALUES ($1, $2, $3, $4, $5);
`

const listTest = `package usage

import "testing"

var (
	_ LLMProvider        = JoinedRow{}.Provider
	_ NullCurrencyCode   = JoinedRow{}.Currency
	_ NullCurrencyCode   = JoinedRow{}.MaybeCurrency
	_ []InvoiceTag       = JoinedRow{}.Tags
	_ CurrencyCode       = AddParams{}.Currency
	_ NullCurrencyCode   = AddParams{}.MaybeCurrency
	_ []InvoiceTag       = AddParams{}.Tags
	_ NullMood           = AddParams{}.Mood
	_ CurrencyCode       = Invoice{}.Currency
	_ []CurrencyCode     = Invoice{}.Currencies
	_ CurrencyCode       = CurrenciesRow{}.Currency
	_ LLMProvider        = LlmUsage{}.Provider
)

func TestValues(t *testing.T) {
	for got, want := range map[string]string{
		string(CurrencyEUR):         "EUR",
		string(LLMProviderGoogleGLA): "google-gla",
		string(InvoiceTagSpaced):    "b c",
		string(InvoiceTagBackslash): "back\\slash",
		string(InvoiceTagNone):      "",
		string(AllInvoiceTagValues()[5]): "new\nline",
		string(AllInvoiceTagValues()[6]): "größe",
		string(AllMoodValues()[1]):  "\"quoted\"",
	} {
		if got != want {
			t.Errorf("%q is not %q", got, want)
		}
	}
	if CurrencyCode("GBP").Valid() || !CurrencyCode("EUR").Valid() || len(AllInvoiceTagValues()) != 7 {
		t.Error("Valid or All")
	}
	var null NullCurrencyCode
	if err := null.Scan("EUR"); err != nil || !null.Valid || null.CurrencyCode != CurrencyEUR {
		t.Error(err)
	}
	if err := null.Scan(nil); err != nil || null.Valid {
		t.Error(err)
	}
}
`

func TestGoOfValueListsCompiles(t *testing.T) {
	for _, tc := range []struct{ name, options, test string }{
		{"pgx/v5", "sql_package: pgx/v5", ""},
		{"pgx/v5 with pointers", "sql_package: pgx/v5, emit_pointers_for_null_types: true, emit_result_struct_pointers: true, emit_interface: true",
			"\nvar _ *string = AddParams{}.Note\n"},
		{"database/sql", "emit_json_tags: true, emit_prepared_queries: true", ""},
		{"initialisms", "sql_package: pgx/v5, initialisms: [id, eur], emit_json_tags: true", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			queries := listQueries
			if tc.name == "database/sql" { // it has no :copyfrom
				queries, _, _ = strings.Cut(queries, "-- name: Load")
			}
			c, enums := lists()
			in := project(t, `
-- sqlc.yaml --
version: "2"
sql:
  - engine: postgresql
    schema: schema
    queries: queries
    gen:
      go: {package: usage, out: gen/go, emit_enum_valid_method: true, emit_all_enum_values: true, `+tc.options+`}
`+queries, c)
			in.Enums = enums
			r := sqlcOK(t, in)
			runGo(t, r.Files, listTest+tc.test)
			for _, col := range query(t, r, "Currencies").Columns[:1] {
				require.Equal(t, name("currency"), col.Type)
			}
		})
	}
}
