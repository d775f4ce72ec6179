// Package config reads sqlc.yaml, the only configuration file. It stays valid for sqlc itself: trefoil's own settings
// are the options of codegen entries whose plugin is trefoil, and the top-level options: trefoil: node.
package config

import (
	"go.yaml.in/yaml/v3"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// PluginName is the name under plugins: and codegen: that marks trefoil's own entries.
const PluginName = "trefoil"

// Config is a sqlc.yaml, checked.
type Config struct {
	File *source.File
	// Dir is the absolute directory of the file; paths in the file are relative to it.
	Dir    string
	Shared Shared
	SQL    []SQL
	// Node is the whole document, for handing the rest on to sqlc.
	Node *yaml.Node
}

// Shared is options: trefoil:, what the languages have in common.
type Shared struct {
	// Prelude names files replayed before the migrations: what a platform provides, such as auth.users.
	Prelude Paths `yaml:"prelude" json:"prelude,omitempty"`
	// Layout forces how the schema directory is read; "" recognises it.
	Layout string `yaml:"layout" json:"layout,omitempty"`
	// DefaultSchema is the schema whose names need no prefix; public without it.
	DefaultSchema string `yaml:"default_schema" json:"default_schema,omitempty"`
	// Initialisms are words written in capitals in type names: id, url, llm.
	Initialisms []string `yaml:"initialisms" json:"initialisms,omitempty"`
	Rename      Rename   `yaml:"rename" json:"rename,omitzero"`
	// Include and Exclude are glob patterns over table, schema.table, table.column or schema.table.column.
	Include []string `yaml:"include" json:"include,omitempty"`
	Exclude []string `yaml:"exclude" json:"exclude,omitempty"`
	// Types maps a column (table.column) or a database type to types of the targets.
	Types []TypeOverride `yaml:"types" json:"types,omitempty"`
}

// Rename gives names in the singular and in the form of a type (LlmUsage) or a snake-case word.
type Rename struct {
	Tables  map[string]string `yaml:"tables" json:"tables,omitempty"`   // table or schema.table
	Columns map[string]string `yaml:"columns" json:"columns,omitempty"` // column, table.column or schema.table.column
	// Enums is keyed by the type's name, or table.column for a list in a CHECK.
	Enums map[string]string `yaml:"enums" json:"enums,omitempty"`
	// Values is keyed by enum as in Enums, then value.
	Values map[string]map[string]string `yaml:"values" json:"values,omitempty"`
}

// TypeOverride says what a column or a database type is in the targets. One of Column and DBType is set.
type TypeOverride struct {
	Column string      `yaml:"column" json:"column,omitempty"`
	DBType string      `yaml:"db_type" json:"db_type,omitempty"`
	Zod    *CustomType `yaml:"zod" json:"zod,omitempty"`
	Python *CustomType `yaml:"python" json:"python,omitempty"`
}

// CustomType is a type that the user wrote.
type CustomType struct {
	// Type is the type's name in the target's source.
	Type string `yaml:"type" json:"type"`
	// Import is the module that Type (and Schema) come from, "" for none.
	Import string `yaml:"import" json:"import,omitempty"`
	// Schema is, for zod, the schema's name; without it Type is trusted and not checked.
	Schema string `yaml:"schema" json:"schema,omitempty"`
}

// SQL is one sql: entry with engine postgresql.
type SQL struct {
	Name    string
	Schema  []string // as written: files, directories, globs
	Queries []string
	Go      *Go
	Targets []Target
	// Index is the entry's place in the list, and Node the entry.
	Index int
	Node  *yaml.Node
	Span  source.Span
}

// Go is what trefoil needs to know of gen: go:. All other options pass through to sqlc.
type Go struct {
	Package     string
	Out         string
	SQLPackage  string
	Initialisms []string // words sqlc capitalises; [id] by default
	Rename      map[string]string
	Node        *yaml.Node
	Span        source.Span
}

// TargetKind is a language that trefoil emits itself.
type TargetKind string

const (
	Zod      TargetKind = "zod"
	Pydantic TargetKind = "pydantic"
)

// Target is one codegen: entry of the plugin trefoil.
type Target struct {
	Out     string
	Options Options
	Span    source.Span // of out:
}

// Options are a target's options.
type Options struct {
	Target TargetKind `yaml:"target" json:"target"`
	Naming Naming     `yaml:"naming" json:"naming,omitzero"`
	// Keys is the casing of keys per variant.
	Keys Keys `yaml:"keys" json:"keys,omitzero"`
	// Variants says which types are wanted beside the row; both without it.
	Insert *bool `yaml:"insert" json:"insert,omitempty"`
	Update *bool `yaml:"update" json:"update,omitempty"`
	// ExcludeColumns hides columns from one variant: glob patterns as in Shared.Exclude, or bare column names.
	ExcludeColumns VariantPatterns `yaml:"exclude_columns" json:"exclude_columns,omitzero"`
	Include        []string        `yaml:"include" json:"include,omitempty"`
	Exclude        []string        `yaml:"exclude" json:"exclude,omitempty"`
	// Numeric, BigInt and Timestamp are zod's: how numeric, int8 and dates are typed.
	Numeric   string `yaml:"numeric" json:"numeric,omitempty"`     // number (default) | string
	BigInt    string `yaml:"bigint" json:"bigint,omitempty"`       // number (default) | bigint | string
	Timestamp string `yaml:"timestamp" json:"timestamp,omitempty"` // string (default) | date
	// ImportExtension ends relative imports in TypeScript: ".js" (default), ".ts" or "".
	ImportExtension *string `yaml:"import_extension" json:"import_extension,omitempty"`
}

// Naming holds templates over a thing's singular name: {name} is LlmUsage, {table} the table's own name in the type's
// casing (LlmUsages), {query} the query's name.
type Naming struct {
	Row          string `yaml:"row" json:"row,omitempty"`                     // {name}
	RowSchema    string `yaml:"row_schema" json:"row_schema,omitempty"`       // {name}Schema
	Insert       string `yaml:"insert" json:"insert,omitempty"`               // {name}Insert
	InsertSchema string `yaml:"insert_schema" json:"insert_schema,omitempty"` // {name}InsertSchema
	Update       string `yaml:"update" json:"update,omitempty"`               // {name}Update
	UpdateSchema string `yaml:"update_schema" json:"update_schema,omitempty"` // {name}UpdateSchema
	Enum         string `yaml:"enum" json:"enum,omitempty"`                   // {name}
	EnumSchema   string `yaml:"enum_schema" json:"enum_schema,omitempty"`     // {name}Schema
	QueryRow     string `yaml:"query_row" json:"query_row,omitempty"`         // {query}Row
	QuerySchema  string `yaml:"query_schema" json:"query_schema,omitempty"`   // {query}RowSchema
	Params       string `yaml:"params" json:"params,omitempty"`               // {query}Params
	ParamsSchema string `yaml:"params_schema" json:"params_schema,omitempty"` // {query}ParamsSchema
}

// Keys is snake (default: as the database) or camel, per variant.
type Keys struct {
	Row    string `yaml:"row" json:"row,omitempty"`
	Insert string `yaml:"insert" json:"insert,omitempty"`
	Update string `yaml:"update" json:"update,omitempty"`
	Query  string `yaml:"query" json:"query,omitempty"`
	Params string `yaml:"params" json:"params,omitempty"`
}

// VariantPatterns are patterns per variant.
type VariantPatterns struct {
	Row    []string `yaml:"row" json:"row,omitempty"`
	Insert []string `yaml:"insert" json:"insert,omitempty"`
	Update []string `yaml:"update" json:"update,omitempty"`
}

// Paths is a path or a list of paths.
type Paths []string
