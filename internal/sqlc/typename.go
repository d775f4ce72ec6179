package sqlc

import (
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

const (
	publicSchema  = "public"
	builtinSchema = "pg_catalog"
)

// keywordTypes are the built-in types that the SQL grammar itself names (integer, character varying …). The parser gives
// them their schema, and sqlc knows them with it; other built-in types it knows by the bare name alone.
var keywordTypes = set("bit", "bool", "bpchar", "float4", "float8", "int2", "int4", "int8", "interval", "numeric", "time",
	"timestamp", "timestamptz", "timetz", "varbit", "varchar")

// twoNames are the types of keywordTypes that sqlc also maps by the bare name: a migration that says timestamptz and not
// timestamp with time zone makes that name.
var twoNames = set("bool", "float4", "float8", "int2", "int4", "int8", "timestamptz", "varbit")

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// typeNames says under which of its names the canonical schema declares a type. sqlc's db_type: overrides compare names
// and not types, so a type takes the spelling of the first override that means it.
type typeNames struct{ overridden []string }

// name is how sqlc sees an element type; Schema is "" for a bare name.
func (n typeNames) name(t catalog.Type) catalog.Name {
	bare := catalog.Name{Name: t.Name.Name}
	switch {
	case t.Kind == catalog.UnknownType || t.Name.Name == "":
		return catalog.Name{Name: "any"} // sqlc's own name for what it cannot tell
	case t.Name.Schema == builtinSchema && keywordTypes[t.Name.Name]:
		return n.choose(t.Name, bare, twoNames[t.Name.Name])
	case t.Name.Schema == builtinSchema:
		return bare
	case t.Kind == catalog.BaseType:
		return n.choose(bare, t.Name, true) // an extension's: citext, wherever the extension is
	}
	return n.choose(t.Name, bare, t.Name.Schema == publicSchema)
}

// choose takes the other spelling if that is the one an override has.
func (n typeNames) choose(usual, other catalog.Name, known bool) catalog.Name {
	for _, o := range n.overridden {
		switch {
		case o == usual.String():
			return usual
		case o == other.String() && known:
			return other
		}
	}
	return usual
}

// sql writes a type. Modifiers are left out: sqlc has no use for them.
func (n typeNames) sql(t catalog.Type) string {
	name := n.name(t)
	brackets := strings.Repeat("[]", dims(t))
	if name.Schema == "" {
		return ident(name.Name) + brackets
	}
	return ident(name.Schema) + "." + ident(name.Name) + brackets
}

// nameOf reads a name as sqlc prints it: of a parameter's type it has schema.name in one string.
func nameOf(schema, name string, schemas map[string]bool) catalog.Name {
	if schema != "" {
		return catalog.Name{Schema: schema, Name: name}
	}
	for i := range name {
		if name[i] == '.' && schemas[name[:i]] {
			return catalog.Name{Schema: name[:i], Name: name[i+1:]}
		}
	}
	return catalog.Name{Name: name}
}
