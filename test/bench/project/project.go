// Package project makes synthetic projects of any size, with queries, for the generator's benchmarks and for tests: the same
// size gives the same bytes.
package project

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Config is a project's sqlc.yaml: all three languages, with queries.
const Config = `version: "2"
plugins:
  - {name: trefoil, process: {cmd: trefoil}}
sql:
  - engine: postgresql
    schema: migrations
    queries: queries
    gen:
      go: {package: db, out: gen/go, sql_package: pgx/v5, emit_json_tags: true, emit_enum_valid_method: true}
    codegen:
      - {plugin: trefoil, out: gen/ts, options: {target: zod}}
      - {plugin: trefoil, out: gen/python, options: {target: pydantic}}
`

// QueriesLine is the line without which the config is one for models only.
const QueriesLine = "    queries: queries\n"

// area is how many tables share a migration and a file of queries.
const area = 10

// Write puts a project of so many tables into a folder.
func Write(dir string, tables int) error {
	files := map[string]string{"sqlc.yaml": Config, "migrations/0001_types.sql": types(tables)}
	for first := 0; first < tables; first += area {
		n := first/area + 2
		var ddl, queries strings.Builder
		for i := first; i < min(first+area, tables); i++ {
			table(&ddl, i)
			queriesOf(&queries, i)
		}
		if n%2 == 0 {
			view(&ddl, first)
		}
		files[fmt.Sprintf("migrations/%04d_%s.sql", n, Table(first))] = ddl.String()
		files[fmt.Sprintf("queries/%s.sql", Table(first))] = queries.String()
	}
	for name, text := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

var (
	owners = []string{"billing", "catalog", "delivery", "identity", "ledger", "media", "partner", "search", "support", "tenant"}
	things = []string{"accounts", "batches", "contracts", "documents", "events", "features", "groups", "holdings", "invoices", "journals"}
)

// Table is the name of the i-th table: billing_accounts, billing_batches_2 …
func Table(i int) string {
	name := owners[i/len(things)%len(owners)] + "_" + things[i%len(things)]
	if round := i / (len(owners) * len(things)); round > 0 {
		return fmt.Sprintf("%s_%d", name, round+1)
	}
	return name
}

// enums is how many enum types there are.
func enums(tables int) int { return tables/20 + 1 }

func types(tables int) string {
	var b strings.Builder
	b.WriteString(`CREATE DOMAIN email AS text CHECK (VALUE ~ '^[^@]+@[^@]+$');
CREATE DOMAIN slug AS varchar(80) CHECK (VALUE ~ '^[a-z0-9-]+$');
CREATE DOMAIN amount AS numeric(14, 2) NOT NULL CHECK (VALUE >= 0);

`)
	for i := range enums(tables) {
		fmt.Fprintf(&b, "CREATE TYPE stage_%d AS ENUM ('draft', 'open', 'in review', 'closed');\n", i+1)
	}
	return b.String()
}

// table writes a table of one of three shapes. All but the first refer to another one.
func table(b *strings.Builder, i int) {
	name := Table(i)
	fmt.Fprintf(b, "CREATE TABLE %s (\n  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n", name)
	if i > 0 {
		fmt.Fprintf(b, "  parent_id bigint NOT NULL REFERENCES %s (id),\n", Table(i*2/3))
	}
	switch i % 3 {
	case 0:
		fmt.Fprintf(b, `  stage stage_%d NOT NULL DEFAULT 'draft',
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
  contact email,
  settings jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON %s (created_at);
`, i/20+1, name)
	case 1:
		fmt.Fprintf(b, `  kind text NOT NULL CHECK (kind IN ('single', 'shared', 'locked')),
  code slug NOT NULL UNIQUE,
  price amount,
  tags text[],
  starts_on date,
  ends_on date,
  CHECK (ends_on >= starts_on)
);
COMMENT ON COLUMN %s.code IS 'As it stands in links.';
`, name)
	case 2:
		b.WriteString(`  token uuid NOT NULL DEFAULT gen_random_uuid(),
  note varchar(200),
  attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  ratio double precision CHECK (ratio BETWEEN 0 AND 1),
  done boolean NOT NULL DEFAULT false,
  updated_at timestamptz
);
`)
		fmt.Fprintf(b, "CREATE INDEX ON %s (parent_id) WHERE NOT done;\n", name)
	}
	b.WriteString("\n")
}

// view joins an area's first two tables.
func view(b *strings.Builder, first int) {
	fmt.Fprintf(b, "CREATE VIEW %s_overview AS\n    SELECT a.id, a.name, count(p.id) AS parts\n", Table(first))
	fmt.Fprintf(b, "    FROM %s a LEFT JOIN %s p ON p.parent_id = a.id\n    GROUP BY a.id, a.name;\n", nameTable(first), Table(first+1))
}

// nameTable is the first table from an index on that has a name column.
func nameTable(i int) string { return Table((i + 2) / 3 * 3) }

// insertColumns are what the insert of a shape sets.
var insertColumns = [][]string{{"name", "contact", "settings"}, {"kind", "code", "price", "tags"}, {"note", "ratio"}}

// queriesOf writes two queries on a table: one of four that read or delete, and one of two that write.
func queriesOf(b *strings.Builder, i int) {
	name := Table(i)
	title := titled(name)
	switch i % 4 {
	case 0:
		fmt.Fprintf(b, "-- name: Get%s :one\nSELECT * FROM %s WHERE id = $1;\n\n", title, name)
	case 1:
		fmt.Fprintf(b, "-- name: List%s :many\nSELECT c.*, p.id AS owner FROM %s c JOIN %s p ON p.id = c.%s\n"+
			"WHERE p.id = sqlc.arg(owner) ORDER BY c.id LIMIT $1;\n\n", title, name, Table(i*2/3), "parent_id")
	case 2:
		fmt.Fprintf(b, "-- name: Count%s :one\nSELECT count(*) FROM %s WHERE id > $1;\n\n", title, name)
	case 3:
		fmt.Fprintf(b, "-- name: Remove%s :execrows\nDELETE FROM %s WHERE id = ANY (sqlc.arg(ids)::bigint[]);\n\n", title, name)
	}
	columns := insertColumns[i%3]
	if i > 0 {
		columns = append([]string{"parent_id"}, columns...)
	}
	if i%2 == 0 {
		fmt.Fprintf(b, "-- name: Create%s :one\nINSERT INTO %s (%s) VALUES (%s) RETURNING *;\n\n",
			title, name, strings.Join(columns, ", "), numbers(len(columns)))
		return
	}
	fmt.Fprintf(b, "-- name: Change%s :exec\nUPDATE %s SET %s = $1 WHERE id = $2;\n\n", title, name, columns[len(columns)-1])
}

// numbers is $1, $2 … up to n.
func numbers(n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf("$%d", i+1)
	}
	return strings.Join(all, ", ")
}

// titled is a table's name as it stands in queries' names.
func titled(name string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(name, "_") {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}
