package sqlc

import (
	"cmp"
	"go/ast"
	"go/token"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
)

// imports are the import declarations of a file of sqlc's: the standard library's, and all others. sqlc writes them in this
// order, each list in the order of the paths.
type imports struct{ std, others map[importSpec]bool }

// importSpec is one, as it is written.
type importSpec struct{ path, text string }

func (s importSpec) compare(other importSpec) int {
	return cmp.Or(cmp.Compare(s.path, other.path), cmp.Compare(s.text, other.text))
}

func newImports() imports { return imports{std: map[importSpec]bool{}, others: map[importSpec]bool{}} }

// importsOf are those of a file, as the text at offsets has them.
func importsOf(file *ast.File, text []byte, at func(token.Pos) int) (imports, error) {
	i := newImports()
	for _, spec := range file.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return i, err
		}
		list := i.std
		if strings.Contains(p, ".") {
			list = i.others
		}
		list[importSpec{p, string(text[at(spec.Pos()):at(spec.End())])}] = true
	}
	return i, nil
}

func (i imports) add(more imports) {
	maps.Copy(i.std, more.std)
	maps.Copy(i.others, more.others)
}

// packages are the last parts of all paths: sqlc renames a parameter that is called like one.
func (i imports) packages() map[string]bool {
	names := map[string]bool{}
	for _, list := range []map[importSpec]bool{i.std, i.others} {
		for spec := range list {
			names[path.Base(spec.path)] = true
		}
	}
	return names
}

// text is the declaration, "" where there is nothing to import.
func (i imports) text() string {
	var lists []string
	for _, list := range []map[importSpec]bool{i.std, i.others} {
		var b strings.Builder
		for _, spec := range slices.SortedFunc(maps.Keys(list), importSpec.compare) {
			b.WriteString("\t" + spec.text + "\n")
		}
		if b.Len() > 0 {
			lists = append(lists, b.String())
		}
	}
	if len(lists) == 0 {
		return ""
	}
	return "import (\n" + strings.Join(lists, "\n") + ")"
}
