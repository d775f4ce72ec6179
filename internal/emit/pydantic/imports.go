package pydantic

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// file writes the expressions of one module and collects what they import. A name that the module uses itself, as a
// class or as a field, would hide an import of the same name: such an import gets another name.
type file struct {
	module string
	// driver tells that values come from psycopg and go to it; written that the class at hand is sent.
	driver, written bool
	taken           map[string]bool
	// names maps an import to its name here, by module and name.
	names map[[2]string]string
	// functions are the module's own, and conditions their names by what they do.
	functions  []function
	conditions map[string]string
}

// start begins a file whose own names are taken. The one before it, whose maps it uses, has to be done.
func (e *emitter) start(module string, own []string) *file {
	f := e.file
	if f == nil {
		f = &file{taken: map[string]bool{}, names: map[[2]string]string{}, conditions: map[string]string{}}
		e.file = f
	}
	clear(f.taken)
	clear(f.names)
	clear(f.conditions)
	*f = file{module: module, driver: e.driver, taken: f.taken, names: f.names, conditions: f.conditions}
	for _, name := range own {
		f.taken[name] = true
	}
	return f
}

// use imports a name and returns what it is called here. No field's name starts with an underscore, since Pydantic
// would make it private.
func (f *file) use(module, name string) string { return f.useAs(module, name, name) }

// useAs imports a name under another one.
func (f *file) useAs(module, name, as string) string {
	key := [2]string{module, name}
	if local, known := f.names[key]; known {
		return local
	}
	f.names[key] = f.free(as)
	return f.names[key]
}

// free takes a name that the module does not have yet: the one that is wanted, or one with an underscore before it.
func (f *file) free(name string) string {
	local, bare := name, strings.TrimPrefix(name, "_")
	for i := 1; f.taken[local]; i++ {
		local = "_" + bare
		if i > 1 {
			local = fmt.Sprintf("_%s_%d", bare, i)
		}
	}
	f.taken[local] = true
	return local
}

// code imports the names in an expression and writes it with what they are called here.
func (f *file) code(expr string, from imports) string {
	if module, ok := from[expr]; ok {
		return f.use(module, expr)
	}
	var b strings.Builder
	for len(expr) > 0 {
		n := identifier(expr)
		if module, ok := from[expr[:n]]; ok {
			b.WriteString(f.use(module, expr[:n]))
		} else {
			n = max(n, 1)
			b.WriteString(expr[:n])
		}
		expr = expr[n:]
	}
	return b.String()
}

// identifier is how many bytes of an identifier a text begins with.
func identifier(text string) int {
	n := 0
	for n < len(text) && (text[n] == '_' || 'a' <= text[n]|0x20 && text[n]|0x20 <= 'z' || n > 0 && '0' <= text[n] && text[n] <= '9') {
		n++
	}
	return n
}

func (f *file) base(name string) string     { return f.use(bases, name) }
func (f *file) pydantic(name string) string { return f.use(pyd, name) }
func (f *file) builtin(name string) string  { return f.use(py, name) }

// importBlock is the import lines of a module in isort's groups.
type importBlock struct{ Standard, Others, Local []string }

var standard = map[string]bool{py: true, "datetime": true, "decimal": true, "enum": true, typing: true}

// renamed is an import's name as its line has it.
func (f *file) renamed(key [2]string) string {
	if local := f.use(key[0], key[1]); local != key[1] {
		return key[1] + " as " + local
	}
	return key[1]
}

// imports writes the lines for the top of the file, without those that stand elsewhere.
func (f *file) imports(elsewhere map[[2]string]bool) importBlock {
	byModule := map[string][]string{}
	for key, local := range f.names {
		if elsewhere[key] || (key[0] == py && local == key[1]) {
			continue
		}
		byModule[key[0]] = append(byModule[key[0]], f.renamed(key))
	}
	var block importBlock
	for _, module := range slices.Sorted(maps.Keys(byModule)) {
		slices.Sort(byModule[module])
		line := importLine("", module, byModule[module])
		switch {
		case standard[module]:
			block.Standard = append(block.Standard, line)
		case strings.HasPrefix(module, "."):
			block.Local = append(block.Local, line)
		default:
			block.Others = append(block.Others, line)
		}
	}
	return block
}

// width is the longest line that is not broken, in bytes.
const width = 120

// importLine imports names of a module, one a line where they do not fit.
func importLine(indent, module string, names []string) string {
	start := indent + "from " + module + " import "
	if line := start + strings.Join(names, ", "); len(line) <= width {
		return line
	}
	return start + "(\n" + lines(words(names), indent+"    ") + indent + ")"
}
