package catalog

import (
	"slices"
)

// dependency is how an object hangs on another, in pg_depend's terms.
type dependency int

const (
	// normal: RESTRICT refuses to drop what is depended on.
	normal dependency = iota
	// auto: the object goes silently with what it depends on.
	auto
	// internal: likewise, and it cannot be dropped alone.
	internal
)

// edge says that from depends on to.
type edge struct {
	from, to object
	kind     dependency
}

// eachObject visits all objects that the migrations made, in no order.
func (db *database) eachObject(visit func(object)) {
	for _, e := range db.extensions {
		visit(e)
	}
	for _, s := range db.schemas {
		if s.builtin {
			continue
		}
		visit(s)
		for _, rel := range s.relations {
			rel.eachPart(visit)
		}
		for _, t := range s.types {
			visit(t)
			for _, c := range t.checks {
				visit(c)
			}
		}
		for _, list := range s.functions {
			for _, f := range list {
				visit(f)
			}
		}
		for _, o := range s.others {
			visit(o)
		}
	}
}

// objects lists all objects that the migrations made, in order of creation.
func (db *database) objects() []object {
	var out []object
	db.eachObject(func(o object) { out = append(out, o) })
	slices.SortFunc(out, func(a, b object) int { return a.head().id - b.head().id })
	return out
}

// eachPart visits a relation and all that belongs to it.
func (rel *relation) eachPart(visit func(object)) {
	visit(rel)
	for _, c := range rel.columns {
		visit(c)
		if c.def != nil {
			visit(c.def)
		}
	}
	for _, c := range rel.constraints {
		visit(c)
	}
	for _, p := range rel.policies {
		visit(p)
	}
	for _, t := range rel.triggers {
		visit(t)
	}
	for _, r := range rel.rules {
		visit(r)
	}
}

// dependents are the edges to some objects, in order of the dependents' creation. A statement asks for them by looking at all
// that there is, so the objects are told by a mark, not by looking each up.
func (r *replay) dependents(on []object) map[object][]edge {
	if !slices.ContainsFunc(on, r.mayHaveDependents) {
		return nil
	}
	r.marks++
	for _, o := range on {
		o.head().mark = r.marks
	}
	found := edgeList{wanted: r.marks}
	r.db.eachObject(func(o object) {
		found.from = o
		found.of(o)
	})
	slices.SortStableFunc(found.list, func(a, b edge) int { return a.from.head().id - b.from.head().id })
	out := map[object][]edge{}
	for _, e := range found.list {
		out[e.to] = append(out[e.to], e)
	}
	return out
}

// mayHaveDependents is false for what most often goes with a column, and of which is known that nothing depends on it: a CHECK
// or foreign key has at most copies in children, an index that is not unique at most those of partitions, and uses of its
// name as a constant.
func (r *replay) mayHaveDependents(o object) bool {
	switch x := o.(type) {
	case *columnDefault, *policy, *rule:
		return false
	case *constraint:
		return x.kind != checkConstraint && x.kind != foreignConstraint || x.rel == nil || x.rel.mayHaveChildren
	case *relation:
		return x.kind != indexKind || x.index.unique || x.index.table.kind == partitioned || r.indexNamed
	}
	return true
}

// of adds what one object depends on.
func (e *edgeList) of(o object) {
	h := o.head()
	if h.extension != nil {
		e.add(h.extension, internal)
	}
	switch x := o.(type) {
	case *extension:
		e.add(x.target, normal)
	case *other:
		e.add(x.schema, normal)
		if x.rel != nil {
			e.add(x.rel, auto)
		}
	case *relation:
		e.relation(x)
	case *column:
		e.add(x.rel, internal)
		e.typ(x.typ)
		e.collation(x.collation)
		if x.generated != NotGenerated && x.def != nil {
			e.expr(x.def.expr, x)
		}
	case *columnDefault:
		e.add(x.col, auto)
		if x.col.generated == NotGenerated {
			e.expr(x.expr, nil)
		}
	case *constraint:
		e.constraint(x)
	case *policy:
		e.add(x.rel, auto)
		e.expr(x.using, nil)
		e.expr(x.check, nil)
	case *trigger:
		e.trigger(x)
	case *rule:
		e.add(x.rel, auto)
		for _, q := range x.exprs {
			e.expr(q, nil)
		}
	case *typ:
		e.typeObject(x)
	case *function:
		e.function(x)
	}
}

// edges lists what one object depends on.
func edges(o object) []edge {
	e := edgeList{from: o}
	e.of(o)
	return e.list
}

// edgeList collects edges, to objects with the wanted mark or to all.
type edgeList struct {
	wanted int // 0 for all
	from   object
	list   []edge
}

func (e *edgeList) add(to object, kind dependency) {
	if e.wanted == 0 || to.head().mark == e.wanted {
		e.list = append(e.list, edge{e.from, to, kind})
	}
}

// typ is a use of a type; that of a relation's rows is the relation.
func (e *edgeList) typ(t typeRef) {
	switch {
	case t.typ == nil || t.typ.schema.builtin:
	case t.typ.rel != nil && t.typ.rel.kind != composite:
		e.add(t.typ.rel, normal)
	default:
		e.add(t.typ, normal)
	}
}

func (e *edgeList) collation(o *other) {
	if o != nil && !builtinObject(o) {
		e.add(o, normal)
	}
}

// expr adds what an expression uses, but not the object that has it.
func (e *edgeList) expr(x *expr, self object) {
	if x == nil {
		return
	}
	for _, ref := range x.refs {
		switch o := ref.obj.(type) {
		case *typ:
			e.typ(typeRef{typ: o})
		default:
			if o != self && !builtinObject(o) {
				e.add(o, normal)
			}
		}
	}
}

func builtinObject(o object) bool {
	if c, ok := o.(*column); ok {
		return c.rel.schema.builtin
	}
	s := o.head().schema
	return s != nil && s.builtin
}

func (e *edgeList) relation(r *relation) {
	if r.kind != indexKind && r.kind != composite {
		e.add(r.schema, normal)
	}
	for _, p := range r.parents {
		if r.isPartition {
			e.add(p, auto)
		} else {
			e.add(p, normal)
		}
	}
	if r.ofType != nil {
		e.add(r.ofType, normal)
	}
	if r.kind == composite {
		e.add(r.rowType, internal)
	}
	e.expr(r.query, nil)
	if r.partition != nil {
		for _, x := range r.partition.exprs {
			e.expr(x, nil)
		}
	}
	if r.sequence != nil && r.sequence.owner != nil {
		e.add(r.sequence.owner, map[bool]dependency{true: internal, false: auto}[r.sequence.derived])
	}
	if r.index != nil {
		e.index(r.index)
	}
}

func (e *edgeList) index(i *index) {
	e.add(i.table, auto)
	if i.constraint != nil {
		e.add(i.constraint, internal)
	}
	if i.parent != nil {
		e.add(i.parent, internal)
	}
	for _, k := range i.keys {
		if k.col != nil {
			e.add(k.col, auto)
		}
		e.ownExpr(k.expr, i.table)
	}
	for _, c := range i.include {
		e.add(c, auto)
	}
	e.ownExpr(i.where, i.table)
}

// ownExpr is an expression over a table's own columns: it goes with them.
func (e *edgeList) ownExpr(x *expr, rel *relation) {
	if x == nil {
		return
	}
	for _, c := range x.columnsOf(rel) {
		e.add(c, auto)
	}
	e.expr(x, nil)
}

func (e *edgeList) constraint(c *constraint) {
	if c.domain != nil {
		e.add(c.domain, auto)
	} else {
		e.add(c.rel, auto)
	}
	if c.parent != nil {
		e.add(c.parent, internal)
	}
	if c.trigger != nil {
		e.add(c.trigger, internal)
	}
	for _, col := range c.columns {
		e.add(col, auto)
	}
	if c.kind == checkConstraint && c.rel != nil {
		e.ownExpr(c.expr, c.rel)
	} else {
		e.expr(c.expr, nil)
	}
	for _, col := range c.refCols {
		e.add(col, normal)
	}
	if c.refIndex != nil {
		e.add(c.refIndex, normal)
	}
}

func (e *edgeList) trigger(t *trigger) {
	e.add(t.rel, auto)
	if t.fn != nil {
		e.add(t.fn, normal)
	}
	if t.parent != nil {
		e.add(t.parent, internal)
	}
	for _, c := range t.columns {
		e.add(c, normal)
	}
	e.expr(t.when, nil)
}

func (e *edgeList) typeObject(t *typ) {
	switch {
	case t.rel != nil && t.rel.kind != composite:
		e.add(t.rel, internal)
		return
	case t.kind == MultirangeType:
		e.add(t.other, internal)
		return
	}
	e.add(t.schema, normal)
	e.typ(t.base)
	e.collation(t.collation)
	e.expr(t.def, nil)
}

func (e *edgeList) function(f *function) {
	e.add(f.schema, normal)
	for _, a := range f.args {
		e.typ(a.typ)
		e.expr(a.def, nil)
	}
	e.typ(f.returns)
	e.expr(f.atomic, nil)
}
