package config

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// form is what kind of value sqlc takes at a place.
type form int

const (
	open    form = iota // anything: it is another plugin's, or trefoil's own and read elsewhere
	str                 // a scalar, taken as text
	boolean             // a boolean
	integer             // a number
	strs                // a list of scalars
	paths               // a scalar or a list of scalars
	dict                // a mapping of scalars
	object              // a mapping with known keys
	objects             // a list of such mappings
	named               // a mapping of any keys
	goType              // a scalar or an object
)

// shape is what sqlc takes at a place: it decodes its config strictly.
type shape struct {
	form form
	keys []key    // of object, objects and goType, in the order of sqlc's reference
	only []string // the values of str that sqlc takes; any without it
}

type key struct {
	name string
	shape
}

// sqlcFile is version 2 of sqlc's config as sqlc v1.28.0 reads it.
var sqlcFile = shape{form: object, keys: []key{
	{"version", shape{form: str}},
	{"cloud", fields(str, "organization", "project", "hostname")},
	{"servers", listOf(fields(str, "name", "engine", "uri"))},
	{"sql", shape{form: objects, keys: sqlcEntry}},
	{"overrides", shape{form: object, keys: []key{
		{"go", shape{form: object, keys: []key{{"overrides", goOverrides}, {"rename", shape{form: dict}}}}},
	}}},
	{"plugins", shape{form: objects, keys: []key{
		{"name", shape{form: str}},
		{"env", shape{form: strs}},
		{"process", fields(str, "cmd")},
		{"wasm", fields(str, "url", "sha256")},
	}}},
	{"rules", listOf(fields(str, "name", "rule", "message"))},
	{"options", shape{form: named}},
}}

var sqlcEntry = []key{
	{"name", shape{form: str}},
	{"engine", shape{form: str}},
	{"schema", shape{form: paths}},
	{"queries", shape{form: paths}},
	{"database", shape{form: object, keys: []key{{"uri", shape{form: str}}, {"managed", shape{form: boolean}}}}},
	{"strict_function_checks", shape{form: boolean}},
	{"strict_order_by", shape{form: boolean}},
	{"gen", shape{form: object, keys: []key{
		{"go", shape{form: object, keys: genGo()}},
		{"json", fields(str, "out", "indent", "filename")},
	}}},
	{"codegen", shape{form: objects, keys: []key{
		{"out", shape{form: str}},
		{"plugin", shape{form: str}},
		{"options", shape{form: open}},
	}}},
	{"rules", shape{form: strs}},
	{"analyzer", fields(boolean, "database")},
}

var goOverrides = shape{form: objects, keys: []key{
	{"go_type", shape{form: goType, keys: []key{
		{"import", shape{form: str}},
		{"package", shape{form: str}},
		{"type", shape{form: str}},
		{"pointer", shape{form: boolean}},
		{"slice", shape{form: boolean}},
	}}},
	{"go_struct_tag", shape{form: str}},
	{"db_type", shape{form: str}},
	{"postgres_type", shape{form: str}},
	{"engine", shape{form: str}},
	{"nullable", shape{form: boolean}},
	{"unsigned", shape{form: boolean}},
	{"null", shape{form: boolean}},
	{"column", shape{form: str}},
}}

// genGo lists the options of gen: go:.
func genGo() []key {
	keys := fields(boolean,
		"emit_interface", "emit_json_tags", "json_tags_id_uppercase", "emit_db_tags", "emit_prepared_queries",
		"emit_exact_table_names", "emit_empty_slices", "emit_exported_queries", "emit_result_struct_pointers",
		"emit_params_struct_pointers", "emit_methods_with_db_argument", "emit_pointers_for_null_types",
		"emit_enum_valid_method", "emit_all_enum_values", "emit_sql_as_comment", "omit_sqlc_version", "omit_unused_structs",
	).keys
	keys = append(keys, fields(str,
		"package", "out", "output_batch_file_name", "output_db_file_name", "output_models_file_name",
		"output_querier_file_name", "output_copyfrom_file_name", "output_files_suffix", "build_tags",
	).keys...)
	return append(keys,
		key{"json_tags_case_style", shape{form: str, only: []string{"camel", "pascal", "snake", "none"}}},
		key{"sql_package", shape{form: str, only: []string{"pgx/v4", "pgx/v5", "database/sql"}}},
		key{"sql_driver", shape{form: str, only: []string{
			"github.com/jackc/pgx/v4", "github.com/jackc/pgx/v5", "github.com/lib/pq", "github.com/go-sql-driver/mysql"}}},
		key{"overrides", goOverrides},
		key{"rename", shape{form: dict}},
		key{"inflection_exclude_table_names", shape{form: strs}},
		key{"query_parameter_limit", shape{form: integer}},
		key{"initialisms", shape{form: strs}},
	)
}

// fields is an object all of whose values have one form.
func fields(f form, names ...string) shape {
	s := shape{form: object}
	for _, n := range names {
		s.keys = append(s.keys, key{n, shape{form: f}})
	}
	return s
}

func listOf(s shape) shape { return shape{form: objects, keys: s.keys} }

// sqlcKnows reports what sqlc would refuse at a node and below. path is how messages name the node. A key without a
// value is as good as absent to sqlc.
func (r *reader) sqlcKnows(n *yaml.Node, s shape, path string) {
	switch n = follow(n); {
	case s.form == open || isNull(n):
	case s.form == goType && n.Kind == yaml.ScalarNode, s.form == paths && n.Kind == yaml.ScalarNode:
	case s.form == str:
		r.sqlcString(n, s.only, path)
	case s.form == boolean:
		if n.Kind != yaml.ScalarNode || !isFlag(n) {
			r.wantsScalar(n, "!!bool", "true or false", path)
		}
	case s.form == integer:
		var i int32
		if n.Decode(&i) != nil {
			r.reportAt(n, CodeKind, "", "%s has to be a whole number, not %s", path, kindOf(n))
		}
	case s.form == strs:
		r.sqlcList(n, shape{form: str}, "a list", path)
	case s.form == paths:
		r.sqlcList(n, shape{form: str}, pathsWanted, path)
	case s.form == objects:
		r.sqlcList(n, shape{form: object, keys: s.keys}, "a list", path)
	default:
		if r.wants(n, yaml.MappingNode, "a mapping", path) {
			r.sqlcMapping(n, s, path)
		}
	}
}

func (r *reader) sqlcList(n *yaml.Node, item shape, what, path string) {
	if !r.wants(n, yaml.SequenceNode, what, path) {
		return
	}
	for i, child := range n.Content {
		r.sqlcKnows(child, item, fmt.Sprintf("%s[%d]", path, i))
	}
}

func (r *reader) sqlcString(n *yaml.Node, only []string, path string) {
	if !r.wants(n, yaml.ScalarNode, "a string", path) || only == nil || n.Value == "" {
		return
	}
	if message, hint := oneOf(only...).check(n.Value); message != "" {
		r.reportAt(n, CodeValue, hint, "%s: %q %s", path, n.Value, message)
	}
}

func (r *reader) sqlcMapping(n *yaml.Node, s shape, path string) {
	known := make([]string, len(s.keys))
	for i, k := range s.keys {
		known[i] = k.name
	}
	for _, e := range r.mapping(n, false).entries {
		i := slices.Index(known, e.name)
		switch {
		case isNull(follow(e.key)): // sqlc passes over it
		case i >= 0:
			r.sqlcKnows(e.value, s.keys[i].shape, strings.TrimPrefix(path+"."+e.name, "."))
		case s.form == dict:
			r.sqlcKnows(e.value, shape{form: str}, path+"."+e.name)
		case s.form == object || s.form == goType:
			where := path
			if where == "" {
				where = r.file.Path
			}
			r.unknownKey(e, where, known)
		}
	}
}

// isFlag tells what sqlc's decoder takes for a boolean: also the words of YAML 1.1.
func isFlag(n *yaml.Node) bool {
	return n.ShortTag() == "!!bool" || slices.Contains([]string{
		"y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "n", "N", "no", "No", "NO", "off", "Off", "OFF",
	}, n.Value)
}
