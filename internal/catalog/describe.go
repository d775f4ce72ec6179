package catalog

// relationWords are what messages call relations.
var relationWords = map[relkind]string{
	ordinary: "table", partitioned: "table", plainView: "view", matView: "materialized view", foreign: "foreign table",
	indexKind: "index", sequenceRel: "sequence", composite: "composite type",
}

// describe names an object as PostgreSQL's messages do: view v, column a of table t.
func (r *replay) describe(o object) string {
	switch x := o.(type) {
	case *schema:
		return "schema " + quoteIdent(x.name)
	case *extension:
		return "extension " + quoteIdent(x.name)
	case *relation:
		return relationWords[x.kind] + " " + r.relationName(x)
	case *column:
		return "column " + quoteIdent(x.name) + " of " + r.describe(x.rel)
	case *columnDefault:
		return "default value for " + r.describe(x.col)
	case *constraint:
		if x.domain != nil {
			return "constraint " + quoteIdent(x.name)
		}
		return "constraint " + quoteIdent(x.name) + " on " + r.describe(x.rel)
	case *policy:
		return "policy " + quoteIdent(x.name) + " on " + r.describe(x.rel)
	case *trigger:
		return "trigger " + quoteIdent(x.name) + " on " + r.describe(x.rel)
	case *rule:
		return "rule " + quoteIdent(x.name) + " on " + r.describe(x.rel)
	case *typ:
		return "type " + r.typeText(typeRef{typ: x})
	case *function:
		return "function " + r.signature(x)
	case *other:
		return x.kind + " " + quoteIdent(x.name)
	}
	return o.head().name
}

func (r *replay) relationName(rel *relation) string {
	return r.plainName(&rel.header, r.visible(rel.schema, func(s *schema) bool { return s.relations[rel.name] != nil }))
}
