package catalog_test

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// jsonKeys collects the keys of a type and of all it holds.
func jsonKeys(t reflect.Type, into map[string]bool) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		jsonKeys(t.Elem(), into)
	case reflect.Struct:
		for i := range t.NumField() {
			f := t.Field(i)
			if key := f.Tag.Get("json"); key != "" {
				into[key] = true
			}
			jsonKeys(f.Type, into)
		}
	}
}

// TestEveryKeyIsDocumented keeps docs/catalog.md and the structs together, both ways.
func TestEveryKeyIsDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/catalog.md")
	require.NoError(t, err)
	keys := map[string]bool{}
	jsonKeys(reflect.TypeFor[catalog.Document](), keys)
	assert.Greater(t, len(keys), 40)
	for key := range keys {
		assert.Contains(t, string(page), "`"+key+"`", "docs/catalog.md has no word of %s", key)
	}
	for line := range strings.SplitSeq(string(page), "\n") {
		cell, _, ok := strings.Cut(strings.TrimPrefix(line, "| `"), "` |")
		if !ok || cell == line {
			continue
		}
		for key := range strings.SplitSeq(cell, "`, `") {
			assert.True(t, keys[key], "docs/catalog.md has a key %s that the document has not", key)
		}
	}
}

// TestJSONHasNoHoles: an empty catalog and one of empty parts print every key, with [] for lists.
func TestJSONHasNoHoles(t *testing.T) {
	name := catalog.Name{Schema: "public", Name: "a<b>&c"}
	c := catalog.Catalog{
		Schemas: []catalog.Schema{{Name: "public"}}, Extensions: []catalog.Extension{{}},
		Enums: []catalog.Enum{{Name: name}}, Domains: []catalog.Domain{{Checks: []catalog.Check{{}}, Collation: &catalog.Collation{}}},
		Composites: []catalog.Composite{{Attributes: []catalog.Column{{}}}}, Ranges: []catalog.Range{{}},
		Relations: []catalog.Relation{{
			Columns: []catalog.Column{{}}, PrimaryKey: &catalog.Key{}, Uniques: []catalog.Key{{}},
			ForeignKeys: []catalog.ForeignKey{{}}, Indexes: []catalog.Index{{}}, Policies: []catalog.Policy{{}},
			PartitionOf: &name,
		}},
		Sequences: []catalog.Sequence{{OwnedBy: &catalog.ColumnName{}}},
		Functions: []catalog.Function{{Args: []catalog.Argument{{}}}},
	}
	b, err := c.JSON()
	require.NoError(t, err)
	assert.Contains(t, string(b), `"a<b>&c"`)
	assert.True(t, bytes.HasPrefix(b, []byte("{\n  \"version\": 1,\n")))
	assert.True(t, bytes.HasSuffix(b, []byte("}\n")))
	keys := map[string]bool{}
	jsonKeys(reflect.TypeFor[catalog.Document](), keys)
	for key := range keys {
		assert.Contains(t, string(b), `"`+key+`":`)
	}
	for _, key := range []string{"values", "columns", "roles", "include", "inherits", "checks"} {
		assert.NotContains(t, string(b), `"`+key+`": null`)
	}
	var back catalog.Document
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	require.NoError(t, dec.Decode(&back))
	assert.Equal(t, c.Document(), back)
}
