package catalog

import (
	"cmp"
	"slices"
)

// freeze writes the state out as values. Temporary objects are not there after the session.
func (r *replay) freeze() *Catalog {
	c := &Catalog{}
	for _, s := range r.db.sortedSchemas() {
		if s.builtin || s.temporary {
			continue
		}
		c.Schemas = append(c.Schemas, Schema{Name: s.name, Comment: s.comment, Span: s.span})
		r.freezeTypes(c, s)
		for _, f := range s.functions {
			for _, fn := range f {
				if fn.extension != nil {
					continue
				}
				c.Functions = append(c.Functions, freezeFunction(fn))
			}
		}
		for _, rel := range s.relations {
			if rel.extension == nil {
				r.freezeRelation(c, rel)
			}
		}
	}
	for _, e := range r.db.extensions {
		c.Extensions = append(c.Extensions, Extension{Name: e.name, Schema: e.target.name, Span: e.span})
	}
	c.sort()
	return c
}

// sort puts everything in order of qualified name, functions of one name in that of their arguments.
func (c *Catalog) sort() {
	slices.SortFunc(c.Extensions, func(a, b Extension) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortFunc(c.Enums, func(a, b Enum) int { return compareNames(a.Name, b.Name) })
	slices.SortFunc(c.Domains, func(a, b Domain) int { return compareNames(a.Name, b.Name) })
	slices.SortFunc(c.Composites, func(a, b Composite) int { return compareNames(a.Name, b.Name) })
	slices.SortFunc(c.Ranges, func(a, b Range) int { return compareNames(a.Name, b.Name) })
	slices.SortFunc(c.Relations, func(a, b Relation) int { return compareNames(a.Name, b.Name) })
	slices.SortFunc(c.Sequences, func(a, b Sequence) int { return compareNames(a.Name, b.Name) })
	slices.SortFunc(c.Functions, func(a, b Function) int {
		return cmp.Or(compareNames(a.Name, b.Name), cmp.Compare(argumentText(a), argumentText(b)))
	})
}

func compareNames(a, b Name) int {
	return cmp.Or(cmp.Compare(a.Schema, b.Schema), cmp.Compare(a.Name, b.Name))
}

func argumentText(f Function) string {
	text := ""
	for _, a := range f.Args {
		text += FormatType(a.Type) + ","
	}
	return text
}

func (h *header) qualified() Name { return Name{h.schema.name, h.name} }

func (r *replay) freezeTypes(c *Catalog, s *schema) {
	for _, t := range s.types {
		if t.extension != nil {
			continue
		}
		switch t.kind {
		case EnumType:
			c.Enums = append(c.Enums, Enum{t.qualified(), t.labels, t.comment, t.span})
		case DomainType:
			d := Domain{
				Name: t.qualified(), Type: t.base.freeze(), NotNull: t.notNull, Default: r.freezeExpr(t.def, false),
				Collation: freezeCollation(t.collation), Comment: t.comment, Span: t.span,
			}
			for _, con := range sortedByName(t.checks) {
				d.Checks = append(d.Checks, r.freezeCheck(con))
			}
			c.Domains = append(c.Domains, d)
		case CompositeType:
			if t.rel != nil && t.rel.kind == composite {
				c.Composites = append(c.Composites, Composite{t.qualified(), r.freezeColumns(t.rel), t.comment, t.span})
			}
		case RangeType:
			c.Ranges = append(c.Ranges, Range{t.qualified(), t.base.freeze(), t.other.qualified(), t.comment, t.span})
		}
	}
}

// relationKinds are the kinds that the catalog lists as relations.
var relationKinds = map[relkind]RelationKind{
	ordinary: Table, partitioned: PartitionedTable, plainView: View, matView: MaterializedView, foreign: ForeignTable,
}

func (r *replay) freezeRelation(c *Catalog, rel *relation) {
	if rel.kind == sequenceRel {
		s := Sequence{Name: rel.qualified(), Type: rel.sequence.typ.freeze(), Span: rel.span}
		if o := rel.sequence.owner; o != nil {
			s.OwnedBy = &ColumnName{o.rel.qualified(), o.name}
		}
		c.Sequences = append(c.Sequences, s)
		return
	}
	kind, ok := relationKinds[rel.kind]
	if !ok {
		return
	}
	out := Relation{
		Name: rel.qualified(), Kind: kind, Comment: rel.comment, Columns: r.freezeColumns(rel),
		RowSecurity: rel.rowSecurity, ForceRowSecurity: rel.forceRow, Span: rel.span,
	}
	r.freezeConstraints(&out, rel)
	for _, idx := range rel.indexes {
		if idx.index.constraint == nil {
			out.Indexes = append(out.Indexes, r.freezeIndex(idx))
		}
	}
	slices.SortFunc(out.Indexes, func(a, b Index) int { return cmp.Compare(a.Name, b.Name) })
	for _, p := range rel.policies {
		out.Policies = append(out.Policies, Policy{
			Name: p.name, Command: p.command, Permissive: p.permissive, Roles: p.roles,
			Using: r.freezeExpr(p.using, false), WithCheck: r.freezeExpr(p.check, false), Comment: p.comment, Span: p.span,
		})
	}
	slices.SortFunc(out.Policies, func(a, b Policy) int { return cmp.Compare(a.Name, b.Name) })
	for _, p := range rel.parents {
		name := p.qualified()
		if rel.isPartition {
			out.PartitionOf = &name
		} else {
			out.Inherits = append(out.Inherits, name)
		}
	}
	if rel.query != nil {
		rel.query.writeNames(defaultPath)
		out.Definition = canonicalStatement(rel.query.node)
	}
	c.Relations = append(c.Relations, out)
}

func (r *replay) freezeColumns(rel *relation) []Column {
	var out []Column
	for _, c := range rel.columns {
		col := Column{
			Name: c.name, Type: c.typ.freeze(), NotNull: c.notNull, Identity: c.identity, Generated: c.generated,
			Collation: freezeCollation(c.collation), Comment: c.comment, Span: c.span,
		}
		if c.def != nil {
			col.Default = r.freezeExpr(c.def.expr, false)
		}
		out = append(out, col)
	}
	return out
}

// freezeConstraints sorts constraints into their kinds, each in order of name, which is that in which PostgreSQL
// checks them.
func (r *replay) freezeConstraints(out *Relation, rel *relation) {
	for _, con := range sortedByName(rel.constraints) {
		switch con.kind {
		case primaryConstraint:
			key := freezeKey(con)
			out.PrimaryKey = &key
		case uniqueConstraint:
			out.Uniques = append(out.Uniques, freezeKey(con))
		case checkConstraint:
			out.Checks = append(out.Checks, r.freezeCheck(con))
		case foreignConstraint:
			out.ForeignKeys = append(out.ForeignKeys, ForeignKey{
				Name: con.name, Columns: columnNames(con.columns), References: con.ref.qualified(),
				RefColumns: columnNames(con.refCols), OnUpdate: con.onUpdate, OnDelete: con.onDelete,
				Deferrable: con.deferable, Deferred: con.deferred, NotValid: con.notValid, Comment: con.comment, Span: con.span,
			})
		}
	}
}

func freezeKey(con *constraint) Key {
	return Key{
		Name: con.name, Columns: columnNames(con.columns), NullsNotDistinct: con.index.index.nullsEqual,
		Deferrable: con.deferable, Deferred: con.deferred, Comment: con.comment, Span: con.span,
	}
}

func (r *replay) freezeCheck(con *constraint) Check {
	return Check{
		Name: con.name, Expression: *r.freezeExpr(con.expr, con.domain != nil), NotValid: con.notValid,
		NoInherit: con.noInherit, Comment: con.comment, Span: con.span,
	}
}

func (r *replay) freezeIndex(idx *relation) Index {
	i := idx.index
	out := Index{Name: idx.name, Method: i.method, Unique: i.unique, Where: r.freezeExpr(i.where, false), Comment: idx.comment, Span: idx.span}
	for _, k := range i.keys {
		if k.col != nil {
			out.Columns = append(out.Columns, k.col.name)
			continue
		}
		out.Columns = append(out.Columns, r.freezeExpr(k.expr, false).SQL)
	}
	if len(i.include) > 0 {
		out.Include = columnNames(i.include)
	}
	return out
}

func freezeFunction(f *function) Function {
	out := Function{
		Name: f.qualified(), Kind: f.kind, SetOf: f.setOf, Strict: f.strict, Comment: f.comment, Span: f.span,
	}
	if f.kind != "procedure" {
		out.Returns = f.returns.freeze()
	}
	for _, a := range f.args {
		out.Args = append(out.Args, Argument{Name: a.name, Mode: a.mode, Type: a.typ.freeze(), HasDefault: a.def != nil})
	}
	return out
}
