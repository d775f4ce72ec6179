// Package architecture keeps the arrows between the packages.
package architecture

import (
	"encoding/json"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/trefoil-sql/trefoil/"

// arrows says which of our own packages each package may import. Data goes one way: config and migration to catalog, to
// model, to emit, to output. Every package may import internal/source and internal/suggest, which import nothing of ours.
var arrows = map[string][]string{
	"cmd/trefoil":         {"internal/cache", "internal/collector", "internal/generate", "internal/output", "internal/setup", "internal/watch"},
	"internal/breaking":   {"internal/constraint", "internal/model"},
	"internal/cache":      {},
	"internal/catalog":    {},
	"internal/collector":  {},
	"internal/config":     {},
	"internal/constraint": {"internal/catalog", "internal/naming"},
	"internal/emit/golang": {
		"internal/constraint", "internal/model", "internal/output", "internal/emit/golang/gofile", "internal/emit/golang/runtime",
	},
	"internal/emit/golang/correct": {"internal/catalog", "internal/emit/golang/gofile", "internal/query", "internal/sqlc"},
	"internal/emit/golang/gofile":  {},
	"internal/emit/golang/runtime": {},
	"internal/emit/pydantic":       {"internal/constraint", "internal/model", "internal/output", "templates"},
	"internal/emit/zod":            {"internal/constraint", "internal/model", "internal/output", "templates"},
	"internal/explain":             {"internal/catalog", "internal/constraint", "internal/naming"},
	"internal/generate": {
		"internal/breaking", "internal/cache", "internal/catalog", "internal/config", "internal/emit/golang",
		"internal/emit/golang/correct", "internal/emit/golang/gofile", "internal/emit/pydantic", "internal/emit/zod", "internal/explain", "internal/migration",
		"internal/model", "internal/naming", "internal/output", "internal/query", "internal/revision", "internal/server",
		"internal/sqlc", "internal/verify", "internal/watch",
	},
	"internal/migration": {},
	"internal/model": {
		"internal/catalog", "internal/config", "internal/constraint", "internal/naming", "internal/query", "internal/sqlc",
	},
	"internal/naming":      {},
	"internal/nullability": {"internal/catalog"},
	"internal/output":      {},
	"internal/query":       {"internal/catalog", "internal/nullability", "internal/sqlc"},
	"internal/server":      {"internal/catalog"},
	"internal/revision":    {},
	"internal/setup":       {"internal/config", "internal/migration"},
	"internal/source":      {},
	"internal/sqlc":        {"internal/catalog", "internal/config"},
	"internal/suggest":     {},
	"internal/verify":      {"internal/catalog", "internal/server"},
	"internal/watch":       {},
	"templates":            {},
}

// toolsAndTests are packages that no stage imports.
var toolsAndTests = []string{"gen/", "test/", "internal/pgtest", "internal/catalog/catalogtest", "internal/constraint/constrainttest", "internal/config/cmd/"}

var everywhere = []string{"internal/source", "internal/suggest"}

// only are the packages of others that belong to one of ours.
var only = map[string]string{
	"github.com/jackc/pgx/v5":             "internal/server",
	"github.com/pganalyze/pg_query_go/v5": "internal/catalog",
	"github.com/sqlc-dev/sqlc/pkg/cli":    "internal/sqlc",
}

type listed struct {
	ImportPath string
	Imports    []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	require.NoError(t, err)
	var list []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); err == io.EOF {
			return list
		} else {
			require.NoError(t, err)
		}
		list = append(list, p)
	}
}

func isToolOrTest(name string) bool {
	return slices.ContainsFunc(toolsAndTests, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}

func TestArrows(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, module)
		seen[name] = true
		if isToolOrTest(name) {
			continue
		}
		allowed, known := arrows[name]
		assert.True(t, known, "%s has no row in the table of arrows", name)
		for _, imported := range p.Imports {
			if owner, ok := only[imported]; ok {
				assert.Equal(t, owner, name, "%s belongs to %s alone", imported, owner)
			}
			ours, ok := strings.CutPrefix(imported, module)
			if !ok || name != "internal/source" && slices.Contains(everywhere, ours) {
				continue
			}
			assert.Contains(t, allowed, ours, "%s may not import %s", name, ours)
		}
	}
	for name := range arrows {
		assert.True(t, seen[name], "%s stands in the table of arrows and does not exist", name)
	}
}
