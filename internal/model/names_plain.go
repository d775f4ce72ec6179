package model

import (
	"strings"

	"github.com/trefoil-sql/trefoil/internal/naming"
)

// plainSchemas names and claims the plain schemas of the objects that have rules, beside their schemas.
func (b *builder) plainSchemas() {
	if b.Language != naming.TypeScript {
		return
	}
	for _, d := range b.declared { // as they are now
		if o, ok := d.owner.(*Object); ok && len(o.Rules) > 0 && d.name == o.Schema {
			o.Plain = plainSchema(o.Schema)
			b.declareName(o, o.Plain, d.span, "the plain form of "+d.what, d.option)
		}
	}
}

// plainSchema is LlmUsagePlainSchema for LlmUsageSchema.
func plainSchema(schema string) string {
	if stem, ok := strings.CutSuffix(schema, "Schema"); ok {
		return stem + "PlainSchema"
	}
	return schema + "Plain"
}
