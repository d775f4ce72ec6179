package migration

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMattersKnowsEveryFileThatIsLookedFor finds the names of files in the package's own source.
func TestMattersKnowsEveryFileThatIsLookedFor(t *testing.T) {
	name := regexp.MustCompile(`^[\w/]+\.(json|sum|conf|toml|sql)$`)
	pkgs, err := parser.ParseDir(token.NewFileSet(), ".", func(f fs.FileInfo) bool { return !strings.HasSuffix(f.Name(), "_test.go") }, 0)
	require.NoError(t, err)
	found := 0
	ast.Inspect(pkgs["migration"], func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if text, _ := strconv.Unquote(lit.Value); name.MatchString(text) {
				found++
				assert.True(t, Matters(path.Base(text)), text)
			}
		}
		return true
	})
	assert.Greater(t, found, len(marks))
	assert.False(t, Matters("README.md"))
	assert.False(t, Matters(".sql"))
}
