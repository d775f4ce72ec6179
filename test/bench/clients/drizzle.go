package main

import (
	"fmt"
	"strings"

	"github.com/trefoil-sql/trefoil/test/bench/clients/synthetic"
)

// writeDrizzle writes the tables for drizzle, one module each, with drizzle-zod's three schemas and z.infer for their
// types. The enum types have a module of their own.
func writeDrizzle(dir string, tables []synthetic.Table) error {
	files := map[string]string{}
	var index, enums strings.Builder
	enums.WriteString("import { pgEnum } from \"drizzle-orm/pg-core\";\n\n")
	for _, e := range synthetic.Enums() {
		fmt.Fprintf(&enums, "export const %s = pgEnum(%q, [%s]);\n", e.Name, e.Name, quoted(e.Values))
	}
	files["enums.ts"] = enums.String()
	for _, t := range tables {
		files[t.Name+".ts"] = drizzleModule(t)
		fmt.Fprintf(&index, "export * from \"./%s.js\";\n", t.Name)
	}
	files["index.ts"] = index.String()
	return writeAll(dir, files)
}

func drizzleModule(t synthetic.Table) string {
	var b strings.Builder
	kind := ""
	var columns strings.Builder
	for _, c := range t.Columns {
		expr, ok := drizzleTypes[c.Type]
		if !ok {
			kind = c.Type
			expr = c.Type + "(%q)"
		}
		expr = fmt.Sprintf(expr, c.Name)
		switch {
		case c.Length > 0:
			expr = strings.TrimSuffix(expr, ")") + fmt.Sprintf(", { length: %d })", c.Length)
		case c.Precision > 0:
			expr = strings.TrimSuffix(expr, ")") + fmt.Sprintf(", { precision: %d, scale: %d, mode: \"number\" })", c.Precision, c.Scale)
		case len(c.Values) > 0:
			expr = strings.TrimSuffix(expr, ")") + fmt.Sprintf(", { enum: [%s] })", quoted(c.Values))
		}
		columns.WriteString("  " + c.Name + ": " + expr + drizzleCalls(c) + ",\n")
	}
	fmt.Fprintf(&b, "import { sql } from \"drizzle-orm\";\nimport * as pg from \"drizzle-orm/pg-core\";\n")
	b.WriteString("import { createInsertSchema, createSelectSchema, createUpdateSchema } from \"drizzle-zod\";\nimport type * as z from \"zod\";\n")
	fmt.Fprintf(&b, "import { %s } from \"./enums.js\";\n\n", kind)
	name := synthetic.Pascal(t.Name)
	fmt.Fprintf(&b, "export const %s = pg.pgTable(%q, {\n%s});\n", t.Name, t.Name, columns.String())
	for _, create := range []string{"Select", "Insert", "Update"} {
		variant := strings.TrimPrefix(create, "Select")
		fmt.Fprintf(&b, "\nexport const %[1]s%[2]sSchema = create%[3]sSchema(%[4]s);\n", name, variant, create, t.Name)
		fmt.Fprintf(&b, "export type %[1]s%[2]s = z.infer<typeof %[1]s%[2]sSchema>;\n", name, variant)
	}
	return b.String()
}

var drizzleTypes = map[string]string{
	"uuid": "pg.uuid(%q)", "bigint": "pg.bigint(%q, { mode: \"number\" })", "text": "pg.text(%q)", "varchar": "pg.varchar(%q)",
	"numeric": "pg.numeric(%q)", "integer": "pg.integer(%q)", "boolean": "pg.boolean(%q)", "jsonb": "pg.jsonb(%q)",
	"timestamptz": "pg.timestamp(%q, { withTimezone: true, mode: \"string\" })",
}

func drizzleCalls(c synthetic.Column) string {
	calls := ""
	if c.Array {
		calls += ".array()"
	}
	if c.Identity {
		calls += ".generatedAlwaysAsIdentity()"
	}
	if c.NotNull {
		calls += ".notNull()"
	}
	if c.Default != "" {
		calls += ".default(sql`" + c.Default + "`)"
	}
	return calls
}
