// Package config reads sqlc.yaml, the only configuration file. It stays valid for sqlc itself: trefoil's own settings
// are the options of codegen entries whose plugin is trefoil, and the top-level options: trefoil: node.
//
// Fields of the option structs carry their rules as tags, so that the reader, the JSON Schema and the reference cannot
// disagree: default (the value without the key), check and keys (rows of the table of rules, for values and for the
// keys of a mapping), only (the one target that has the option), target (the target whose options a field holds).
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
	// Prelude is a path or a list of paths to files that are replayed before the migrations: what a platform provides,
	// such as auth.users. Paths are relative to the config.
	Prelude Paths `yaml:"prelude" json:"prelude,omitempty" check:"path"`
	// Layout says how the schema's folder is kept, mostly by the migration tool that reads it. Without it the layout is
	// recognised.
	Layout string `yaml:"layout" json:"layout,omitempty" check:"layout"`
	// DefaultSchema is the schema whose names need no prefix.
	DefaultSchema string `yaml:"default_schema" json:"default_schema,omitempty" check:"name" default:"public"`
	// Initialisms are words written in capitals in type names: id, url, llm.
	Initialisms []string `yaml:"initialisms" json:"initialisms,omitempty" check:"initialism"`
	// Rename gives things other names than those derived from the schema.
	Rename Rename `yaml:"rename" json:"rename,omitzero"`
	// Include lists glob patterns over table, schema.table, table.column or schema.table.column: only what one of them
	// matches is generated.
	Include []string `yaml:"include" json:"include,omitempty" check:"pattern"`
	// Exclude lists glob patterns as in include: what one of them matches is not generated.
	Exclude []string `yaml:"exclude" json:"exclude,omitempty" check:"pattern"`
	// Types maps a column or a database type to types of the targets.
	Types []TypeOverride `yaml:"types" json:"types,omitempty"`
	// GoJSON gives the structs of gen: go: methods that read and write JSON as PostgreSQL's row_to_json does. It needs
	// sql_package: pgx/v5 and emit_json_tags: true.
	GoJSON bool `yaml:"go_json" json:"go_json,omitempty"`
	// Breaking says what trefoil breaking does not mind.
	Breaking Breaking `yaml:"breaking" json:"breaking,omitzero"`
}

// Breaking are the options of trefoil breaking.
type Breaking struct {
	// Ignore lists rules whose findings do not fail.
	Ignore []BreakingIgnore `yaml:"ignore" json:"ignore,omitempty"`
}

// BreakingIgnore is one rule that is ignored, everywhere or for some objects.
type BreakingIgnore struct {
	// Rule is the rule's id.
	Rule string `yaml:"rule" json:"rule" check:"breaking_rule"`
	// Objects lists glob patterns over what findings are about: a table, column, enum, type or query. A pattern of a table
	// or query is for all in it, too.
	Objects []string `yaml:"objects" json:"objects,omitempty" check:"pattern"`
}

// Rename gives names in the singular and in the form of a type (LlmUsage) or a snake-case word.
type Rename struct {
	// Tables is keyed by table or schema.table.
	Tables map[string]string `yaml:"tables" json:"tables,omitempty" keys:"table" check:"word"`
	// Columns is keyed by column, table.column or schema.table.column.
	Columns map[string]string `yaml:"columns" json:"columns,omitempty" keys:"parts" check:"word"`
	// Enums is keyed by the type's name, or by table.column for a list in a CHECK.
	Enums map[string]string `yaml:"enums" json:"enums,omitempty" keys:"parts" check:"word"`
	// Values is keyed by enum as in enums, then by value.
	Values map[string]map[string]string `yaml:"values" json:"values,omitempty" keys:"parts" check:"word"`
}

// TypeOverride says what a column or a database type is in the targets. One of column and db_type is set.
type TypeOverride struct {
	// Column is table.column or schema.table.column.
	Column string `yaml:"column" json:"column,omitempty" check:"column"`
	// DBType is a type as PostgreSQL spells it, with its schema unless that is the default one: citext, numeric, app.money.
	// With [] at its end it is the array.
	DBType string `yaml:"db_type" json:"db_type,omitempty" check:"text"`
	// Zod is the type in zod targets.
	Zod *CustomType `yaml:"zod" json:"zod,omitempty" target:"zod"`
	// Python is the type in pydantic targets.
	Python *CustomType `yaml:"python" json:"python,omitempty" target:"pydantic"`
}

// CustomType is a type that the user wrote.
type CustomType struct {
	// Type is the type's name in the target's source.
	Type string `yaml:"type" json:"type" check:"text"`
	// Import is the module that the type (and schema) come from; none without it.
	Import string `yaml:"import" json:"import,omitempty" check:"module"`
	// Schema is the zod schema's name; without it the type is trusted and values are not checked.
	Schema string `yaml:"schema" json:"schema,omitempty" check:"text" only:"zod"`
}

// SQL is one sql: entry with engine postgresql.
type SQL struct {
	Name    string
	Schema  []string // as written: files, directories, globs
	Queries []string
	Go      *Go
	Targets []Target
	// Others are what sqlc writes beside Go: gen: json: and the codegen: entries of other plugins.
	Others []Other
	// Index is the entry's place in the list, and Node the entry.
	Index int
	Node  *yaml.Node
	Span  source.Span
}

// Go is what trefoil needs to know of gen: go:. All other options pass through to sqlc.
type Go struct {
	Package     string   // the last part of Out by default, as in sqlc
	Out         string   // relative to the config, cleaned, with forward slashes
	SQLPackage  string   // database/sql by default, as in sqlc
	Initialisms []string // words sqlc capitalises; [id] by default
	// Rename is gen: go: rename: with overrides: go: rename: over it, as sqlc applies them.
	Rename map[string]string
	Node   *yaml.Node
	Span   source.Span // of out:
}

// TargetKind is a language that trefoil emits itself.
type TargetKind string

const (
	Zod      TargetKind = "zod"
	Pydantic TargetKind = "pydantic"
)

// Target is one codegen: entry of the plugin trefoil.
type Target struct {
	Out     string // relative to the config, cleaned, with forward slashes
	Options Options
	Span    source.Span // of out:
}

// DriverWire is the value of Wire for the values of a driver.
const DriverWire = "driver"

// Other is an output that sqlc or a plugin of the user's makes.
type Other struct {
	Name string      // the plugin's, or json
	Out  string      // relative to the config, cleaned, with forward slashes
	Node *yaml.Node  // gen: json: or the entry under codegen:
	Span source.Span // of out:
}

// JSONName is the name that sqlc's own gen: json: goes by; no plugin may have it.
const JSONName = "json"

// Options are a target's options. Load fills in the defaults, also of options that only another target has, so that no
// later stage meets an empty one.
type Options struct {
	// Target is the language: zod for TypeScript with Zod 4 schemas, pydantic for Python with Pydantic 2 models.
	Target TargetKind `yaml:"target" json:"target" check:"target"`
	// Naming holds the templates of names.
	Naming Naming `yaml:"naming" json:"naming,omitzero"`
	// Keys is the casing of keys per variant.
	Keys Keys `yaml:"keys" json:"keys,omitzero"`
	// Insert tells whether tables have an insert type.
	Insert *bool `yaml:"insert" json:"insert,omitempty" default:"true"`
	// Update tells whether tables have an update type.
	Update *bool `yaml:"update" json:"update,omitempty" default:"true"`
	// Variants says which tables have an insert or update type, where not all should.
	Variants VariantTables `yaml:"variants" json:"variants,omitzero"`
	// ExcludeColumns hides columns from one variant.
	ExcludeColumns VariantPatterns `yaml:"exclude_columns" json:"exclude_columns,omitzero"`
	// Include lists glob patterns as the shared include does, for this target alone.
	Include []string `yaml:"include" json:"include,omitempty" check:"pattern"`
	// Exclude lists glob patterns as the shared exclude does, for this target alone.
	Exclude []string `yaml:"exclude" json:"exclude,omitempty" check:"pattern"`
	// Wire is who hands values over: json is what row_to_json and PostgREST send, driver what the language's usual driver
	// does: node-postgres in TypeScript, psycopg 3 in Python.
	Wire string `yaml:"wire" json:"wire,omitempty" check:"wire" default:"json"`
	// Numeric is how numeric is typed. A number loses digits beyond 15 or so; a string does not.
	Numeric string `yaml:"numeric" json:"numeric,omitempty" check:"numeric" default:"number" only:"zod"`
	// BigInt is how int8 is typed. A number is exact up to 2^53.
	BigInt string `yaml:"bigint" json:"bigint,omitempty" check:"bigint" default:"number" only:"zod"`
	// Timestamp is how dates and timestamps are typed: the string that the database sends, or a Date.
	Timestamp string `yaml:"timestamp" json:"timestamp,omitempty" check:"timestamp" default:"string" only:"zod"`
	// ImportExtension ends relative imports.
	ImportExtension *string `yaml:"import_extension" json:"import_extension,omitempty" check:"import_extension" default:".js" only:"zod"`
}

// Naming holds templates over a thing's singular name: {name} is LlmUsage, {table} the table's own name in the type's
// casing (LlmUsages), {query} the query's name.
type Naming struct {
	// Row names the type of a table's row.
	Row string `yaml:"row" json:"row,omitempty" check:"relation_template" default:"{name}"`
	// RowSchema names the schema of a table's row.
	RowSchema string `yaml:"row_schema" json:"row_schema,omitempty" check:"relation_template" default:"{name}Schema" only:"zod"`
	// Insert names the type of what an INSERT takes.
	Insert string `yaml:"insert" json:"insert,omitempty" check:"relation_template" default:"{name}Insert"`
	// InsertSchema names the schema of what an INSERT takes.
	InsertSchema string `yaml:"insert_schema" json:"insert_schema,omitempty" check:"relation_template" default:"{name}InsertSchema" only:"zod"`
	// Update names the type of what an UPDATE sets.
	Update string `yaml:"update" json:"update,omitempty" check:"relation_template" default:"{name}Update"`
	// UpdateSchema names the schema of what an UPDATE sets.
	UpdateSchema string `yaml:"update_schema" json:"update_schema,omitempty" check:"relation_template" default:"{name}UpdateSchema" only:"zod"`
	// Enum names an enum.
	Enum string `yaml:"enum" json:"enum,omitempty" check:"enum_template" default:"{name}"`
	// EnumSchema names an enum's schema.
	EnumSchema string `yaml:"enum_schema" json:"enum_schema,omitempty" check:"enum_template" default:"{name}Schema" only:"zod"`
	// QueryRow names the type of a query's rows.
	QueryRow string `yaml:"query_row" json:"query_row,omitempty" check:"query_template" default:"{query}Row"`
	// QuerySchema names the schema of a query's rows.
	QuerySchema string `yaml:"query_schema" json:"query_schema,omitempty" check:"query_template" default:"{query}RowSchema" only:"zod"`
	// Params names the type of a query's parameters.
	Params string `yaml:"params" json:"params,omitempty" check:"query_template" default:"{query}Params"`
	// ParamsSchema names the schema of a query's parameters.
	ParamsSchema string `yaml:"params_schema" json:"params_schema,omitempty" check:"query_template" default:"{query}ParamsSchema" only:"zod"`
}

// Keys is snake (as the database has them) or camel, per variant.
type Keys struct {
	// Row is the casing of a row's keys.
	Row string `yaml:"row" json:"row,omitempty" check:"casing" default:"snake"`
	// Insert is the casing of an insert type's keys.
	Insert string `yaml:"insert" json:"insert,omitempty" check:"casing" default:"snake"`
	// Update is the casing of an update type's keys.
	Update string `yaml:"update" json:"update,omitempty" check:"casing" default:"snake"`
	// Query is the casing of the keys of a query's rows.
	Query string `yaml:"query" json:"query,omitempty" check:"casing" default:"snake"`
	// Params is the casing of the keys of a query's parameters.
	Params string `yaml:"params" json:"params,omitempty" check:"casing" default:"snake"`
}

// VariantTables says which tables have a variant.
type VariantTables struct {
	// Insert is about insert types.
	Insert TablePatterns `yaml:"insert" json:"insert,omitzero"`
	// Update is about update types.
	Update TablePatterns `yaml:"update" json:"update,omitzero"`
}

// TablePatterns picks tables.
type TablePatterns struct {
	// Include lists glob patterns over table or schema.table; without it all tables are meant.
	Include []string `yaml:"include" json:"include,omitempty" check:"table_pattern"`
	// Exclude lists glob patterns over table or schema.table, and wins over include.
	Exclude []string `yaml:"exclude" json:"exclude,omitempty" check:"table_pattern"`
}

// VariantPatterns are glob patterns per variant: over table.column or schema.table.column, or over the column's own
// name for a column of any table.
type VariantPatterns struct {
	// Row hides columns from rows.
	Row []string `yaml:"row" json:"row,omitempty" check:"pattern"`
	// Insert hides columns from insert types.
	Insert []string `yaml:"insert" json:"insert,omitempty" check:"pattern"`
	// Update hides columns from update types.
	Update []string `yaml:"update" json:"update,omitempty" check:"pattern"`
}

// Paths is a path or a list of paths.
type Paths []string
