package synthetic

import (
	"fmt"
	"strings"
	"unicode"
)

// DDL creates the tables. The enum types have to be there.
func DDL(tables []Table) string {
	var b strings.Builder
	for _, t := range tables {
		fmt.Fprintf(&b, "CREATE TABLE %s (\n", t.Name)
		for _, c := range t.Columns {
			fmt.Fprintf(&b, "    %s,\n", c.sql())
		}
		b.WriteString("    PRIMARY KEY (id)\n);\n")
		fmt.Fprintf(&b, "COMMENT ON TABLE %s IS 'The %s of the service.';\n\n", t.Name, strings.ReplaceAll(t.Name, "_", " "))
	}
	return b.String()
}

// Schema is everything that a database of so many tables needs.
func Schema(tables int) string { return enumTypes() + DDL(Tables(tables)) }

func enumTypes() string {
	var b strings.Builder
	for _, e := range Enums() {
		fmt.Fprintf(&b, "CREATE TYPE %s AS ENUM ('%s');\n", e.Name, strings.Join(e.Values, "', '"))
	}
	return b.String() + "\n"
}

func (c Column) sql() string {
	text := c.Name + " " + c.Type
	switch {
	case c.Length > 0:
		text += fmt.Sprintf("(%d)", c.Length)
	case c.Precision > 0:
		text += fmt.Sprintf("(%d, %d)", c.Precision, c.Scale)
	}
	if c.Array {
		text += "[]"
	}
	if c.Identity {
		text += " GENERATED ALWAYS AS IDENTITY"
	}
	if c.NotNull {
		text += " NOT NULL"
	}
	if c.Default != "" {
		text += " DEFAULT " + c.Default
	}
	if c.References != "" {
		text += fmt.Sprintf(" REFERENCES %s (id)", c.References)
	}
	switch {
	case len(c.Values) > 0:
		text += fmt.Sprintf(" CHECK (%s IN ('%s'))", c.Name, strings.Join(c.Values, "', '"))
	case c.Min != "":
		text += fmt.Sprintf(" CHECK (%s >= %s)", c.Name, c.Min)
	}
	return text
}

// Pascal writes a snake-case name in Pascal case.
func Pascal(name string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(name, "_") {
		r := []rune(word)
		b.WriteString(string(unicode.ToUpper(r[0])) + string(r[1:]))
	}
	return b.String()
}
