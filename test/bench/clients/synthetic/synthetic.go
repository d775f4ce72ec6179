// Package synthetic makes tables of twelve columns as services have them, of which other tools' schemas can be written as
// well as SQL. The projects that the generator is measured on are package project's. The same size gives the same tables.
package synthetic

import (
	"fmt"
	"os"
	"path/filepath"
)

// Table is one table of a project.
type Table struct {
	Name    string
	Columns []Column
}

// Column is one column. A writer of another tool's schema reads it instead of parsing SQL.
type Column struct {
	Name string
	// Type is PostgreSQL's name for it, without its modifiers.
	Type string
	// Length is that of varchar; Precision and Scale are those of numeric.
	Length, Precision, Scale int
	Array, NotNull           bool
	// Default is SQL; "" without one. Identity tells GENERATED ALWAYS AS IDENTITY.
	Default  string
	Identity bool
	// Values are those that a CHECK lists; those of an enum type stand in Enums.
	Values []string
	// Min is what a CHECK wants at least; "" without one.
	Min string
	// References is the table whose id it holds; "" without one.
	References string
}

// Enum is an enum type.
type Enum struct {
	Name   string
	Values []string
}

// enums are the enum types that the tables share.
const enums = 20

// Enums are the enum types that the tables of every project share.
func Enums() []Enum {
	list := make([]Enum, enums)
	for i := range list {
		list[i] = Enum{Name: adjectives[i] + "_kind", Values: []string{"basic", "plus", "pro", "enterprise"}}
	}
	return list
}

// Tables are the first n tables, at most MaxTables. Every third has a list of values of its own; all but the first
// refer to another.
func Tables(n int) []Table {
	list := make([]Table, n)
	for i := range list {
		list[i] = table(i)
	}
	return list
}

func table(i int) Table {
	state := Column{Name: "state", Type: "text", NotNull: true, Default: "'open'"}
	if i%3 == 0 {
		state.Values = []string{"open", "active", fmt.Sprintf("waiting_%d", i), "done"}
	}
	parent := Column{Name: "parent_id", Type: "uuid"}
	if i > 0 {
		parent.References = Name(i / 2)
	}
	return Table{Name: Name(i), Columns: []Column{
		{Name: "id", Type: "uuid", NotNull: true, Default: "gen_random_uuid()"},
		parent,
		{Name: "number", Type: "bigint", NotNull: true, Identity: true},
		{Name: "name", Type: "varchar", Length: 100, NotNull: true},
		state,
		{Name: "kind", Type: Enums()[i%enums].Name, NotNull: true},
		{Name: "amount", Type: "numeric", Precision: 12, Scale: 2, NotNull: true, Default: "0", Min: "0"},
		{Name: "quantity", Type: "integer", NotNull: true, Default: "1", Min: "1"},
		{Name: "is_active", Type: "boolean", NotNull: true, Default: "true"},
		{Name: "settings", Type: "jsonb"},
		{Name: "tags", Type: "text", Array: true, NotNull: true, Default: "'{}'"},
		{Name: "created_at", Type: "timestamptz", NotNull: true, Default: "now()"},
	}}
}

// MaxTables is how many tables have a name.
var MaxTables = len(adjectives) * len(nouns)

// Name is the i-th table's.
func Name(i int) string {
	return adjectives[i%len(adjectives)] + "_" + nouns[i/len(adjectives)] + "s"
}

// Write writes a project of so many tables, without queries, below a folder: its config, and a migration for every hundred
// tables. Targets are those of all three languages, under gen/.
func Write(dir string, tables int) error {
	files := map[string]string{"sqlc.yaml": config}
	list := Tables(tables)
	for i := 0; i < tables; i += 100 {
		text := ""
		if i == 0 {
			text = enumTypes()
		}
		files[fmt.Sprintf("schema/%04d_tables.sql", i/100+1)] = text + DDL(list[i:min(i+100, tables)])
	}
	for path, text := range files {
		path = filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

const config = `version: "2"
plugins: [{name: trefoil, process: {cmd: trefoil}}]
sql:
  - engine: postgresql
    schema: schema
    gen: {go: {package: db, out: gen/go, sql_package: pgx/v5}}
    codegen:
      - {plugin: trefoil, out: gen/ts, options: {target: zod}}
      - {plugin: trefoil, out: gen/python/models, options: {target: pydantic}}
`
