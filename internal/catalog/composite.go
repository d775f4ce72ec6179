package catalog

import (
	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// createComposite is CREATE TYPE … AS (…): a relation that holds nothing, with its row type.
func (r *replay) createComposite(st *statement, n *pg_query.CompositeTypeStmt) error {
	v := n.Typevar
	span := st.rangeVarSpan(v)
	in, err := r.relationSchema(v, span)
	if err != nil {
		return err
	}
	if old := in.types[v.Relname]; old != nil {
		return existing(span, old.span, duplicateObject, "type %q already exists", v.Relname)
	}
	rel, err := r.newRelation(st, v, composite, false)
	if err != nil {
		return err
	}
	c := &tableChange{r: r, st: st, rel: rel, creating: true}
	c.elements(n.Coldeflist)
	r.db.addRelation(rel, span)
	return join(c.errs)
}

// createRange is CREATE TYPE … AS RANGE.
func (r *replay) createRange(st *statement, n *pg_query.CreateRangeStmt) error {
	t, err := r.newType(st, stringsOf(n.TypeName), RangeType)
	if err != nil {
		return err
	}
	multi := &typ{header: header{name: multirangeName(t.name), schema: t.schema, span: t.span}, kind: MultirangeType, other: t}
	for _, p := range n.Params {
		switch def := p.GetDefElem(); def.Defname {
		case "subtype":
			if t.base, err = r.resolveType(st, def.Arg.GetTypeName()); err != nil {
				return err
			}
		case "multirange_type_name":
			schemaName, name := splitName(stringsOf(def.Arg.GetTypeName().GetNames()))
			multi.name = name
			if schemaName != "" {
				if multi.schema, err = r.schemaNamed(schemaName, st.at(def.Location)); err != nil {
					return err
				}
			}
		}
	}
	if t.base.typ == nil {
		return failf(st.head(), syntaxError, "type attribute \"subtype\" is required")
	}
	if old := multi.schema.types[multi.name]; old != nil {
		return hinted(t.span, duplicateObject,
			"You can manually specify a multirange type name using the \"multirange_type_name\" attribute.",
			"type %q already exists", multi.name)
	}
	t.other = multi
	r.addType(t)
	r.addType(multi)
	return nil
}

// multirangeName is the name that PostgreSQL makes for a range's multirange: range becomes multirange, else
// _multirange is added.
func multirangeName(name string) string {
	for i := 0; i+5 <= len(name); i++ {
		if name[i:i+5] == "range" {
			return clip(name[:i]+"multi"+name[i:], maxNameBytes)
		}
	}
	return clip(name, maxNameBytes-len("_multirange")) + "_multirange"
}
