package model

import (
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/query"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// Input is what a model is built from.
type Input struct {
	Config  *config.Config
	Entry   config.SQL
	Catalog *catalog.Catalog
	// Prelude are the files of options.trefoil.prelude: what they make is there, but no target has it unless included.
	Prelude map[*source.File]bool
	// Checks are those of the catalog, compiled; nil to compile them for this model alone.
	Checks *Checks
	// Lists are ValueLists of the catalog, with the columns of views that have their values.
	Lists   []ValueList
	Queries []query.Query
	// Views are what is known of the columns of views.
	Views []query.View
	// Language is the target's; Options are its options, zero for Go.
	Language naming.Language
	Options  config.Options
	// Written asks for insert and update objects and composites in Go too. sqlc makes no structs of them: they say what the
	// database takes.
	Written bool
}

// Build decides everything about one target: what there is, what it is called, what may be null or left out, and which
// rules are enforced. The error is a source.List.
func Build(in Input) (*Model, source.List, error) {
	b := newBuilder(in)
	b.unknownNames()
	b.enums()
	b.declare()
	b.placeEnums()
	b.relations()
	b.composites()
	b.queries()
	b.nameNested()
	b.plainSchemas()
	b.prune()
	b.collisions()
	b.diags.Sort()
	return b.model, b.diags, b.diags.Err()
}

// builder holds the model under construction and the look-ups over the catalog.
type builder struct {
	Input
	model *Model
	diags source.List
	names namer
	keep  filter

	enumOf     map[catalog.Name]*Enum       // by enum type or domain
	listOf     map[catalog.ColumnName]*Enum // by column whose CHECK lists values
	relationOf map[catalog.Name]*Relation   // emitted relations
	objectOf   map[catalog.Name]*Object     // emitted composites and relations' rows, by type name
	catalogRel map[catalog.Name]*catalog.Relation
	domainOf   map[catalog.Name]*catalog.Domain
	rangeOf    map[catalog.Name]*catalog.Range
	declared   []declaration
	// columnFacts are those of the columns that were asked for.
	columnFacts map[*catalog.Column]*columnFact
	// compiled and domainRules keep the CHECKs of relations and domains.
	compiled    map[*catalog.Relation]tableRules
	domainRules map[catalog.Name][]factRule
	// viewColumns are the columns of Views, and viewJSON the types of those that are JSON of a known shape.
	viewColumns map[catalog.ColumnName]*query.Column
	viewJSON    map[catalog.ColumnName]Type
	// nested are the objects in JSON, which are named last.
	nested []nested
	// unwanted are the enums and composites that are dropped unless something refers to them.
	unwanted map[any]bool
}

func newBuilder(in Input) *builder {
	b := &builder{
		Input:      in,
		model:      &Model{},
		enumOf:     map[catalog.Name]*Enum{},
		listOf:     map[catalog.ColumnName]*Enum{},
		relationOf: map[catalog.Name]*Relation{},
		objectOf:   map[catalog.Name]*Object{},
		catalogRel: map[catalog.Name]*catalog.Relation{},
		domainOf:   map[catalog.Name]*catalog.Domain{},
		rangeOf:    map[catalog.Name]*catalog.Range{},
		unwanted:   map[any]bool{}, columnFacts: map[*catalog.Column]*columnFact{},
		compiled: map[*catalog.Relation]tableRules{}, domainRules: map[catalog.Name][]factRule{},
		viewColumns: map[catalog.ColumnName]*query.Column{}, viewJSON: map[catalog.ColumnName]Type{},
	}
	if b.Checks == nil {
		b.Checks = CompileChecks(in.Catalog)
	}
	for i := range in.Catalog.Relations {
		b.catalogRel[in.Catalog.Relations[i].Name] = &in.Catalog.Relations[i]
	}
	for i := range in.Catalog.Domains {
		b.domainOf[in.Catalog.Domains[i].Name] = &in.Catalog.Domains[i]
	}
	for i := range in.Catalog.Ranges {
		r := &in.Catalog.Ranges[i]
		b.rangeOf[r.Name], b.rangeOf[r.Multirange] = r, r
	}
	for i := range in.Views {
		v := &in.Views[i]
		for j, c := range b.catalogRel[v.Name].Columns {
			b.viewColumns[catalog.ColumnName{Relation: v.Name, Column: c.Name}] = &v.Columns[j]
		}
	}
	b.declared = make([]declaration, 0, b.expectedNames())
	b.names = newNamer(in)
	b.keep = newFilter(in)
	return b
}

// enums makes an Enum of every value list; lists that were given one name are one enum if their values are the same.
func (b *builder) enums() {
	byName := map[string]*Enum{}
	firstOf := map[string]ValueList{}
	for _, l := range b.Lists {
		if !b.keepsList(l) {
			continue
		}
		tags := b.tags(l.Comment, l.Span)
		if l.Type.Name != "" && tags.omits("") {
			continue
		}
		name := b.names.enum(l, tags)
		e, ok := byName[name]
		if ok && !slices.Equal(sorted(firstOf[name].Values), sorted(l.Values)) {
			b.collision(name, l.Span, l.Origin(), firstOf[name].Span, firstOf[name].Origin(), "options.trefoil.rename.enums")
			continue
		}
		if !ok {
			e = b.newEnum(name, l, tags.doc)
			byName[name], firstOf[name] = e, l
			b.model.Enums = append(b.model.Enums, e)
			b.unwanted[e] = true
		}
		if l.Type.Name != "" && b.keep.unused(l.Type, l.Span) {
			b.unwanted[e] = false
		}
		b.assign(l, e)
	}
}

// keepsList drops the lists of relations that the target does not have.
func (b *builder) keepsList(l ValueList) bool {
	if len(l.Columns) == 0 {
		return b.keep.typ(l.Type)
	}
	return slices.ContainsFunc(l.Columns, func(c catalog.ColumnName) bool {
		rel := b.catalogRel[c.Relation]
		return b.keep.relation(rel) && b.keep.column(rel, c.Column)
	})
}

func (b *builder) assign(l ValueList, e *Enum) {
	if l.Type != (catalog.Name{}) {
		b.enumOf[l.Type] = e
	}
	for _, c := range l.Columns {
		b.listOf[c] = e
	}
}

// newEnum makes the enum of a list and claims its names.
func (b *builder) newEnum(name string, l ValueList, doc string) *Enum {
	n, origin := b.Options.Naming, l.Origin()
	e := &Enum{
		Name:       b.names.expand(orDefault(n.Enum, "{name}"), subject{name: name}),
		List:       b.names.list(name),
		Schema:     b.names.expand(orDefault(n.EnumSchema, "{name}Schema"), subject{name: name}),
		Doc:        doc,
		Origin:     origin,
		Constraint: l.Constraint,
		SQLName:    l.SQLName,
		Module:     enumModule,
		File:       b.names.enumFile(name),
		Values:     b.names.values(l),
	}
	const option = "options.trefoil.rename.enums"
	b.declareName(e, e.Name, l.Span, origin, option)
	if b.Language == naming.TypeScript {
		b.declareName(e, e.List, l.Span, "the values of "+origin, option)
		b.declareName(e, e.Schema, l.Span, "the schema of "+origin, option)
	}
	return e
}

// report adds a diagnostic, once: a comment or a column can be looked at for several objects.
func (b *builder) report(d source.Diagnostic) {
	same := func(o source.Diagnostic) bool { return o.Code == d.Code && o.Span == d.Span && o.Message == d.Message }
	if !slices.ContainsFunc(b.diags, same) {
		b.diags = append(b.diags, d)
	}
}

func sorted(s []string) []string { return slices.Sorted(slices.Values(s)) }
