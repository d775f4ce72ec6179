package catalogtest

import (
	_ "embed"
	"fmt"
	"math/rand/v2"
	"strings"
)

// templates has a statement a line, with {names} to fill in. It is data: a line there is a statement that the random
// sequences make.
//
//go:embed templates.txt
var templates string

// pools are what a placeholder may stand for. They are small, so that statements often meet the same objects, and often
// objects that are not there.
var pools = map[string][]string{
	"table":  {"t", "t", "t", "t", "u", "u", "u", "w", "app.t", `"T"`},
	"column": {"a", "a", "a", "b", "b", "b", "c", "c", "d", `"C"`},
	"enum":   {"e", "e", "e", "f", "app.e"},
	"label":  {"'x'", "'y'", "'z'", "'w'"},
	"domain": {"p", "p", "p", "q", "app.p"},
	"comp":   {"k", "k", "k", "l"},
	"view":   {"v", "v", "v", "v2", "t"},
	"index":  {"i", "i", "i", "j", "t_a_idx", "t_pkey"},
	"name":   {"n", "m", "t_a_check", "t_pkey", "t_a_key", "u_a_fkey", "t_a_idx", "p_check"},
	"schema": {"app", "app", "app", "public", "other"},
	"seq":    {"s", "s", "s2", "t_a_seq"},
	"new":    {"a", "b", "c", "t", "u", "w", "e", "f", "i", "j", "n", "m", "p", "v", "x"},
	"type": {
		"integer", "bigint", "smallint", "text", "varchar(10)", "varchar", "char(3)", "numeric(6,2)", "boolean", "timestamptz",
		"date", "jsonb", "uuid", "text[]", "integer[]", "integer", "text", "e", "e[]", "f", "p", "k", "t", "serial",
	},
	"const": {"1", "'x'", "NULL", "0", "now()", "true", "'{}'", "'1'", "lower('Q')", "'x'::e"},
	"cond": {
		"a > 0", "a IS NOT NULL", "a < 9", "b IS NULL", "b = 'x'", "a > b", "b IN ('x', 'y')", "length(b) > 1", "c BETWEEN 1 AND 5", "a::text <> ''",
		"true", "a > 0 OR b IS NULL", "lower(b) = b", "NOT (a = 1)", "b LIKE 'x%'",
	},
	"value":    {"VALUE > 0", "VALUE <> ''", "length(VALUE) < 5", "VALUE IS NOT NULL", "VALUE IN ('x', 'y')"},
	"behave":   {"", "", " CASCADE", " RESTRICT"},
	"exists":   {"", "", "", "IF EXISTS "},
	"missing":  {"", "", "", "IF NOT EXISTS "},
	"action":   {"", "", " ON DELETE CASCADE", " ON DELETE SET NULL", " ON UPDATE RESTRICT"},
	"null":     {"", "", " NOT NULL", " NULL"},
	"relation": {"t", "t", "u", "u", "v", "w", "app.t"},
}

// opening makes something to work on; most sequences have most of it.
var opening = []string{
	"CREATE SCHEMA app",
	"CREATE TYPE e AS ENUM ('x', 'y')",
	"CREATE DOMAIN p AS integer CHECK (VALUE > 0)",
	"CREATE TYPE k AS (a integer, b text)",
	"CREATE SEQUENCE s",
	"CREATE TABLE t (a integer PRIMARY KEY, b text{null}, c {type})",
	"CREATE TABLE u (a integer REFERENCES t{action}, b varchar(10) UNIQUE CHECK (b <> ''), c e, d p)",
	"CREATE TABLE app.t (a serial, b {type}, c {type})",
	"CREATE VIEW v AS SELECT a, b FROM {relation}",
	"CREATE INDEX i ON {table} ({column})",
}

// Sequence makes the statements of a seed. The same seed gives the same statements.
func Sequence(seed uint64) []string {
	r := rand.New(rand.NewPCG(seed, 0))
	lines := strings.Split(strings.TrimSpace(templates), "\n")
	var out []string
	for _, template := range opening {
		if r.IntN(5) > 0 {
			out = append(out, fill(r, template))
		}
	}
	for range 6 + r.IntN(18) {
		out = append(out, fill(r, lines[r.IntN(len(lines))]))
	}
	return out
}

// fill replaces each placeholder by one of its pool.
func fill(r *rand.Rand, template string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(template, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		pool, ok := pools[name]
		if !ok {
			panic(fmt.Sprintf("templates.txt: no pool %q", name))
		}
		b.WriteString(pool[r.IntN(len(pool))])
		template = after
	}
}

// Script joins statements to a script.
func Script(statements []string) string { return strings.Join(statements, ";\n") + ";\n" }

// Minimise leaves out statements while the rest still fails.
func Minimise(statements []string, fails func([]string) bool) []string {
	for again := true; again; {
		again = false
		for i := len(statements) - 1; i >= 0; i-- {
			fewer := append(append([]string{}, statements[:i]...), statements[i+1:]...)
			if len(fewer) > 0 && fails(fewer) {
				statements, again = fewer, true
			}
		}
	}
	return statements
}
