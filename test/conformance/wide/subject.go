// Package wide proves that PostgreSQL and the three clients mean the same by every type and every rule. It makes a wide
// schema, generates the clients with the real pipeline, and puts many values to all four: as JSON to the server, to the
// generated Go, to Zod in Node and to Pydantic. docs/conformance.md says what is held against what.
package wide

import (
	"fmt"
	"strings"
)

// Subject is what probes are about: a type or a rule. Each has a table of its own, so that what refuses a row is known.
type Subject struct {
	// Group is the report's chapter, Title its line: the type or the CHECK as SQL has it.
	Group, Title string
	Columns      []Column
	// Constraint and Check are the table's own CHECK, "" for a type.
	Constraint, Check string
	// Table is the table's name, given by the schema.
	Table string
}

// Column is one column with the JSON values that probes take for it.
type Column struct {
	Name, SQL string
	NotNull   bool
	Pool      Pool
}

// Schema is all that the probes need.
type Schema struct {
	// Preamble makes the types, in the order in which they need each other.
	Preamble string
	Subjects []Subject
}

// preamble has a type of each kind that a schema can make itself, and domains over all of them.
const preamble = `CREATE EXTENSION IF NOT EXISTS citext;
CREATE EXTENSION IF NOT EXISTS ltree;
CREATE EXTENSION IF NOT EXISTS hstore;
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE odd AS ENUM ('', ' a ', 'it''s', 'é', '"');
CREATE TYPE pair AS (a integer, b text);
CREATE TYPE nest AS (p pair, l integer[], m mood, n numeric(6,2));
CREATE TYPE floatrange AS RANGE (subtype = float8, multirange_type_name = floatmultirange);
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE DOMAIN even AS positive CONSTRAINT even_check CHECK (VALUE % 2 = 0);
CREATE DOMAIN email AS text CHECK (VALUE ~ '^[a-z]+@[a-z]+$');
CREATE DOMAIN code AS varchar(5) CHECK (VALUE <> 'abc');
CREATE DOMAIN cents AS numeric(5,2) CHECK (VALUE >= 0);
CREATE DOMAIN modern AS date CHECK (VALUE >= '2000-01-01');
CREATE DOMAIN few AS integer[] CHECK (cardinality(VALUE) < 3);
CREATE DOMAIN better AS mood CHECK (VALUE <> 'sad');
CREATE DOMAIN settings AS jsonb CHECK (jsonb_typeof(VALUE) = 'object');
CREATE DOMAIN level AS text CHECK (VALUE IN ('low', 'high'));
CREATE DOMAIN span AS int4range;
CREATE DOMAIN both_of AS pair;
`

// Define makes the schema of some subjects, and names their tables.
func Define(subjects []Subject) Schema {
	s := Schema{Preamble: preamble}
	for i, subject := range subjects {
		subject.Table = fmt.Sprintf("s%03d", i)
		s.Subjects = append(s.Subjects, subject)
	}
	return s
}

// SQL is the migration.
func (s Schema) SQL() string {
	var b strings.Builder
	b.WriteString(s.Preamble)
	for _, subject := range s.Subjects {
		b.WriteString(subject.SQL())
	}
	return b.String()
}

// SQL is the subject's table.
func (s Subject) SQL() string {
	var items []string
	for _, c := range s.Columns {
		item := fmt.Sprintf("%q %s", c.Name, c.SQL)
		if c.NotNull {
			item += " NOT NULL"
		}
		items = append(items, item)
	}
	if s.Check != "" {
		items = append(items, fmt.Sprintf("CONSTRAINT %q CHECK (%s)", s.Constraint, s.Check))
	}
	return fmt.Sprintf("CREATE TABLE %s (\n    %s\n);\n", s.Table, strings.Join(items, ",\n    "))
}
