// Package sqlc gives sqlc a schema and the user's queries, and returns its Go files and its analysis of the queries.
//
// # The canonical schema
//
// sqlc reads a schema with a catalog of its own, which does not know all of DDL, and stops at some of it. So it is never
// shown the migrations, but one file written from trefoil's catalog: schemas, extensions, enum types, ranges, composites
// and relations in the order that they need each other, functions, comments. All of it is plain CREATE statements, with
// every identifier quoted, and PostgreSQL accepts it too. What it says and why:
//
//   - Every relation is a table of its columns, with NOT NULL: views, partitions and foreign tables too. sqlc makes a
//     struct for each, and needs no view's query. Defaults, keys, checks, identity and modifiers mean nothing to it.
//   - A type that a view's column could not be given is "any", sqlc's own word for what it cannot tell: interface{} in
//     Go. text would be a guess that fails at run time.
//   - A domain is declared as the type below it, NOT NULL if the domain is. A column or domain whose CHECK lists its
//     values is declared with an enum type: sqlc then writes the typed string, its constants and its Null variant.
//   - A built-in type that SQL has keywords for has its schema (pg_catalog.int4), another one has none (text): by these
//     names sqlc knows them. An extension's type has no schema, a user's has one. As overrides compare names, a type that
//     has an override under another of its names is declared under that one.
//   - Comments of tables, columns and enum types stay: sqlc puts them on Go's types and fields. A string never has a
//     line break of its own, and no line is long: sqlc would take "-- +goose Down" in one for the end of the file, and
//     drops all that follows a line of 64 KiB.
//   - A function is its signature. RETURNS TABLE stays as it is, with sqlc's limits.
//
// # The config
//
// sqlc gets one entry: gen: go: with all of its options, a plugin for the analysed queries, the strict_ settings and the
// top-level overrides:. The plugin is this program again, which hands the queries of sqlc's request over and leaves out the
// catalog in it. database: and analyzer: are left out, with a warning, since nothing here needs
// a database, and so are cloud:, servers: and rules:.
//
// # Parts
//
// A large project is several entries of one config, each with some of the query files and the part of the schema that they can
// depend on, and one with the whole schema and no queries for models.go. sqlc works on them side by side. Their files are put
// together (see merger); the result is the same, byte for byte, as one entry's. A part that fails makes it one run.
//
// # Other plugins
//
// The codegen: entries of other plugins and the user's own gen: json: are run by a second sqlc (see Others), on the same
// schema but without the enum types that stand for value lists, which would be news to a plugin. It starts in the
// config's folder, where a program or a file:// of the config is looked for as before, and writes below a temporary
// directory. Only this run may fetch anything: a plugin's wasm with an https: address.
//
// # What is made of the answer
//
// sqlc's word for where a result or a parameter comes from is checked against the query: a Column has a Table only if
// it is that table's column as it is, not coalesce(c, 'x') and no column of a subquery; a parameter, only if it is
// stored in the column or compared with it by =, <>, <, <=, >, >=, IN, ANY, ALL, BETWEEN or IS DISTINCT FROM. Without one,
// an enum that stands for a value list is the type that its values are stored as.
//
// sqlc runs in a child process of the same binary (see Child): it may panic, prints its messages and ends its process.
package sqlc
