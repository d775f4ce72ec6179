package golden

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

// batches is how many batches of random projects are made. Each starts the compilers of three languages, which takes too
// long for a worker of `go test -fuzz`; `make fuzz` asks for more of them instead.
var batches = flag.Uint64("hostile", 2, "make so many batches of hostile projects")

// TestHostileTextCompiles: whatever identifiers, comments, values and defaults hold, what comes out of the whole pipeline
// compiles in every language.
func TestHostileTextCompiles(t *testing.T) {
	for seed := range *batches {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			root := t.TempDir()
			for i := range hostileProjects {
				h := hostile{Rand: rand.New(rand.NewPCG(seed, uint64(i))), sqlc: i%3 == 0}
				archive := h.project()
				result, err := run(t, archive)
				require.NoError(t, err, "seed %d, project %d\n%s", seed, i, txtar.Format(archive))
				for path, text := range files(result) {
					writeFile(t, filepath.Join(root, fmt.Sprintf("p%d", i), path), []byte(text))
				}
			}
			compile(t, root)
		})
	}
}

// hostileProjects is how many projects a batch has.
const hostileProjects = 12

// hostile writes random SQL that PostgreSQL accepts and that is awkward for everyone else. With sqlc there are queries
// and a Go client, and names and labels are plainer: sqlc writes them into Go and SQL as they are, and what it makes of a
// quote, a backtick or a name without a letter is an error before anything is written. Comments and defaults are the same.
type hostile struct {
	*rand.Rand
	sqlc bool
}

// fragments are what text in SQL can hold and what another language gives a meaning to.
var fragments = []string{
	`"`, `""`, `"""`, `'`, `'''`, "`", "```", `\`, `\\`, `\n`, `\u0041`, `\x`, `\N{DASH}`, "*/", "/*", "/**", "//", "--", "#", "#!",
	"${", "${x}", "{", "}", "{}", "{{.}}", "%s", "%", "$1", "$$", "<!--", "-->", "</script>", "\n", "\r", "\r\n", "\t", "\f", "\v", "\b",
	"\x01", "\x1b[31m", "\x7f", "\u0085", "\u00a0", "\u00ad", "\u200b", "\u200d", "\u2028", "\u2029", "\u202e", "\ufeff", "\uffff",
	"\U0001f600", "e\u0301", "ß", "ŉ", "İ", "ı", "ﬁ", "数", "ـ", "𝒳", "ª", "²", "٣", "Ⅷ", "_", "__", "-", ".", ",", ";", ":", "?", "!",
	" ", "  ", "(", ")", "[", "]", "<", ">", "=", "|", "&", "~", "^", "a", "A", "aB", "id", "ID", "x1", "1", "0", "9",
	"//go:build x", "//line x:1", "/*line :1:1*/", "# type: ignore", "# -*- coding: x -*-", "// @ts-check", "eslint-disable", "TODO",
}

// reserved are words that a language, or a class that generated code derives from, has for itself.
var reserved = []string{
	"class", "def", "None", "True", "self", "cls", "lambda", "import", "from", "as", "type", "func", "package", "range", "map", "error",
	"string", "nil", "init", "main", "default", "delete", "new", "await", "async", "enum", "interface", "null", "undefined", "any", "never",
	"constructor", "__proto__", "prototype", "toString", "hasOwnProperty", "then", "schema", "json", "copy", "dict", "validate", "construct",
	"model_config", "model_fields", "model_dump", "model_", "__init__", "__class__", "_", "__", "name", "value", "names", "mro", "Field",
	"BaseModel", "z", "Json", "str", "int", "list", "Literal", "object", "property", "print", "UUID", "Decimal", "Annotated", "time", "fmt",
}

// plain are parts of names that sqlc copes with.
var plain = []string{"a", "A_b", "two words", "x__y", "camelCase", "ID", "URL", "_led", "trailing_", "s"}

// text is up to n fragments.
func (h hostile) text(n int) string {
	var b strings.Builder
	for range h.IntN(n + 1) {
		b.WriteString(fragments[h.IntN(len(fragments))])
	}
	return b.String()
}

// name is a text that PostgreSQL takes as a name: not empty, and of at most 63 bytes. The number keeps it apart from the
// others, before or after it.
func (h hostile) name(number int) string {
	name := h.text(5)
	if h.sqlc {
		name = plain[h.IntN(len(plain))]
	}
	switch kind := h.IntN(4); {
	case kind == 0:
		name = reserved[h.IntN(len(reserved))]
		if h.sqlc && strings.Trim(name, "_") == "" {
			name += "x"
		}
	case kind == 1 || h.sqlc: // a field that begins with a digit would not be exported
		name = fmt.Sprintf("%s%d", name, number)
	case kind == 2:
		name = fmt.Sprintf("n%d%s", number, name)
	default:
		name = fmt.Sprintf("%d%s", number, name)
	}
	for len(name) > 60 {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	return name
}

// names are n different names.
func (h hostile) names(n int) []string {
	var list []string
	for seen := map[string]bool{}; len(list) < n; {
		if name := h.name(len(list)); !seen[name] {
			list, seen[name] = append(list, name), true
		}
	}
	return list
}

func ident(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

func each(list []string, f func(string) string) string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = f(v)
	}
	return strings.Join(out, ", ")
}

// project is a config with every target and a schema of one enum, one composite, one domain and some tables.
func (h hostile) project() *txtar.Archive {
	var sql strings.Builder
	types := []string{"text", "varchar(20)", "integer", "jsonb", "uuid", "numeric(6,2)", "text[]", "timestamptz", "bytea"}
	enum, composite, domain := fmt.Sprint("mood ", h.name(1)), fmt.Sprint("pair ", h.name(2)), fmt.Sprint("word ", h.name(3))
	values := h.names(1 + h.IntN(5))
	fmt.Fprintf(&sql, "CREATE TYPE %s AS ENUM (%s);\n", ident(enum), each(values, literal))
	fmt.Fprintf(&sql, "CREATE TYPE %s AS (%s);\n", ident(composite), each(h.names(2), func(n string) string { return ident(n) + " text" }))
	fmt.Fprintf(&sql, "CREATE DOMAIN %s AS text CHECK (VALUE IN (%s));\n", ident(domain), each(h.names(2), literal))
	h.comment(&sql, "TYPE", ident(enum))
	h.comment(&sql, "DOMAIN", ident(domain))
	types = append(types, ident(enum), ident(composite), ident(domain), ident(enum)+"[]")
	var queries strings.Builder
	for i := range 2 {
		table := fmt.Sprintf("t%d %s", i, h.name(i))
		h.table(&sql, table, types, values)
		// sqlc writes the comment of a query into Go as it is; a byte order mark is an error there.
		comment := strings.ReplaceAll(strings.Join(strings.Fields(h.text(6)), " "), "\ufeff", "")
		fmt.Fprintf(&queries, "-- name: List%d :many\n-- %s\nSELECT * FROM %s;\n\n", i, comment, ident(table))
	}
	config := hostileConfig
	if h.sqlc {
		config = strings.Replace(config, "    codegen:", withGo+"    codegen:", 1)
	}
	return &txtar.Archive{Files: []txtar.File{
		{Name: "sqlc.yaml", Data: []byte(config)}, {Name: "schema.sql", Data: []byte(sql.String())},
		{Name: "queries.sql", Data: []byte(queries.String())},
	}}
}

// table makes a table with its checks, defaults and comments.
func (h hostile) table(sql *strings.Builder, table string, types, values []string) {
	columns := h.names(2 + h.IntN(6))
	var parts []string
	for i, c := range columns {
		typ := types[h.IntN(len(types))]
		part := ident(c) + " " + typ
		if typ == "text" {
			part += [...]string{
				"", " DEFAULT " + literal(h.text(6)), " NOT NULL CHECK (" + ident(c) + " IN (" + each(h.names(3), literal) + "))",
				" CONSTRAINT " + ident(fmt.Sprint(i, h.name(i))) + " CHECK (" + ident(c) + " <> " + literal(h.text(6)) + ")",
			}[h.IntN(4)]
		} else if h.IntN(2) == 0 {
			part += " NOT NULL"
		}
		parts = append(parts, part)
	}
	fmt.Fprintf(sql, "CREATE TABLE %s (%s);\n", ident(table), strings.Join(parts, ", "))
	h.comment(sql, "TABLE", ident(table))
	for _, c := range columns {
		h.comment(sql, "COLUMN", ident(table)+"."+ident(c))
	}
}

// comment is often there.
func (h hostile) comment(sql *strings.Builder, kind, name string) {
	if h.IntN(3) > 0 {
		fmt.Fprintf(sql, "COMMENT ON %s %s IS %s;\n", kind, name, literal(h.text(12)))
	}
}

const hostileConfig = `version: "2"
plugins: [{name: trefoil, process: {cmd: trefoil}}]
sql:
  - engine: postgresql
    schema: schema.sql
    codegen:
      - {plugin: trefoil, out: ts, options: {target: zod}}
      - {plugin: trefoil, out: py, options: {target: pydantic}}
`

const withGo = `    queries: queries.sql
    gen: {go: {package: db, out: go, sql_package: pgx/v5, emit_json_tags: true, emit_all_enum_values: true, emit_enum_valid_method: true}}
`
