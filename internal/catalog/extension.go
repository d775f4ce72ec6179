package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// extensionTypes are the types that extensions make, and those of the extensions that make none.
var extensionTypes = map[string][]string{
	"citext": {"citext"}, "hstore": {"hstore"}, "ltree": {"ltree", "lquery", "ltxtquery"}, "vector": {"vector", "halfvec", "sparsevec"},
	"postgis": {"geometry", "geography", "box2d", "box3d", "raster"}, "postgis_raster": {"raster"}, "cube": {"cube"}, "seg": {"seg"},
	"isn": {"ean13", "isbn", "isbn13", "ismn", "ismn13", "issn", "issn13", "upc"}, "intarray": {"query_int"}, "lo": {"lo"},
	"pg_trgm": {"gtrgm"}, "pgcrypto": nil, "uuid-ossp": nil, "plpgsql": nil, "btree_gin": nil, "btree_gist": nil, "unaccent": nil,
	"pg_stat_statements": nil, "tablefunc": nil, "fuzzystrmatch": nil, "earthdistance": {"earth"}, "dblink": nil, "file_fdw": nil,
	"postgres_fdw": nil, "xml2": nil, "sslinfo": nil, "pgrowlocks": nil, "pgstattuple": nil, "moddatetime": nil, "insert_username": nil,
	"autoinc": nil, "refint": nil, "tcn": nil, "bloom": nil, "amcheck": nil, "pageinspect": nil, "pg_buffercache": nil,
	"pg_prewarm": nil, "pg_visibility": nil, "dict_int": nil, "dict_xsyn": nil, "intagg": nil, "tsm_system_rows": nil,
	"tsm_system_time": nil, "pg_freespacemap": nil, "adminpack": nil, "old_snapshot": nil, "pg_surgery": nil, "pg_walinspect": nil,
	"pg_cron": nil, "pgjwt": nil, "pg_net": nil, "pgsodium": nil, "supabase_vault": nil, "pg_graphql": nil, "pgaudit": nil,
	"timescaledb": nil, "pg_partman": nil, "semver": {"semver"}, "ulid": {"ulid"}, "pg_uuidv7": nil, "pgroonga": nil, "pg_repack": nil,
}

// extensionSchemas are where extensions go that do not go into the first schema of the search path.
var extensionSchemas = map[string]string{
	"pg_cron": "pg_catalog", "plpgsql": "pg_catalog", "adminpack": "pg_catalog", "pgsodium": "pgsodium", "supabase_vault": "vault",
	"pg_graphql": "graphql", "pg_net": "net",
}

// extensionOfType is the extension that has a type of this name, "" if none that is known.
func extensionOfType(name string) string {
	found := ""
	for ext, types := range extensionTypes {
		if slices.Contains(types, name) && (found == "" || ext < found) {
			found = ext
		}
	}
	return found
}

// createExtension is CREATE EXTENSION: its types are known by name.
func (r *replay) createExtension(st *statement, n *pg_query.CreateExtensionStmt) error {
	span := st.find(n.Extname, st.start)
	if r.db.extensions[n.Extname] != nil || n.Extname == "plpgsql" {
		if n.IfNotExists || n.Extname == "plpgsql" {
			return nil
		}
		return existing(span, r.db.extensions[n.Extname].span, duplicateObject, "extension %q already exists", n.Extname)
	}
	in, cascade, err := r.extensionSchema(st, n)
	if err != nil {
		return err
	}
	r.addExtension(n.Extname, in, span)
	if requires := extensionRequires[n.Extname]; cascade && requires != "" && r.db.extensions[requires] == nil {
		r.addExtension(requires, in, span)
	}
	return nil
}

// extensionRequires are the extensions that CASCADE makes too.
var extensionRequires = map[string]string{"earthdistance": "cube", "postgis_raster": "postgis", "postgis_topology": "postgis"}

func (r *replay) extensionSchema(st *statement, n *pg_query.CreateExtensionStmt) (in *schema, cascade bool, err error) {
	name := extensionSchemas[n.Extname]
	for _, o := range n.Options {
		switch def := o.GetDefElem(); def.Defname {
		case "schema":
			name = def.Arg.GetString_().GetSval()
		case "cascade":
			cascade = true
		}
	}
	if name == extensionSchemas[n.Extname] && name != "" && r.db.schemas[name] == nil {
		return r.db.addSchema(name, st.head()), cascade, nil
	}
	in, err = r.schemaFor(name, st.last(name))
	return in, cascade, err
}

func (r *replay) addExtension(name string, in *schema, span source.Span) {
	e := &extension{header: header{name: name, span: span}, target: in}
	r.db.identify(&e.header)
	r.db.extensions[name] = e
	types, known := extensionTypes[name]
	if !known {
		r.inform(span, codeUnknownExtension, "trefoil does not know what types and functions extension %q makes", name)
	}
	for _, t := range types {
		if in.types[t] == nil {
			r.addType(&typ{header: header{name: t, schema: in, span: span, extension: e}, kind: BaseType})
		}
	}
}

// fromExtension tells whether a function that is not known may come from an extension.
func (r *replay) fromExtension(string) bool { return len(r.db.extensions) > 0 }

// alterExtension is ALTER EXTENSION … UPDATE, which changes nothing here.
func (r *replay) alterExtension(st *statement, n *pg_query.AlterExtensionStmt) error {
	if r.db.extensions[n.Extname] == nil && n.Extname != "plpgsql" {
		return failf(st.find(n.Extname, st.start), undefinedObject, "extension %q does not exist", n.Extname)
	}
	return nil
}
