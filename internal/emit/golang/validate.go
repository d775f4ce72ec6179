package golang

import (
	"path"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/model"
)

// generator writes the methods of one package.
type generator struct {
	pkg   *sqlcPackage
	names exportedNames
	// used are the runtime's names that the methods need, and imports the paths of packages.
	used    map[string]bool
	imports map[string]bool
	// constants are the decimals that values are compared with, in order of first use.
	constants []string
	// patterns are the regular expressions that values are matched with, in order of first use.
	patterns []string
	done     map[string]bool
	methods  []string
}

func newGenerator(pkg *sqlcPackage) *generator {
	return &generator{pkg: pkg, names: pkg.exportedNames(), used: map[string]bool{}, imports: map[string]bool{}, done: map[string]bool{}}
}

// validators makes a Validate method for every struct of a relation's row and of a query's row and parameters. All of
// them have one, so that a caller need not know which have rules.
func validators(m *model.Model, pkg *sqlcPackage) *generator {
	g := newGenerator(pkg)
	g.each(m, g.object)
	if len(g.constants)+len(g.patterns) > 0 {
		g.methods = append(g.methods, g.constantDecls())
	}
	return g
}

// each calls a function for every struct of a relation's row and of a query's row and parameters.
func (g *generator) each(m *model.Model, do func(name string, o *model.Object)) {
	for _, r := range m.Relations {
		do(r.Row.Name, r.Row)
	}
	for _, q := range m.Queries {
		if q.Params != nil {
			do(g.pkg.takes[q.Name], q.Params)
		}
		if q.Row != nil { // a relation's own row is done by now
			name, ok := g.pkg.gives[q.Name]
			if !ok {
				name = q.Row.Name // a batch returns its rows to a callback
			}
			do(name, q.Row)
		}
	}
}

// object adds the method of one struct, unless sqlc made no such struct or it has one already.
func (g *generator) object(name string, o *model.Object) {
	fields, ok := g.pkg.structs[name]
	if !ok || g.done[name] || g.pkg.declared[name+".Validate"] || !g.pkg.canValidate(name) {
		return
	}
	g.done[name] = true
	var body, skipped []string
	pairs := match(o.Fields, fields)
	for _, pair := range pairs {
		code, tested := g.field(pair)
		body = append(body, code...)
		if !tested {
			skipped = append(skipped, pair.goName)
		}
	}
	checks, left := g.rules(o, pairs)
	body = append(body, checks...)
	g.used["Violation"] = true
	g.methods = append(g.methods, g.doc(name, body, skipped, left)+"\n"+g.method(name, body))
}

func (g *generator) doc(name string, body, skipped, left []string) string {
	text := comment("Validate reports every value that PostgreSQL would refuse, as a *" + g.names.validationError + ".")
	if len(body) == 0 {
		text = comment("Validate returns nil: no value of a " + name + " is refused.")
	}
	if len(skipped) > 0 {
		text += "\n" + comment("The rules of these fields are left to PostgreSQL, since their Go types are not sqlc's own: "+
			strings.Join(skipped, ", ")+".")
	}
	if len(left) > 0 {
		text += "\n" + docComment("These constraints are left to PostgreSQL, since they read fields whose Go types are not read here: "+
			strings.Join(left, ", ")+".")
	}
	return text
}

func (g *generator) method(name string, body []string) string {
	if len(body) == 0 {
		return block("func ("+name+") Validate() error", "return nil")
	}
	body = slices.Concat([]string{"var found []" + g.names.violation}, body, []string{"return " + g.call("trefoilInvalid", lit(name), "found")})
	return block("func (v "+name+") Validate() error", body...)
}

// call calls a function of the runtime.
func (g *generator) call(name string, args ...string) string {
	g.used[name] = true
	return apply(name, args...)
}

// from is a name of another package.
func (g *generator) from(importPath, name string) string {
	g.imports[importPath] = true
	return path.Base(importPath) + "." + name
}

// pair is a field of the model with the struct's field that holds it.
type pair struct {
	*model.Field
	goName, goType string
	// local is the variable that holds the value, "" for the struct's field.
	local string
}

// match pairs fields with the struct's: by place, which is how sqlc writes them, or by name where the numbers differ.
func match(fields []model.Field, in []structField) []pair {
	pairs := make([]pair, 0, len(fields))
	if len(fields) == len(in) {
		for i, s := range in {
			pairs = append(pairs, pair{Field: &fields[i], goName: s.name, goType: s.typ})
		}
		return pairs
	}
	for i := range fields {
		for _, s := range in {
			if plain(s.name) == plain(fields[i].Name) {
				pairs = append(pairs, pair{Field: &fields[i], goName: s.name, goType: s.typ})
				break
			}
		}
	}
	return pairs
}

func plain(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", "")) }

// constantDecls declares the decimals that values are compared with, and the patterns.
func (g *generator) constantDecls() string {
	var names, values []string
	for i, text := range g.constants {
		names, values = append(names, constantName(i)), append(values, g.call("trefoilConstant", lit(text)))
	}
	for i, text := range g.patterns {
		names, values = append(names, patternName(i)), append(values, apply(g.from("regexp", "MustCompile"), lit(text)))
	}
	return variables(names, values)
}
