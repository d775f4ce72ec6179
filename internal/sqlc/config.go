package sqlc

import (
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/trefoil-sql/trefoil/internal/config"
)

// The files of a run, in its temporary directory.
const (
	configFile = "sqlc.yaml"
	schemaFile = "schema.sql"
	goDir      = "go"
)

// globEscaper keeps sqlc from reading a file's name as a pattern.
var globEscaper = strings.NewReplacer("*", `\*`, "?", `\?`, "[", `\[`, "]", `\]`)

// job is one sql: entry of a run's config: a schema, queries, and what sqlc is to make of them.
type job struct {
	schema string // its path in the run's directory
	files  []queryFile
	// goDir is where Go goes, "" for none.
	goDir string
	// structs tells that all structs are wanted, whether a query uses them or not.
	structs bool
	// plainEnums tells that nothing is wanted of enums but their types.
	plainEnums bool
	// analysis asks for the analysed queries.
	analysis bool
}

// derived is the config of a run for Go and the analysed queries: the user's entry and overrides without what needs a
// database, a network or another program.
func derived(in Input, d declaration, jobs ...job) (*yaml.Node, error) {
	top := mapping(scalar("version"), scalar("2"))
	entries := sequence()
	for _, j := range jobs {
		entry := entryOf(in, j.schema, j.files)
		if j.goDir != "" {
			options := goOptions(in, d, j.goDir)
			if j.structs {
				put(options, "omit_unused_structs", boolean(false))
			}
			if j.plainEnums {
				put(options, "emit_enum_valid_method", boolean(false))
				put(options, "emit_all_enum_values", boolean(false))
			}
			put(entry, "gen", mapping(scalar("go"), options))
		}
		if j.analysis {
			put(entry, "codegen", analysisTarget())
			plugins, err := analysisPlugin()
			if err != nil {
				return nil, err
			}
			put(top, "plugins", plugins)
		}
		entries.Content = append(entries.Content, entry)
	}
	put(top, "sql", entries)
	if o := overrides(in.Config, d); o != nil {
		put(top, "overrides", o)
	}
	return top, nil
}

// entryOf is the user's entry on the run's own inputs, without anything to generate.
func entryOf(in Input, schema string, queries []queryFile) *yaml.Node {
	paths := sequence()
	for _, q := range queries {
		paths.Content = append(paths.Content, scalar(globEscaper.Replace(q.copy)))
	}
	entry := mapping(
		scalar("engine"), scalar("postgresql"),
		scalar("schema"), scalar(schema),
		scalar("queries"), paths,
	)
	for _, key := range []string{"name", "strict_function_checks", "strict_order_by"} {
		if v := clone(get(in.SQL.Node, key)); v != nil {
			put(entry, key, v)
		}
	}
	return entry
}

// goOptions is gen: go: with its folder, its package spelled out, and the value lists' names.
func goOptions(in Input, d declaration, out string) *yaml.Node {
	g := clone(in.SQL.Go.Node)
	put(g, "out", scalar(out))
	put(g, "package", scalar(in.SQL.Go.Package))
	if len(in.SQL.Queries) == 0 {
		// No query uses a struct, and all are wanted.
		put(g, "omit_unused_structs", boolean(false))
	}
	if len(in.KeepPlural) > 0 {
		keep := get(g, "inflection_exclude_table_names")
		if keep == nil {
			keep = sequence()
			put(g, "inflection_exclude_table_names", keep)
		}
		for _, name := range in.KeepPlural {
			keep.Content = append(keep.Content, scalar(name))
		}
	}
	if len(d.rename) > 0 {
		rename := get(g, "rename")
		if rename == nil {
			rename = mapping()
			put(g, "rename", rename)
		}
		for _, key := range slices.Sorted(maps.Keys(d.rename)) {
			put(rename, key, scalar(d.rename[key]))
		}
	}
	return g
}

// overrides is the file's top-level overrides:. Its rename: wins over an entry's in sqlc, so the names of value lists
// are taken out of it.
func overrides(c *config.Config, d declaration) *yaml.Node {
	o := clone(get(c.Node, "overrides"))
	rename := get(get(o, "go"), "rename")
	if rename == nil {
		return o
	}
	for i := len(rename.Content) - 2; i >= 0; i -= 2 {
		if _, ok := d.rename[rename.Content[i].Value]; ok {
			rename.Content = slices.Delete(rename.Content, i, i+2)
		}
	}
	return o
}

// overriddenTypes lists the db_type of all overrides, in the order that sqlc tries them.
func overriddenTypes(in Input) []string {
	lists := []*yaml.Node{get(get(get(in.Config.Node, "overrides"), "go"), "overrides")}
	if in.SQL.Go != nil {
		lists = append(lists, get(in.SQL.Go.Node, "overrides"))
	}
	var types []string
	for _, l := range lists {
		if l = resolved(l); l == nil {
			continue
		}
		for _, o := range l.Content {
			if t := get(o, "db_type"); t != nil {
				types = append(types, resolved(t).Value)
			}
		}
	}
	return types
}
