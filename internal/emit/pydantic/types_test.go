package pydantic

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/templates"
)

func TestEveryKindHasOneRow(t *testing.T) {
	assert.Len(t, rows, len(rowOf), "no kind has two rows")
	for _, k := range model.Kinds {
		r, ok := rowOf[k]
		assert.True(t, ok, k)
		for _, name := range regexp.MustCompile(`[A-Za-z_]\w*`).FindAllString(r.code, -1) {
			assert.True(t, r.from[name] != "" || name == "None", "%s: where does %s come from?", k, name)
		}
	}
	assert.Len(t, rows, len(model.Kinds), "no row is for what is no kind")
}

// TestOurTypesAreThere: what the table takes from the package's own module is defined in it.
func TestOurTypesAreThere(t *testing.T) {
	text, err := templates.FS.ReadFile("pydantic/types.tmpl")
	assert.NoError(t, err)
	for _, r := range rows {
		for _, from := range []imports{r.from, r.limitFrom} {
			for name, module := range from {
				if module == types {
					defined := strings.Contains(string(text), "\n"+name+" = ") || strings.Contains(string(text), "\nclass "+name+"(")
					assert.True(t, defined, name)
				}
			}
		}
	}
}
