package catalog

import (
	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// extensionSchemas are where extensions go that do not go into the first schema of the search path.
var extensionSchemas = map[string]string{
	"pg_cron": "pg_catalog", "plpgsql": "pg_catalog", "adminpack": "pg_catalog", "pgsodium": "pgsodium", "supabase_vault": "vault",
	"pg_graphql": "graphql", "pg_net": "net",
}

// extensionOfType is the extension that has a type of this name, "" if none that is known.
func extensionOfType(name string) string {
	found := ""
	for ext, contents := range extensions() {
		for _, t := range contents.types {
			if t[0] == name && (found == "" || ext < found) {
				found = ext
			}
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

// addExtension makes what the extension is known to make.
func (r *replay) addExtension(name string, in *schema, span source.Span) {
	e := &extension{header: header{name: name, span: span}, target: in}
	r.db.identify(&e.header)
	r.db.extensions[name] = e
	contents := extensions()[name]
	if contents == nil {
		r.inform(span, codeUnknownExtension, "trefoil does not know what types and functions extension %q makes", name)
		return
	}
	for _, words := range contents.types {
		t := &typ{header: header{name: words[0], schema: in, span: span, extension: e}, kind: builtinKinds[words[1]], category: words[2][0]}
		if in.types[t.name] == nil && t.kind != "" {
			r.addType(t)
		}
	}
	for _, words := range contents.relations {
		r.addExtensionRelation(e, words)
	}
	a := &analysis{r: r}
	for _, s := range contents.functions {
		r.addExtensionFunction(a, e, s)
	}
}

func (r *replay) addExtensionRelation(e *extension, words []string) {
	a := &analysis{r: r}
	rel := &relation{header: header{name: words[0], schema: e.target, extension: e}, kind: relkind(words[1][0])}
	for i := 2; i+1 < len(words); i += 2 {
		c := &column{header: header{name: words[i], span: e.span}, rel: rel, typ: a.extensionRef(words[i+1])}
		r.db.identify(&c.header)
		rel.columns = append(rel.columns, c)
	}
	if e.target.relations[rel.name] == nil && e.target.types[rel.name] == nil {
		r.db.addRelation(rel, e.span)
	}
}

func (r *replay) addExtensionFunction(a *analysis, e *extension, s signature) {
	f := s.function(header{name: s.name, schema: e.target, span: e.span, extension: e}, a.extensionRef)
	for _, old := range e.target.functions[f.name] {
		if sameInputs(old.inputs(), f.inputs()) {
			return
		}
	}
	r.db.identify(&f.header)
	e.target.functions[f.name] = append(e.target.functions[f.name], f)
}

// alterExtension is ALTER EXTENSION … UPDATE, which changes nothing here.
func (r *replay) alterExtension(st *statement, n *pg_query.AlterExtensionStmt) error {
	if r.db.extensions[n.Extname] == nil && n.Extname != "plpgsql" {
		return failf(st.find(n.Extname, st.start), undefinedObject, "extension %q does not exist", n.Extname)
	}
	return nil
}
