package catalog

import (
	"slices"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// userOperator is what CREATE OPERATOR made; left is the zero type for a prefix operator.
type userOperator struct {
	schema              *schema
	name                string
	left, right, result typeRef
	// function is the name of the one that it calls; strict tells that one of it on NULL is NULL.
	function string
	strict   bool
}

// defineOperator keeps an operator's types: the result is its function's.
func (r *replay) defineOperator(st *statement, parts []string, n *pg_query.DefineStmt) error {
	schemaName, name := splitName(parts)
	in, err := r.schemaFor(schemaName, st.head())
	if err != nil {
		return err
	}
	o := userOperator{schema: in, name: name}
	var function []string
	for _, d := range n.Definition {
		def := d.GetDefElem()
		var err error
		switch strings.ToLower(def.Defname) {
		case "leftarg":
			o.left, err = r.resolveType(st, def.Arg.GetTypeName())
		case "rightarg":
			o.right, err = r.resolveType(st, def.Arg.GetTypeName())
		case "procedure", "function":
			function = stringsOf(def.Arg.GetTypeName().GetNames())
			err = r.knownFunction(st, function)
		}
		if err != nil {
			return err
		}
	}
	want := []typeRef{o.left, o.right}
	if o.left.typ == nil {
		want = want[1:]
	}
	a := &analysis{r: r, st: st, lenient: true}
	if c, _ := a.choose(a.candidates(function, want, make([]string, len(want)), false), want); c != nil {
		g, _ := r.bind(c.want, want)
		o.result, o.function, o.strict = g.actual(r, c.result), c.sig.name, c.strict
	}
	r.db.operators = append(slices.Clone(r.db.operators), o)
	return nil
}

// knownFunction says that there is no function of a name at all.
func (r *replay) knownFunction(st *statement, parts []string) error {
	_, name := splitName(parts)
	if len(builtinFunctions()[name]) > 0 || len(r.functionsNamed(parts)) > 0 || r.partlyKnown() || internalFunctions[name] {
		return nil
	}
	return failf(st.findName(parts, st.start), undefinedFunction, "function %s does not exist", strings.Join(parts, "."))
}

// internalFunctions are those that take internal arguments, and that aggregates are made with.
var internalFunctions = map[string]bool{
	"array_agg_transfn": true, "array_agg_finalfn": true, "string_agg_transfn": true, "jsonb_agg_transfn": true, "json_agg_transfn": true,
	"json_object_agg_transfn": true, "jsonb_object_agg_transfn": true, "numeric_avg_accum": true, "int8_avg_accum": true,
	"ordered_set_transition": true, "hypothetical_rank_final": true, "percentile_disc_final": true, "mode_final": true,
	"numeric_accum": true, "int4_accum": true, "int2_accum": true, "int8_accum": true,
}

// createCast is CREATE CAST.
func (r *replay) createCast(st *statement, n *pg_query.CreateCastStmt) error {
	from, err := r.resolveType(st, n.Sourcetype)
	if err != nil {
		return err
	}
	to, err := r.resolveType(st, n.Targettype)
	if err != nil {
		return err
	}
	kind := map[pg_query.CoercionContext]byte{
		pg_query.CoercionContext_COERCION_IMPLICIT: 'i', pg_query.CoercionContext_COERCION_ASSIGNMENT: 'a',
	}[n.Context]
	if kind == 0 {
		kind = 'e'
	}
	rule := castRule{kind: kind, strict: true, method: 'b'}
	if n.Inout {
		rule.method = 'i'
	}
	if n.Func != nil {
		rule.method = 'f'
		f, err := r.findFunction(st, n.Func, pg_query.ObjectType_OBJECT_FUNCTION)
		rule.strict = err == nil && f.strict
	}
	r.db.casts = append(slices.Clone(r.db.casts), userCast{from, to, rule})
	return nil
}

// collations are those that every database has.
var builtinCollations = map[string]bool{
	"C": true, "POSIX": true, "default": true, "ucs_basic": true, "unicode": true, "pg_c_utf8": true, "pg_unicode_fast": true,
}

// collation looks up the collation of a column. Names of locales depend on the server, and are not doubted.
func (r *replay) collation(st *statement, n *pg_query.CollateClause) error {
	parts := stringsOf(n.Collname)
	_, name := splitName(parts)
	span := st.name(n.Location)
	if r.findOther("collation", parts) == nil && !builtinCollations[name] && !strings.ContainsAny(name, "-_.@") {
		return failf(span, undefinedObject, "collation %q for encoding \"UTF8\" does not exist", name)
	}
	return nil
}

// indexMethods are those that every database has.
var indexMethods = map[string]bool{"btree": true, "hash": true, "gist": true, "gin": true, "spgist": true, "brin": true, "rtree": true}

func (r *replay) indexMethod(st *statement, method string) error {
	if indexMethods[method] || r.db.methods[method] || r.partlyKnown() || method == "bloom" && r.db.extensions["bloom"] != nil ||
		(method == "hnsw" || method == "ivfflat") && r.db.extensions["vector"] != nil {
		return nil
	}
	return failf(st.last(method), undefinedObject, "access method %q does not exist", method)
}

// languages are those that every database has.
var builtinLanguages = map[string]bool{"sql": true, "plpgsql": true, "c": true, "internal": true}

func (r *replay) language(name string, span source.Span) error {
	if builtinLanguages[name] || r.db.languages[name] || r.db.extensions[name] != nil {
		return nil
	}
	return hinted(span, undefinedObject, "Use CREATE EXTENSION to load the language into the database.", "language %q does not exist", name)
}
