package model_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/trefoil-sql/trefoil/internal/model"
)

func TestImportNames(t *testing.T) {
	for _, c := range []struct {
		g            target
		typ, schema  string
		want         []string
		importModule string
	}{
		{zod, "Metadata", "MetadataSchema", []string{"Metadata", "MetadataSchema"}, "./m.js"},
		{zod, "Record<string, A | B[]>", "z.record(z.string(), aSchema)", []string{"A", "B", "aSchema"}, "./m.js"},
		{zod, "m.Metadata", "m.schema", []string{"m"}, "./m.js"},
		{zod, "{ a: A; b?: 'C' | null }", "", []string{"A"}, "./m.js"},
		{zod, "Metadata", "", nil, ""},
		{python, "dict[str, Facts]", "", []string{"Facts"}, "app.m"},
		{python, "facts.Facts | None", "", []string{"facts"}, "app.m"},
	} {
		s := newSchema()
		s.table("things", column("x", "jsonb"))
		key := map[bool]string{true: "zod", false: "python"}[c.g.lang == zod.lang]
		c.g.shared = "types:\n  - column: things.x\n    " + key + ":\n      type: \"" + c.typ + "\"\n"
		if c.schema != "" {
			c.g.shared += "      schema: \"" + c.schema + "\"\n"
		}
		if c.importModule != "" {
			c.g.shared += "      import: \"" + c.importModule + "\"\n"
		}
		custom := relation(t, c.g.build(t, s), "things").Row.Fields[0].Type.(model.Custom)
		if c.want == nil {
			assert.Nil(t, custom.Import)
			continue
		}
		assert.Equal(t, c.want, custom.Import.Names, c.typ)
	}
}
