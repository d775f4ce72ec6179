package model

import (
	"slices"
	"unicode/utf8"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// declare makes the empty objects of all relations and composites first, so that a column can refer to any of them.
func (b *builder) declare() {
	for i := range b.Catalog.Relations {
		rel := &b.Catalog.Relations[i]
		if b.keep.relation(rel) {
			b.declareRelation(rel)
		}
	}
	for _, comp := range b.Catalog.Composites {
		if b.Language == naming.Go && !b.Written || !b.keep.typ(comp.Name) {
			continue
		}
		tags := b.tags(comp.Comment, comp.Span)
		if tags.omits("") {
			continue
		}
		o := b.object(Composite, b.names.composite(comp, tags), comp.Name)
		o.Doc, o.Module = tags.doc, compositeModule
		b.declareObject(o, comp.Span, "type "+comp.Name.String(), "options.trefoil.rename.tables")
		b.objectOf[comp.Name] = o
		b.unwanted[o] = !b.keep.unused(comp.Name, comp.Span)
		b.model.Composites = append(b.model.Composites, o)
	}
}

// declareRelation makes a relation's objects without their fields.
func (b *builder) declareRelation(rel *catalog.Relation) {
	tags := b.tags(rel.Comment, rel.Span)
	if tags.omits(Row) && b.Language != naming.Go { // the others are made of the row
		return
	}
	name := b.names.relation(rel, tags)
	r := &Relation{Source: rel.Name, Kind: rel.Kind, Doc: tags.doc, Module: b.names.module(rel)}
	const option = "options.trefoil.rename.tables"
	what := string(rel.Kind) + " " + rel.Name.String()
	add := func(v Variant) *Object {
		o := b.object(v, name, rel.Name)
		o.Doc, o.Module = tags.doc, r.Module
		of := what
		if v != Row {
			of = "the " + string(v) + " type of " + what
		}
		b.declareObject(o, rel.Span, of, option)
		return o
	}
	r.Row = add(Row)
	if b.keep.variant(Insert, rel) && !tags.omits(Insert) {
		r.Insert = add(Insert)
	}
	if b.keep.variant(Update, rel) && !tags.omits(Update) {
		r.Update = add(Update)
	}
	b.relationOf[rel.Name] = r
	b.objectOf[rel.Name] = r.Row
	b.model.Relations = append(b.model.Relations, r)
}

// object makes an object with the names that the target's templates give it.
func (b *builder) object(v Variant, s subject, src catalog.Name) *Object {
	typ, schema := b.names.templates(v)
	return &Object{Variant: v, Source: src, Name: b.names.expand(typ, s), Schema: b.names.expand(schema, s)}
}

// declareObject claims an object's names in the target's index.
func (b *builder) declareObject(o *Object, span source.Span, what, option string) {
	if b.Language == naming.Go && o.Variant != Row {
		return // sqlc's own, or none
	}
	b.declareName(o, o.Name, span, what, option)
	if b.Language == naming.TypeScript {
		b.declareName(o, o.Schema, span, "the schema of "+what, option)
	}
}

// relations fills the fields of every relation.
func (b *builder) relations() {
	for _, r := range b.model.Relations {
		rel := b.catalogRel[r.Source]
		facts := b.facts(rel)
		for _, o := range []*Object{r.Row, r.Insert, r.Update} {
			if o != nil {
				b.relationFields(rel, o, facts)
				b.objectRules(rel, o)
			}
		}
	}
}

// columnFact is what is known of a column before its variant is.
type columnFact struct {
	typ  Type
	tags tagged
	// rules are those to test. Of a value that is stored those hold that are valid; stored and written are both in the form
	// of fields, which share them.
	rules                     []factRule
	stored, written           []Rule
	storedTests, writtenTests []Test
	// notNull: the column has no null, by NOT NULL, by its domain or by a CHECK. unwritable: a CHECK that is NOT VALID
	// refuses a null that is written, though there may be some.
	notNull, unwritable bool
	// nullBreaks is the CHECK that refuses null where no NOT NULL does.
	nullBreaks string
}

// facts are what is known of a relation's columns, nil for those that the target does not have.
func (b *builder) facts(rel *catalog.Relation) []*columnFact {
	facts := make([]*columnFact, len(rel.Columns))
	for i := range rel.Columns {
		if col := &rel.Columns[i]; b.keep.column(rel, col.Name) {
			facts[i] = b.columnFact(rel, col)
		}
	}
	return facts
}

// columnFact works out a column's type and rules, once for all variants and queries. All objects have been declared.
func (b *builder) columnFact(rel *catalog.Relation, col *catalog.Column) *columnFact {
	if f, ok := b.columnFacts[col]; ok {
		return f
	}
	f := b.newColumnFact(rel, col)
	b.columnFacts[col] = f
	return f
}

func (b *builder) newColumnFact(rel *catalog.Relation, col *catalog.Column) *columnFact {
	f := &columnFact{tags: b.tags(col.Comment, col.Span)}
	resolved := b.resolve(col.Type, place{span: col.Span, rel: rel, column: col.Name, tags: f.tags})
	f.typ = resolved.typ
	own := b.ownRules(rel, col.Name)
	rules := slices.Concat(resolved.rules, own)
	if e, ok := b.listOf[catalog.ColumnName{Relation: rel.Name, Column: col.Name}]; ok && !resolved.custom {
		f.typ = EnumRef{Enum: e, Constraint: listName(own), Cut: cutOf(f.typ, e)}
	}
	never, unwritable := notNull(rules)
	f.notNull, f.unwritable = col.NotNull || resolved.notNull || never, unwritable
	if v, ok := b.viewColumn(rel, col.Name); ok {
		f.typ = withElements(f.typ, v.ElemNotNull)
	}
	if rel.IsView() { // an outer join may make a null of any value
		f.notNull = col.NotNull
	}
	if t, ok := b.viewShape(rel, col.Name); ok && !resolved.custom {
		f.typ = t
	}
	if !col.NotNull {
		f.nullBreaks = nullBreaks(rules)
	}
	f.rules = applying(f.typ, rules)
	f.stored, f.storedTests = split(f.rules, false)
	f.written, f.writtenTests = f.stored, f.storedTests
	if slices.ContainsFunc(f.rules, func(r factRule) bool { return r.notValid }) {
		f.written, f.writtenTests = split(f.rules, true)
	}
	for _, r := range rules {
		if j, ok := r.atom.(constraint.JSONType); ok && !r.notValid {
			f.typ = shaped(f.typ, j)
		}
	}
	return f
}

// cutOf is n of a varchar(n) that has a value of a list with n characters, otherwise 0.
func cutOf(t Type, e *Enum) int {
	s, ok := t.(Scalar)
	if !ok || s.Kind != Varchar || s.Length == 0 {
		return 0
	}
	for _, v := range e.Values {
		if utf8.RuneCountInString(v.Value) == s.Length {
			return s.Length
		}
	}
	return 0
}

// shaped narrows json to an object or array where a rule says that it is one.
func shaped(t Type, j constraint.JSONType) Type {
	s, ok := t.(Scalar)
	if !ok || len(j.Types) != 1 || (s.Kind != JSON && s.Kind != JSONB) {
		return t
	}
	if shape := j.Types[0]; shape == "object" || shape == "array" {
		return JSONOf{Binary: s.Kind == JSONB, Shape: shape}
	}
	return t
}

// relationFields makes the fields of one variant, in column order.
func (b *builder) relationFields(rel *catalog.Relation, o *Object, facts []*columnFact) {
	for i := range rel.Columns {
		col, fact := &rel.Columns[i], facts[i]
		if fact == nil || b.Language != naming.Go && fact.tags.omits(o.Variant) || b.keep.hides(o.Variant, rel, col.Name) || absent(o.Variant, col) {
			continue
		}
		if o.Fields == nil {
			o.Fields = make([]Field, 0, len(rel.Columns))
		}
		o.Fields = append(o.Fields, b.columnField(rel, col, o.Variant, fact))
	}
	b.names.fields(o)
}

// absent: the database computes the column and refuses a value for it.
func absent(v Variant, col *catalog.Column) bool {
	if v != Insert && v != Update {
		return false
	}
	return col.Generated != catalog.NotGenerated || col.Identity == catalog.IdentityAlways
}

func (b *builder) columnField(rel *catalog.Relation, col *catalog.Column, v Variant, fact *columnFact) Field {
	f := Field{
		Column:     col.Name,
		Type:       fact.typ,
		Nullable:   !fact.notNull && (v == Row || !fact.unwritable),
		NullBreaks: fact.nullBreaks,
		Doc:        fact.tags.doc,
	}
	f.Name, f.Wire = b.names.column(rel, col.Name, v, fact.tags)
	switch v {
	case Insert:
		def := b.defaultOf(col)
		f.Optional = f.Nullable || def != nil || col.Identity == catalog.IdentityByDefault
		f.Default = constantDefault(def, constraint.Base(b.Catalog, col.Type), f.Type)
	case Update:
		f.Optional = true
	}
	f.Rules, f.Tests = fact.written, fact.writtenTests
	if v == Row {
		f.Rules, f.Tests = fact.stored, fact.storedTests
	}
	return f
}

// defaultOf is the column's default, or its domain's. DEFAULT NULL is none, and hides the domain's.
func (b *builder) defaultOf(col *catalog.Column) *catalog.Expression {
	def := col.Default
	for t := col.Type; def == nil && t.Kind == catalog.DomainType && !t.Array; {
		d, ok := b.domainOf[t.Name]
		if !ok {
			return nil
		}
		def, t = d.Default, d.Type
	}
	if def != nil && isNull(def.Tree) {
		return nil
	}
	return def
}

// composites fills the fields of every composite. An attribute of a composite is never NOT NULL.
func (b *builder) composites() {
	for i := range b.Catalog.Composites {
		comp := &b.Catalog.Composites[i]
		o, ok := b.objectOf[comp.Name]
		if !ok {
			continue
		}
		for j := range comp.Attributes {
			attr := &comp.Attributes[j]
			tags := b.tags(attr.Comment, attr.Span)
			resolved := b.resolve(attr.Type, place{span: attr.Span, column: attr.Name, tags: tags})
			f := Field{Column: attr.Name, Type: resolved.typ, Nullable: !resolved.notNull, Doc: tags.doc}
			f.Rules, f.Tests = split(applying(f.Type, resolved.rules), false)
			f.Name, f.Wire = b.names.key(attr.Name, orDefault(tags.name, attr.Name), Composite)
			o.Fields = append(o.Fields, f)
		}
		b.names.fields(o)
	}
}
