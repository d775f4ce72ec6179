package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// otherWords are the kinds of objects that are kept by name only.
var otherWords = map[pg_query.ObjectType]string{
	pg_query.ObjectType_OBJECT_COLLATION: "collation", pg_query.ObjectType_OBJECT_CONVERSION: "conversion",
	pg_query.ObjectType_OBJECT_STATISTIC_EXT: "statistics object",
}

func (r *replay) findOther(kind string, parts []string) *other {
	schemaName, name := splitName(parts)
	path := r.searchPath()
	if schemaName != "" {
		path = []*schema{r.db.schemas[schemaName]}
	}
	for _, s := range path {
		if s != nil && s.others[otherKey{kind, name}] != nil {
			return s.others[otherKey{kind, name}]
		}
	}
	return nil
}

func (r *replay) addOther(kind string, parts []string, span source.Span, ifNotExists bool) (*other, error) {
	schemaName, name := splitName(parts)
	in, err := r.schemaFor(schemaName, span)
	if err != nil {
		return nil, err
	}
	key := otherKey{kind, name}
	if old := in.others[key]; old != nil {
		if ifNotExists {
			return old, nil
		}
		return nil, existing(span, old.span, duplicateObject, "%s %q already exists", kind, name)
	}
	o := &other{header: header{name: name, schema: in, span: span}, kind: kind}
	r.db.identify(&o.header)
	in.others[key] = o
	return o, nil
}

// define is CREATE AGGREGATE, TYPE with an input function, COLLATION, OPERATOR and the text search objects.
func (r *replay) define(st *statement, n *pg_query.DefineStmt) error {
	parts := stringsOf(n.Defnames)
	switch n.Kind {
	case pg_query.ObjectType_OBJECT_TYPE:
		return r.defineType(st, parts, n)
	case pg_query.ObjectType_OBJECT_AGGREGATE:
		return r.defineAggregate(st, parts, n)
	case pg_query.ObjectType_OBJECT_COLLATION:
		return r.defineCollation(st, parts, n)
	case pg_query.ObjectType_OBJECT_OPERATOR:
		return r.defineOperator(st, parts, n)
	}
	return nil // operators and text search objects: dropIgnored says why
}

// defineType is a base type, or a shell type without a definition.
func (r *replay) defineType(st *statement, parts []string, n *pg_query.DefineStmt) error {
	t, err := r.newType(st, parts, BaseType)
	if err != nil {
		return err
	}
	t.shell = len(n.Definition) == 0
	if t.id == 0 {
		r.addType(t)
	}
	return nil
}

// defineAggregate keeps an aggregate's signature; its result is that of the final function, or its state.
func (r *replay) defineAggregate(st *statement, parts []string, n *pg_query.DefineStmt) error {
	schemaName, name := splitName(parts)
	span := st.findName(parts, st.start)
	in, err := r.schemaFor(schemaName, span)
	if err != nil {
		return err
	}
	f := &function{header: header{name: name, schema: in, span: span}, kind: "aggregate"}
	if len(n.Args) > 0 {
		if err := r.functionArgs(st, f, n.Args[0].GetList().GetItems()); err != nil {
			return err
		}
	}
	for _, d := range n.Definition {
		switch def := d.GetDefElem(); def.Defname {
		case "stype":
			if f.returns.typ == nil {
				if f.returns, err = r.resolveType(st, def.Arg.GetTypeName()); err != nil {
					return err
				}
			}
		case "basetype":
			ref, err := r.resolveType(st, def.Arg.GetTypeName())
			if err != nil {
				return err
			}
			f.args = append(f.args, argument{mode: "in", typ: ref})
		case "sfunc":
			if err := r.knownFunction(st, stringsOf(def.Arg.GetTypeName().GetNames())); err != nil {
				return err
			}
		case "finalfunc":
			for _, final := range r.functionsNamed(stringsOf(def.Arg.GetTypeName().GetNames())) {
				f.returns = final.returns
			}
		}
	}
	return r.putFunction(f, n.Replace)
}

// createStatistics is CREATE STATISTICS; it goes with its table.
func (r *replay) createStatistics(st *statement, n *pg_query.CreateStatsStmt) error {
	parts := stringsOf(n.Defnames)
	for _, v := range n.Relations {
		rel, err := r.relation(st, v.GetRangeVar())
		if err != nil {
			return err
		}
		if len(parts) == 0 {
			name := chooseName(rel.name, "", "stat", func(name string) bool {
				return rel.schema.others[otherKey{"statistics object", name}] != nil
			})
			parts = []string{rel.schema.name, name}
		}
		o, err := r.addOther("statistics object", parts, st.findName(parts, st.start), n.IfNotExists)
		if err != nil {
			return err
		}
		o.rel = rel
	}
	return nil
}

func sortedByName(list []*constraint) []*constraint {
	out := slices.Clone(list)
	slices.SortFunc(out, func(a, b *constraint) int {
		if a.name < b.name {
			return -1
		}
		return 1
	})
	return out
}
