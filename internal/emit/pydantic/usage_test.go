package pydantic

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/templates"
)

// TestStaticTypesAreThoseOfTheTemplate follows each name to the type that Annotated starts with.
func TestStaticTypesAreThoseOfTheTemplate(t *testing.T) {
	text, err := templates.FS.ReadFile("pydantic/types.tmpl")
	require.NoError(t, err)
	of := map[string]string{"AwareDatetime": "datetime", "NaiveDatetime": "datetime", // to a type checker
		"HstoreValue": "dict[str, str | None] | str"}
	for _, m := range regexp.MustCompile(`(?m)^(\w+) = Annotated\[\s*([\w\[\]]+?),`).FindAllStringSubmatch(string(text), -1) {
		of[m[1]] = m[2]
	}
	resolve := func(name string) string {
		for of[name] != "" {
			name = of[name]
		}
		return name
	}
	used := map[string]bool{}
	for _, kind := range model.Kinds {
		code := rowOf[kind].code
		if of[code] == "" {
			assert.NotContains(t, static, code)
			continue
		}
		used[code] = true
		assert.Equal(t, resolve(code), static[code], code)
	}
	for name := range static {
		assert.True(t, used[name], "%s is no row's", name)
	}
	assert.True(t, strings.HasPrefix(seen{}.static(model.Array{Elem: model.Scalar{Kind: model.Int4}, Dims: 2}), "list[list[int | None"))
}

// TestDriversNamesAreKnown: what the table takes from _driver.py is defined there, and known to the type checker's view.
func TestDriversNamesAreKnown(t *testing.T) {
	text, err := templates.FS.ReadFile("pydantic/driver.tmpl")
	require.NoError(t, err)
	used := map[string]bool{"Composite": true}
	for _, r := range rows {
		for _, c := range []cell{r.driver, r.param} {
			for name, module := range c.from {
				used[name] = used[name] || module == driver
			}
		}
	}
	for name, is := range used {
		assert.Equal(t, is, staticDriver[name] != "", name)
		assert.Equal(t, is, strings.Contains(string(text), "\n"+name+" = "), name)
	}
	for name := range staticDriver {
		assert.True(t, used[name], name)
	}
}
