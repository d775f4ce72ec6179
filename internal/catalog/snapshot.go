package catalog

import (
	"maps"
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// clone copies the whole state, so that a transaction or a PL/pgSQL block can be rolled back. Parsed trees and files
// are shared: nothing changes them before freeze.
func (db *database) clone() *database {
	c := &cloner{done: map[object]object{}}
	out := &database{
		schemas: map[string]*schema{}, extensions: map[string]*extension{}, path: slices.Clone(db.path), lastID: db.lastID,
		constraintNames:  db.constraintNames, // a rolled back name does no harm in it
		builtinOperators: &operatorIndex{},   // the types are copies, too
	}
	out.operators, out.casts, out.unknownWrites = slices.Clone(db.operators), slices.Clone(db.casts), db.unknownWrites
	out.servers, out.methods, out.languages = maps.Clone(db.servers), maps.Clone(db.methods), maps.Clone(db.languages)
	for i, o := range db.operators {
		out.operators[i].schema = same(c, o.schema)
		out.operators[i].left, out.operators[i].right, out.operators[i].result = c.ref(o.left), c.ref(o.right), c.ref(o.result)
	}
	for i, k := range db.casts {
		out.casts[i].from, out.casts[i].to = c.ref(k.from), c.ref(k.to)
	}
	for name, s := range db.schemas {
		out.schemas[name] = same(c, s)
	}
	for name, e := range db.extensions {
		out.extensions[name] = same(c, e)
	}
	return out
}

// cloner remembers which object became which.
type cloner struct{ done map[object]object }

// same is the copy of an object; the copy is registered before its parts are copied, as objects refer to each other in
// circles.
func same[T interface {
	comparable
	object
	cloneInto(*cloner) T
}](c *cloner, o T) T {
	var none T
	if o == none {
		return none
	}
	if copied, ok := c.done[o]; ok {
		return copied.(T)
	}
	return o.cloneInto(c)
}

// all copies a list.
func all[T interface {
	comparable
	object
	cloneInto(*cloner) T
}](c *cloner, list []T) []T {
	if list == nil {
		return nil
	}
	out := make([]T, len(list))
	for i, o := range list {
		out[i] = same(c, o)
	}
	return out
}

// begin registers the copy and copies what every object has.
func (c *cloner) begin(from, to object) {
	c.done[from] = to
	h := to.head()
	h.schema = same(c, h.schema)
	h.extension = same(c, h.extension)
}

func (s *schema) cloneInto(c *cloner) *schema {
	n := *s
	n.relations, n.types, n.functions, n.others = map[string]*relation{}, map[string]*typ{}, map[string][]*function{}, map[otherKey]*other{}
	c.begin(s, &n)
	for k, v := range s.relations {
		n.relations[k] = same(c, v)
	}
	for k, v := range s.types {
		n.types[k] = same(c, v)
	}
	for k, v := range s.functions {
		n.functions[k] = all(c, v)
	}
	for k, v := range s.others {
		n.others[k] = same(c, v)
	}
	return &n
}

func (e *extension) cloneInto(c *cloner) *extension {
	n := *e
	c.begin(e, &n)
	n.target = same(c, e.target)
	return &n
}

func (o *other) cloneInto(c *cloner) *other {
	n := *o
	c.begin(o, &n)
	n.rel = same(c, o.rel)
	return &n
}

func (r *relation) cloneInto(c *cloner) *relation {
	n := *r
	c.begin(r, &n)
	n.columns, n.constraints, n.indexes = all(c, r.columns), all(c, r.constraints), all(c, r.indexes)
	n.policies, n.triggers, n.rules = all(c, r.policies), all(c, r.triggers), all(c, r.rules)
	n.parents, n.ofType, n.rowType = all(c, r.parents), same(c, r.ofType), same(c, r.rowType)
	n.query = c.expr(r.query)
	if r.partition != nil {
		p := *r.partition
		p.columns, p.exprs = all(c, p.columns), c.exprs(p.exprs)
		n.partition = &p
	}
	if r.index != nil {
		n.index = c.index(r.index)
	}
	if r.sequence != nil {
		s := *r.sequence
		s.typ, s.owner = c.ref(s.typ), same(c, s.owner)
		n.sequence = &s
	}
	return &n
}

func (c *cloner) index(i *index) *index {
	n := *i
	n.table, n.include, n.where = same(c, i.table), all(c, i.include), c.expr(i.where)
	n.constraint, n.parent = same(c, i.constraint), same(c, i.parent)
	n.keys = slices.Clone(i.keys)
	for k := range n.keys {
		n.keys[k].col, n.keys[k].expr = same(c, i.keys[k].col), c.expr(i.keys[k].expr)
	}
	return &n
}

func (col *column) cloneInto(c *cloner) *column {
	n := *col
	c.begin(col, &n)
	n.rel, n.typ, n.collation, n.def = same(c, col.rel), c.ref(col.typ), same(c, col.collation), same(c, col.def)
	return &n
}

func (d *columnDefault) cloneInto(c *cloner) *columnDefault {
	n := *d
	c.begin(d, &n)
	n.col, n.expr = same(c, d.col), c.expr(d.expr)
	return &n
}

func (con *constraint) cloneInto(c *cloner) *constraint {
	n := *con
	c.begin(con, &n)
	n.rel, n.domain, n.columns, n.index = same(c, con.rel), same(c, con.domain), all(c, con.columns), same(c, con.index)
	n.expr, n.ref, n.refCols, n.refIndex = c.expr(con.expr), same(c, con.ref), all(c, con.refCols), same(c, con.refIndex)
	n.parent, n.trigger = same(c, con.parent), same(c, con.trigger)
	return &n
}

func (p *policy) cloneInto(c *cloner) *policy {
	n := *p
	c.begin(p, &n)
	n.rel, n.using, n.check = same(c, p.rel), c.expr(p.using), c.expr(p.check)
	return &n
}

func (t *trigger) cloneInto(c *cloner) *trigger {
	n := *t
	c.begin(t, &n)
	n.rel, n.fn, n.columns = same(c, t.rel), same(c, t.fn), all(c, t.columns)
	n.when, n.parent = c.expr(t.when), same(c, t.parent)
	return &n
}

func (r *rule) cloneInto(c *cloner) *rule {
	n := *r
	c.begin(r, &n)
	n.rel, n.exprs = same(c, r.rel), c.exprs(r.exprs)
	return &n
}

func (t *typ) cloneInto(c *cloner) *typ {
	n := *t
	c.begin(t, &n)
	n.base, n.def, n.checks = c.ref(t.base), c.expr(t.def), all(c, t.checks)
	n.rel, n.other, n.collation = same(c, t.rel), same(c, t.other), same(c, t.collation)
	return &n
}

func (f *function) cloneInto(c *cloner) *function {
	n := *f
	c.begin(f, &n)
	n.returns, n.atomic = c.ref(f.returns), c.expr(f.atomic)
	n.args = slices.Clone(f.args)
	for i := range n.args {
		n.args[i].typ, n.args[i].def = c.ref(f.args[i].typ), c.expr(f.args[i].def)
	}
	return &n
}

func (c *cloner) ref(t typeRef) typeRef {
	t.typ = same(c, t.typ)
	return t
}

func (c *cloner) expr(e *expr) *expr {
	if e == nil {
		return nil
	}
	n := *e
	n.refs = slices.Clone(e.refs)
	for i := range n.refs {
		n.refs[i].obj = c.object(e.refs[i].obj)
	}
	if e.stars != nil {
		n.stars = make(map[*pg_query.ColumnRef][]*column, len(e.stars))
		for star, columns := range e.stars {
			n.stars[star] = all(c, columns)
		}
	}
	return &n
}

func (c *cloner) exprs(list []*expr) []*expr {
	var out []*expr
	for _, e := range list {
		out = append(out, c.expr(e))
	}
	return out
}

// object copies what an expression can refer to.
func (c *cloner) object(o object) object {
	switch o := o.(type) {
	case *relation:
		return same(c, o)
	case *column:
		return same(c, o)
	case *function:
		return same(c, o)
	case *typ:
		return same(c, o)
	case *constraint:
		return same(c, o)
	}
	return o
}
