package catalog

import (
	"fmt"
	"strings"
)

// typeNames are the spellings of built-in types that differ from their names in pg_type. %s is where modifiers go.
var typeNames = map[string]string{
	"bool":        "boolean%s",
	"int2":        "smallint%s",
	"int4":        "integer%s",
	"int8":        "bigint%s",
	"float4":      "real%s",
	"float8":      "double precision%s",
	"varchar":     "character varying%s",
	"varbit":      "bit varying%s",
	"numeric":     "numeric%s",
	"interval":    "interval%s",
	"time":        "time%s without time zone",
	"timetz":      "time%s with time zone",
	"timestamp":   "timestamp%s without time zone",
	"timestamptz": "timestamp%s with time zone",
}

// modifiedNames are the spellings that a type has with modifiers only: plain "bit" would mean bit(1).
var modifiedNames = map[string]string{"bpchar": "character%s", "bit": "bit%s"}

// FormatType spells a type as PostgreSQL's format_type() does when the search path is public: integer, character
// varying(50), timestamp(3) with time zone, app.status[]. A type that the replay
// could not determine is unknown.
func FormatType(t Type) string {
	if t.Kind == UnknownType && t.Name.Name == "" {
		return "unknown"
	}
	suffix := ""
	if t.Array {
		suffix = "[]"
	}
	mods := formatMods(t)
	if t.Name.Schema == "pg_catalog" || t.Name.Schema == "" {
		if format, ok := typeNames[t.Name.Name]; ok {
			return fmt.Sprintf(format, mods) + suffix
		}
		if format, ok := modifiedNames[t.Name.Name]; ok && mods != "" {
			return fmt.Sprintf(format, mods) + suffix
		}
	}
	return visibleName(t.Name) + mods + suffix
}

// formatMods writes the modifiers as the type's typmodout function does, "" without any.
func formatMods(t Type) string {
	builtin := t.Name.Schema == "pg_catalog" || t.Name.Schema == ""
	mods := t.Mods
	if builtin && t.Name.Name == "numeric" && len(mods) == 1 {
		mods = []int32{mods[0], 0}
	}
	out := ""
	if builtin && t.Name.Name == "interval" && t.Fields != "" {
		out = " " + t.Fields
	}
	if len(mods) == 0 {
		return out
	}
	words := make([]string, len(mods))
	for i, m := range mods {
		words[i] = fmt.Sprint(m)
	}
	return out + "(" + strings.Join(words, ",") + ")"
}

// visibleName leaves out the schemas that are on the search path. pg_catalog is before public there, and hides it.
func visibleName(n Name) string {
	_, hidden := builtinTypes()[n.Name]
	if n.Schema == "" || n.Schema == "pg_catalog" || n.Schema == "public" && !hidden {
		return quoteIdent(n.Name)
	}
	return quoteIdent(n.Schema) + "." + quoteIdent(n.Name)
}
