package main

import (
	"fmt"
	"strings"

	"github.com/trefoil-sql/trefoil/test/bench/clients/synthetic"
)

// writePlainZod writes the tables as one would by hand: for each a module with three schemas, and z.infer for their types.
func writePlainZod(dir string, tables []synthetic.Table) error {
	files := map[string]string{}
	var index strings.Builder
	for _, t := range tables {
		files[t.Name+".ts"] = plainModule(t)
		fmt.Fprintf(&index, "export * from \"./%s.js\";\n", t.Name)
	}
	files["index.ts"] = index.String()
	return writeAll(dir, files)
}

func plainModule(t synthetic.Table) string {
	var b strings.Builder
	b.WriteString("import * as z from \"zod\";\n")
	name := synthetic.Pascal(t.Name)
	for _, variant := range []string{"", "Insert", "Update"} {
		fmt.Fprintf(&b, "\nexport const %s%sSchema = z.object({\n", name, variant)
		for _, c := range t.Columns {
			if variant != "" && c.Identity {
				continue
			}
			expr := plainType(c)
			if !c.NotNull {
				expr += ".nullable()"
			}
			if variant == "Update" || variant == "Insert" && (c.Default != "" || !c.NotNull) {
				expr += ".optional()"
			}
			fmt.Fprintf(&b, "  %s: %s,\n", c.Name, expr)
		}
		fmt.Fprintf(&b, "});\nexport type %[1]s%[2]s = z.infer<typeof %[1]s%[2]sSchema>;\n", name, variant)
	}
	return b.String()
}

// plainTypes are the schemas that one would pick from Zod's documentation.
var plainTypes = map[string]string{
	"uuid": "z.uuid()", "bigint": "z.int()", "text": "z.string()", "numeric": "z.number()", "integer": "z.int()",
	"boolean": "z.boolean()", "jsonb": "z.json()", "timestamptz": "z.iso.datetime({ offset: true })",
}

func plainType(c synthetic.Column) string {
	expr := plainTypes[c.Type]
	switch {
	case len(c.Values) > 0:
		expr = enumOf(c.Values)
	case c.Length > 0:
		expr = fmt.Sprintf("z.string().max(%d)", c.Length)
	case expr == "":
		expr = enumOf(synthetic.Enums()[0].Values)
	}
	if c.Min != "" {
		expr += ".gte(" + c.Min + ")"
	}
	if c.Array {
		expr = "z.array(" + expr + ")"
	}
	return expr
}

func enumOf(values []string) string { return fmt.Sprintf("z.enum([%s])", quoted(values)) }

func quoted(values []string) string { return `"` + strings.Join(values, `", "`) + `"` }
