package verify

import (
	"path"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// TestEveryKeyHasWords: each key of the document that can differ has a clause, or a noun if it is a list of things.
func TestEveryKeyHasWords(t *testing.T) {
	n := 0
	eachKey(reflect.TypeFor[catalog.Document](), func(key string, kind reflect.Type) {
		n++
		switch {
		case key == "version" || key == "definition":
		case kind.Kind() == reflect.Bool:
			assert.Contains(t, flags, key)
		case kind == reflect.TypeFor[*catalog.KeyDoc](), isList(kind) && kind.Elem().Kind() == reflect.Struct:
			_, top := nouns[key]
			assert.True(t, top || parts[key] != "", "%s has no noun", key)
		default:
			assert.Contains(t, attributes, key)
		}
	})
	assert.Greater(t, n, 60)
}

func isList(t reflect.Type) bool { return t.Kind() == reflect.Slice }

// eachKey visits the keys of a struct and of those below it, but for the structs that are compared as one value.
func eachKey(t reflect.Type, visit func(string, reflect.Type)) {
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			continue
		}
		visit(f.Tag.Get("json"), f.Type)
		switch {
		case f.Type == reflect.TypeFor[*catalog.KeyDoc]():
			eachKey(f.Type.Elem(), visit)
		case isList(f.Type) && f.Type.Elem().Kind() == reflect.Struct && f.Type.Elem() != reflect.TypeFor[catalog.NameDoc]():
			eachKey(f.Type.Elem(), visit)
		}
	}
}

func TestToolTables(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range toolTables {
		_, err := path.Match(row.table, "")
		assert.NoError(t, err, row.table)
		assert.False(t, seen[row.table], row.table)
		assert.Equal(t, 1, strings.Count(row.table, "."), row.table)
		assert.NotEmpty(t, row.tool)
		seen[row.table] = true
	}
	assert.Equal(t, "goose", toolOf("public", "goose_db_version"))
	assert.Equal(t, "Sqitch", toolOf("sqitch", "changes"))
	assert.Equal(t, "Atlas", toolOf("atlas_schema_revisions", "atlas_schema_revisions"))
	assert.Empty(t, toolOf("public", "goose"))
	assert.Empty(t, toolOf("public", "changes"))
}

// TestUnlimited: a conversion to the type must not cut anything off.
func TestUnlimited(t *testing.T) {
	for kind, want := range map[string]string{
		"text": "text", "character varying(3)": "character varying", "character varying(3)[]": "character varying[]",
		"character(3)": "bpchar", "character(3)[]": "bpchar[]", "numeric(10,2)": "numeric", "numeric(3,-2)": "numeric",
		"timestamp(3) with time zone": "timestamp with time zone", "time(0) without time zone": "time without time zone",
		"interval(3)": "interval", "interval day to second(3)": "interval day to second", "bit(3)": "bit(3)",
		"app.money": "app.money", "bpchar": "bpchar",
	} {
		assert.Equal(t, want, unlimited(kind), kind)
	}
}

// TestOrderIsADifference: columns in another order are one difference.
func TestOrderIsADifference(t *testing.T) {
	table := func(names ...string) catalog.Document {
		r := catalog.RelationDoc{NameDoc: catalog.NameDoc{Schema: "public", Name: "t"}, Kind: "table"}
		for _, n := range names {
			r.Columns = append(r.Columns, catalog.ColumnDoc{Name: n})
		}
		return catalog.Document{Relations: []catalog.RelationDoc{r}}
	}
	ours, server := table("a", "b"), table("b", "a")
	diffs := Compare(ours, server)
	assert.Len(t, diffs, 1)
	s := scope{objects: objectsOf(ours, server)}
	_, code, message := s.words(diffs[0])
	assert.Equal(t, CodeDifferent, code)
	assert.Equal(t, "table public.t has its columns in the order a, b in the migrations, but has its columns in the order b, a on the server", message)
}

// TestSameInAnyVersion: what only the server's version makes is dropped, and nothing else.
func TestSameInAnyVersion(t *testing.T) {
	ranges := func(multirange string) catalog.Document {
		return catalog.Document{Ranges: []catalog.RangeDoc{{Multirange: catalog.NameDoc{Name: multirange}}}}
	}
	diffs := Compare(ranges("m"), ranges(""))
	assert.Len(t, diffs, 1)
	assert.Empty(t, sameInAnyVersion(ranges(""), diffs))
	diffs = Compare(ranges("m"), ranges("other"))
	assert.Len(t, sameInAnyVersion(ranges("other"), diffs), 1)

	always, byDefault := "always", "by default"
	tables := func(parent, partition *string) catalog.Document {
		name := catalog.NameDoc{Schema: "public", Name: "log"}
		return catalog.Document{Relations: []catalog.RelationDoc{
			{NameDoc: name, Columns: []catalog.ColumnDoc{{Name: "id", Identity: parent}}},
			{NameDoc: catalog.NameDoc{Schema: "public", Name: "log_1"}, PartitionOf: &name, Columns: []catalog.ColumnDoc{{Name: "id", Identity: partition}}},
		}}
	}
	for _, tc := range []struct {
		ours, server catalog.Document
		left         int
	}{
		{tables(&always, nil), tables(&always, &always), 0},
		{tables(&always, nil), tables(&always, &byDefault), 1},
		{tables(&always, &always), tables(&always, nil), 1},
		{tables(nil, nil), tables(&always, &always), 1},
	} {
		assert.Len(t, sameInAnyVersion(tc.server, Compare(tc.ours, tc.server)), tc.left)
	}
}
