package catalog

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var updateDocs = flag.Bool("update-docs", false, "write the table of statements into docs/reading.md")

// replayed says what the replay takes from each statement that it has a handler for.
var replayed = map[string][2]string{
	"AlterDomainStmt":         {"ALTER DOMAIN", "default, NOT NULL, constraints, validation"},
	"AlterEnumStmt":           {"ALTER TYPE … ADD VALUE, RENAME VALUE", "values in their order, also BEFORE and AFTER"},
	"AlterExtensionStmt":      {"ALTER EXTENSION", "the extension must be there"},
	"AlterFunctionStmt":       {"ALTER FUNCTION, PROCEDURE, ROUTINE", "whether it is strict"},
	"AlterObjectSchemaStmt":   {"ALTER … SET SCHEMA", "tables, types, functions, sequences, extensions and what belongs to them"},
	"AlterPolicyStmt":         {"ALTER POLICY", "roles, USING, WITH CHECK"},
	"AlterSeqStmt":            {"ALTER SEQUENCE", "type and owner"},
	"AlterTableStmt":          {"ALTER TABLE, VIEW, INDEX, TYPE and the like", "columns, types, defaults, identity, generated columns, constraints, inheritance, partitions, row security"},
	"CallStmt":                {"CALL", "the procedure runs, as a DO block does"},
	"CommentStmt":             {"COMMENT ON", "the comment, of whatever is kept"},
	"CompositeTypeStmt":       {"CREATE TYPE … AS (…)", "attributes and their types"},
	"CopyStmt":                {"COPY", "that the table is not empty any more"},
	"CreateAmStmt":            {"CREATE ACCESS METHOD", "its name"},
	"CreateCastStmt":          {"CREATE CAST", "source, target and when it applies, for the types of expressions"},
	"CreateDomainStmt":        {"CREATE DOMAIN", "type, collation, default, NOT NULL, CHECKs"},
	"CreateEnumStmt":          {"CREATE TYPE … AS ENUM", "values in order"},
	"CreateExtensionStmt":     {"CREATE EXTENSION", "the types, functions and operators of the extensions that are known by name"},
	"CreateForeignServerStmt": {"CREATE SERVER", "its name"},
	"CreateForeignTableStmt":  {"CREATE FOREIGN TABLE", "what CREATE TABLE has"},
	"CreateFunctionStmt":      {"CREATE FUNCTION, PROCEDURE", "signature, results, strictness; the body, if the migrations call it"},
	"CreatePLangStmt":         {"CREATE LANGUAGE", "its name"},
	"CreatePolicyStmt":        {"CREATE POLICY", "command, roles, USING, WITH CHECK"},
	"CreateRangeStmt":         {"CREATE TYPE … AS RANGE", "subtype, and the multirange that comes with it"},
	"CreateSchemaStmt":        {"CREATE SCHEMA", "the schema, and what is made inside the statement"},
	"CreateSeqStmt":           {"CREATE SEQUENCE", "type and owner"},
	"CreateStatsStmt":         {"CREATE STATISTICS", "its name"},
	"CreateStmt":              {"CREATE TABLE", "columns, constraints, LIKE, INHERITS, PARTITION OF, OF type; temporary tables until their session ends"},
	"CreateTableAsStmt":       {"CREATE TABLE AS, CREATE MATERIALIZED VIEW, SELECT INTO", "columns with the types of the query"},
	"CreateTrigStmt":          {"CREATE TRIGGER", "its table, function and columns; it is not run"},
	"DefineStmt":              {"CREATE AGGREGATE, OPERATOR, TYPE, COLLATION, TEXT SEARCH …", "signatures of aggregates and operators; base types; collations and whether they are deterministic; names of the rest"},
	"DoStmt":                  {"DO", "the block runs: DDL, IF, loops, EXECUTE, EXCEPTION. What only a server knows is a warning"},
	"DropStmt":                {"DROP", "CASCADE and RESTRICT with PostgreSQL's dependencies, IF EXISTS"},
	"ImportForeignSchemaStmt": {"IMPORT FOREIGN SCHEMA", "nothing: a warning says what to write instead"},
	"IndexStmt":               {"CREATE INDEX", "columns, expressions, INCLUDE, WHERE, uniqueness, PostgreSQL's own name where it has none"},
	"InsertStmt":              {"INSERT", "that the table is not empty any more"},
	"MergeStmt":               {"MERGE", "that the table is not empty any more"},
	"RenameStmt":              {"ALTER … RENAME", "everything that has a name, and what refers to it"},
	"RuleStmt":                {"CREATE RULE", "what it depends on"},
	"SelectStmt":              {"SELECT, VALUES", "the functions that it calls run, if they change the catalog"},
	"TransactionStmt":         {"BEGIN, COMMIT, ROLLBACK, SAVEPOINT", "what is rolled back is undone"},
	"VariableSetStmt":         {"SET, RESET", "search_path"},
	"ViewStmt":                {"CREATE VIEW", "columns with the names and types of the query"},
}

func TestEveryReplayedStatementIsDescribed(t *testing.T) {
	assert.Equal(t, slices.Sorted(maps.Keys(handlers)), slices.Sorted(maps.Keys(replayed)))
}

// TestReadingListsTheStatements: the tables in docs/reading.md are the code's.
func TestReadingListsTheStatements(t *testing.T) {
	const begin, end = "-update-docs -->\n", "<!-- end of statements -->"
	page := "../../docs/reading.md"
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	before, rest, ok := strings.Cut(string(text), begin)
	require.True(t, ok, "the page says where its table is")
	table, after, ok := strings.Cut(rest, end)
	require.True(t, ok, "the page says where its table ends")
	want := statementsTable()
	if *updateDocs {
		require.NoError(t, os.WriteFile(page, []byte(before+begin+want+end+after), 0o666))
		return
	}
	assert.Equal(t, want, table, "go test ./internal/catalog -update-docs writes the table")
}

func statementsTable() string {
	rows := slices.SortedFunc(maps.Values(replayed), func(a, b [2]string) int { return cmp.Compare(a[0], b[0]) })
	var b strings.Builder
	b.WriteString("| statement | what is read |\n|---|---|\n")
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s | %s |\n", r[0], r[1])
	}
	b.WriteString("\nThese are parsed and skipped:\n\n| statement | why |\n|---|---|\n")
	seen := map[string]bool{}
	for _, s := range slices.SortedFunc(maps.Values(ignored), func(a, b ignoredStatement) int {
		return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.why, b.why))
	}) {
		if row := fmt.Sprintf("| %s | %s |\n", s.name, s.why); !seen[row] {
			seen[row] = true
			b.WriteString(row)
		}
	}
	return b.String()
}
