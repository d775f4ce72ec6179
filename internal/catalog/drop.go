package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// closure is what goes when some objects are dropped.
type closure struct {
	objects []object
	// blocked are the edges that RESTRICT stops at.
	blocked []edge
}

// closure follows dependencies from the objects to be dropped.
func (r *replay) closure(targets []object) closure {
	gone := map[object]bool{}
	var out closure
	var first []edge // how each object was reached
	add := func(o object, e edge) {
		if !gone[o] {
			gone[o] = true
			out.objects = append(out.objects, o)
			first = append(first, e)
		}
	}
	for _, t := range targets {
		add(t, edge{})
	}
	silent := map[object]bool{}
	for done := 0; done < len(out.objects); {
		latest := out.objects[done:]
		done = len(out.objects)
		dependents := r.dependents(latest)
		for _, o := range latest {
			for _, e := range dependents[o] {
				add(e.from, e)
				silent[e.from] = silent[e.from] || e.kind != normal
			}
		}
	}
	for i, o := range out.objects {
		if first[i].from != nil && !silent[o] {
			out.blocked = append(out.blocked, first[i])
		}
	}
	for i, b := range out.blocked { // the whole table, where a column goes with it
		if c, ok := b.to.(*column); ok && gone[c.rel] {
			out.blocked[i].to = c.rel
		}
	}
	slices.SortStableFunc(out.blocked, func(a, b edge) int { return a.from.head().id - b.from.head().id })
	return out
}

// drop removes objects. named are those that the statement names, all includes what goes with them in any case.
func (r *replay) drop(named, all []object, behavior pg_query.DropBehavior, span source.Span) error {
	c := r.closure(all)
	if len(c.blocked) > 0 && behavior != pg_query.DropBehavior_DROP_CASCADE {
		d := source.Errorf(span, dependentObjectsExist, "cannot drop desired object(s) because other objects depend on them")
		if len(named) == 1 {
			d.Message = "cannot drop " + r.describe(named[0]) + " because other objects depend on it"
		}
		d.Hint = "Use DROP ... CASCADE to drop the dependent objects too."
		for _, b := range c.blocked {
			d.Notes = append(d.Notes, source.Note{Span: b.from.head().span, Message: r.describe(b.from) + " depends on " + r.describe(b.to)})
		}
		return source.List{d}
	}
	r.remove(c.objects)
	return nil
}

// remove takes objects out of all lists that hold them.
func (r *replay) remove(objects []object) {
	for _, o := range objects {
		switch x := o.(type) {
		case *schema:
			delete(r.db.schemas, x.name)
		case *extension:
			delete(r.db.extensions, x.name)
		case *other:
			delete(x.schema.others, otherKey{x.kind, x.name})
		case *relation:
			r.removeRelation(x)
		case *column:
			x.rel.columns = without(x.rel.columns, x)
		case *columnDefault:
			if x.col.def == x {
				x.col.def = nil
			}
		case *constraint:
			if x.domain != nil {
				x.domain.checks = without(x.domain.checks, x)
			} else {
				x.rel.constraints = without(x.rel.constraints, x)
			}
		case *policy:
			x.rel.policies = without(x.rel.policies, x)
		case *trigger:
			x.rel.triggers = without(x.rel.triggers, x)
		case *rule:
			x.rel.rules = without(x.rel.rules, x)
		case *typ:
			if x.schema.types[x.name] == x {
				delete(x.schema.types, x.name)
			}
		case *function:
			x.schema.functions[x.name] = without(x.schema.functions[x.name], x)
		}
	}
}

func (r *replay) removeRelation(rel *relation) {
	if rel.schema.relations[rel.name] == rel {
		delete(rel.schema.relations, rel.name)
	}
	if t := rel.rowType; t != nil && rel.schema.types[t.name] == t {
		delete(rel.schema.types, t.name)
	}
	if rel.index != nil {
		rel.index.table.indexes = without(rel.index.table.indexes, rel)
	}
	for _, p := range rel.parents {
		rel.parents = without(rel.parents, p)
	}
}

// dropStatement is DROP of whatever kind.
func (r *replay) dropStatement(st *statement, n *pg_query.DropStmt) error {
	find, ok := droppers[n.RemoveType]
	if !ok {
		if _, ok := dropIgnored[n.RemoveType]; ok {
			return nil
		}
		return failf(st.head(), codeUnknownStatement, "trefoil does not know this form of DROP: %s", n.RemoveType)
	}
	var targets []object
	var first source.Span
	var errs []error
	for _, item := range n.Objects {
		o, span, err := find(r, st, item, n)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if o != nil && !slices.Contains(targets, o) {
			targets = append(targets, o)
			if first.IsZero() {
				first = span
			}
			errs = append(errs, r.required(o, targets, span))
		}
	}
	if err := join(errs...); err != nil || len(targets) == 0 {
		return err
	}
	return r.drop(targets, targets, n.Behavior, first)
}

// required refuses to drop what is a part of another object.
func (r *replay) required(o object, targets []object, span source.Span) error {
	for _, e := range edges(o) {
		if e.kind == internal && !slices.Contains(targets, e.to) {
			return hinted(span, dependentObjectsExist, "You can drop "+r.describe(e.to)+" instead.",
				"cannot drop %s because %s requires it", r.describe(o), r.describe(e.to))
		}
	}
	return nil
}
