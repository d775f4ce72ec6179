package catalog

import (
	"embed"
	"slices"
	"strings"
	"sync"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// What every database has from the start, as text: one object a line, words apart by blanks. builtin/queries.sql holds
// the questions to a server that the files are the answers to.
//
//go:embed builtin/*.txt
var builtinFiles embed.FS

func builtinLines(file string) [][]string {
	text, err := builtinFiles.ReadFile("builtin/" + file)
	if err != nil {
		panic(err) // the files are part of the program
	}
	var lines [][]string
	for line := range strings.Lines(string(text)) {
		if words := strings.Fields(line); len(words) > 0 {
			lines = append(lines, words)
		}
	}
	return lines
}

// builtinType is one of pg_catalog's types.
type builtinType struct {
	name      string
	kind      TypeKind
	category  byte
	preferred bool
	// subtype and multirange are those of a range.
	subtype, multirange string
}

var builtinKinds = map[string]TypeKind{"b": BaseType, "p": PseudoType, "r": RangeType, "m": MultirangeType}

var builtinTypes = sync.OnceValue(func() map[string]builtinType {
	out := map[string]builtinType{}
	for _, w := range builtinLines("types.txt") {
		t := builtinType{name: w[0], kind: builtinKinds[w[1]], category: w[2][0], preferred: w[3] == "1"}
		if len(w) > 5 {
			t.subtype, t.multirange = w[4], w[5]
		}
		out[w[0]] = t
	}
	return out
})

// addBuiltinTypes makes the objects that type references point at.
func addBuiltinTypes(db *database, in *schema) {
	for _, w := range builtinLines("types.txt") {
		t := &typ{header: header{name: w[0], schema: in}, kind: builtinKinds[w[1]]}
		db.identify(&t.header)
		in.types[t.name] = t
	}
	for _, b := range builtinTypes() {
		if r := in.types[b.name]; b.subtype != "" {
			r.base, r.other = typeRef{typ: in.types[b.subtype]}, in.types[b.multirange]
			r.other.other = r
		}
	}
	information := db.schemas["information_schema"]
	for name, base := range informationDomains {
		t := &typ{header: header{name: name, schema: information}, kind: DomainType, base: typeRef{typ: in.types[base.name], mods: base.mods}}
		information.types[name] = t
	}
}

// informationDomains are information_schema's own types.
var informationDomains = map[string]struct {
	name string
	mods []int32
}{
	"cardinal_number": {"int4", nil}, "character_data": {"varchar", nil}, "sql_identifier": {"name", nil},
	"time_stamp": {"timestamptz", []int32{2}}, "yes_or_no": {"varchar", []int32{3}},
}

// builtinRelations are the columns of pg_catalog's and information_schema's relations: kind, then names and types in
// turn, by qualified name.
var builtinRelations = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	for _, w := range builtinLines("relations.txt") {
		out[w[0]] = w[1:]
	}
	return out
})

// builtinRelationNames are the relations of a system schema.
func builtinRelationNames(schemaName string) []string {
	var out []string
	for qualified := range builtinRelations() {
		if name, ok := strings.CutPrefix(qualified, schemaName+"."); ok {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// builtinRelation makes a system relation when it is first asked for.
func (db *database) builtinRelation(in *schema, name string) *relation {
	words, ok := builtinRelations()[in.name+"."+name]
	if !ok {
		return nil
	}
	rel := &relation{header: header{name: name, schema: in}, kind: relkind(words[0][0])}
	for i := 1; i+1 < len(words); i += 2 {
		c := &column{header: header{name: words[i]}, rel: rel, typ: db.builtinRef(words[i+1])}
		rel.columns = append(rel.columns, c)
	}
	db.addRowType(rel)
	in.relations[name] = rel
	return rel
}

// builtinRef is the type of a pg_type name, of which _name is an array.
func (db *database) builtinRef(name string) typeRef {
	if t, ok := db.schemas["pg_catalog"].types[name]; ok {
		return typeRef{typ: t}
	}
	if element, ok := strings.CutPrefix(name, "_"); ok {
		if t, ok := db.schemas["pg_catalog"].types[element]; ok {
			return typeRef{typ: t, array: true, dims: 1}
		}
	}
	if t, ok := db.schemas["information_schema"].types[name]; ok {
		return typeRef{typ: t}
	}
	return typeRef{}
}

// addRowType gives a relation the type of its rows.
func (db *database) addRowType(rel *relation) {
	t := &typ{header: header{name: rel.name, schema: rel.schema, span: rel.span, extension: rel.extension}, kind: CompositeType, rel: rel}
	db.identify(&t.header)
	rel.rowType = t
	rel.schema.types[t.name] = t
}

// addRelation puts a relation in its schema, with a row type where it has columns.
func (db *database) addRelation(rel *relation, span source.Span) {
	db.identify(&rel.header)
	rel.span = span
	rel.schema.relations[rel.name] = rel
	if rel.kind != indexKind && rel.kind != sequenceRel {
		db.addRowType(rel)
	}
}
