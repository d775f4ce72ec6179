package catalogtest_test

import (
	"context"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/catalog/catalogtest"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/internal/server"
	"github.com/trefoil-sql/trefoil/internal/verify"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// dumped applies testdata/everything.sql, which has each kind of object and each key of the document set to something.
func dumped(t *testing.T) (*pgtest.DB, catalog.Document) {
	script, err := os.ReadFile("testdata/everything.sql")
	require.NoError(t, err)
	db := pgtest.New(t)
	db.Exec(t, string(script))
	return db, dumpOf(t, db)
}

func dumpOf(t *testing.T, db *pgtest.DB) catalog.Document {
	doc, err := server.Read(context.Background(), db.Conn(context.Background()))
	require.NoError(t, err)
	return doc
}

// TestDumpReadsEverything: every key of the document is read from the server: some object has it set.
func TestDumpReadsEverything(t *testing.T) {
	_, doc := dumped(t)
	set := map[string]bool{}
	markSet(reflect.ValueOf(doc), "", set)
	for key, ok := range set {
		if key != "Document.definition" && !strings.HasSuffix(key, ".definition") {
			assert.True(t, ok, "testdata/everything.sql sets no %s, or the dump does not read it", key)
		}
	}
	assert.Greater(t, len(set), 80)
}

// markSet notes for each field of each struct whether any value is not its type's zero.
func markSet(v reflect.Value, owner string, set map[string]bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			markSet(v.Elem(), owner, set)
		}
	case reflect.Slice:
		for i := range v.Len() {
			markSet(v.Index(i), owner, set)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			key := v.Type().Name() + "." + v.Type().Field(i).Tag.Get("json")
			zero := v.Field(i).IsZero() || v.Field(i).Kind() == reflect.Slice && v.Field(i).Len() == 0
			set[key] = set[key] || !zero
			markSet(v.Field(i), key, set)
		}
	}
}

// TestCompareSeesEveryChange changes each value of a document in turn: the comparison must name exactly that.
func TestCompareSeesEveryChange(t *testing.T) {
	db, server := dumped(t)
	conn := db.Conn(context.Background())
	require.Empty(t, verify.Compare(server, server))
	changes := 0
	ours := dumpOf(t, db)
	eachLeaf(reflect.ValueOf(&ours).Elem(), "", func(path string) {
		changes++
		diffs := verify.Compare(ours, server)
		assert.NotEmpty(t, diffs, "a change of %s is not seen", path)
		diffs, err := catalogtest.Reconcile(context.Background(), conn, ours, diffs)
		require.NoError(t, err)
		assert.NotEmpty(t, diffs, "a change of %s is explained away", path)
	})
	assert.Greater(t, changes, 200)
}

// eachLeaf sets each string and bool below v to something else, calls check, and sets it back.
func eachLeaf(v reflect.Value, path string, check func(string)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			eachLeaf(v.Elem(), path, check)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachLeaf(v.Index(i), path, check)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if key := v.Type().Field(i).Tag.Get("json"); key != "definition" {
				eachLeaf(v.Field(i), path+"."+key, check)
			}
		}
	case reflect.String:
		was := v.String()
		v.SetString(was + "x")
		check(path)
		v.SetString(was)
	case reflect.Bool:
		v.SetBool(!v.Bool())
		check(path)
		v.SetBool(!v.Bool())
	}
}

// TestDumpIgnoresTheSystem: what extensions own, temporary objects and an empty database are not listed.
func TestDumpIgnoresTheSystem(t *testing.T) {
	db := pgtest.New(t)
	conn := db.Conn(context.Background())
	_, err := conn.Exec(context.Background(), "CREATE EXTENSION hstore; CREATE EXTENSION pgcrypto; CREATE TEMP TABLE t (id serial PRIMARY KEY)")
	require.NoError(t, err)
	doc, err := server.Read(context.Background(), conn)
	require.NoError(t, err)
	assert.Equal(t, []catalog.SchemaDoc{{Name: "public"}}, doc.Schemas)
	assert.Equal(t, []catalog.ExtensionDoc{{Name: "hstore", Schema: "public"}, {Name: "pgcrypto", Schema: "public"}}, doc.Extensions)
	for _, n := range []int{len(doc.Relations), len(doc.Functions), len(doc.Enums), len(doc.Domains), len(doc.Sequences), len(doc.Composites)} {
		assert.Zero(t, n)
	}
}

// reworded are expressions of testdata/everything.sql as their statements have them; the server prints other words.
var reworded = []struct{ path, sql string }{
	{"relations[public.t].columns[e].default", "'x'"},
	{"relations[public.t].columns[span].default", "'1 hour'"},
	{"relations[public.t].columns[doc].default", `'{"a":1}'`},
	{"relations[public.t].columns[len].default", "length(e) + 1"},
	{"relations[public.t].checks[t_e_check].expression", "e in ('a', 'b', 'x') and e not like 'z%'"},
	{"relations[public.t].indexes[t_lower_id_idx].where", "n between 1 and 5"},
	{"relations[public.t].policies[p].using", "n > 0 and current_user = e"},
	{"domains[app.d].default", "'a'"},
	{"domains[app.d].checks[d_check].expression", "value <> ''"},
}

// TestReconcileAsksTheServer: another wording of the same expression is no difference; another expression is one.
func TestReconcileAsksTheServer(t *testing.T) {
	db, server := dumped(t)
	conn := db.Conn(context.Background())
	for _, tc := range reworded {
		for _, other := range []bool{false, true} {
			ours := dumpOf(t, db)
			sql := tc.sql
			if other {
				sql = map[bool]string{true: "(" + sql + ") is null", false: "not (" + sql + ")"}[strings.HasSuffix(tc.path, "default")]
			}
			setPath(t, &ours, tc.path, sql)
			diffs, err := catalogtest.Reconcile(context.Background(), conn, ours, verify.Compare(ours, server))
			require.NoError(t, err)
			assert.Equal(t, other, len(diffs) > 0, "%s as %s: %v", tc.path, sql, diffs)
		}
	}
}

// setPath sets the expression at a path of a difference.
func setPath(t *testing.T, doc *catalog.Document, path, sql string) {
	changed := false
	for i := range doc.Relations {
		r := &doc.Relations[i]
		at := "relations[" + r.Schema + "." + r.Name + "]"
		for j := range r.Columns {
			changed = set(&r.Columns[j].Default, at+".columns["+r.Columns[j].Name+"].default", path, sql) || changed
		}
		for j := range r.Checks {
			p := &r.Checks[j].Expression
			changed = set(&p, at+".checks["+r.Checks[j].Name+"].expression", path, sql) || changed
			r.Checks[j].Expression = *p
		}
		for j := range r.Indexes {
			changed = set(&r.Indexes[j].Where, at+".indexes["+r.Indexes[j].Name+"].where", path, sql) || changed
		}
		for j := range r.Policies {
			changed = set(&r.Policies[j].Using, at+".policies["+r.Policies[j].Name+"].using", path, sql) || changed
		}
	}
	for i := range doc.Domains {
		d := &doc.Domains[i]
		at := "domains[" + d.Schema + "." + d.Name + "]"
		changed = set(&d.Default, at+".default", path, sql) || changed
		for j := range d.Checks {
			p := &d.Checks[j].Expression
			changed = set(&p, at+".checks["+d.Checks[j].Name+"].expression", path, sql) || changed
			d.Checks[j].Expression = *p
		}
	}
	require.True(t, changed, path)
}

func set(target **string, at, path, sql string) bool {
	if at == path {
		*target = &sql
	}
	return at == path
}
