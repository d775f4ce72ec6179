package catalog

import (
	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// createSequence is CREATE SEQUENCE.
func (r *replay) createSequence(st *statement, n *pg_query.CreateSeqStmt) error {
	rel, err := r.newRelation(st, n.Sequence, sequenceRel, n.IfNotExists)
	if rel == nil || err != nil {
		return err
	}
	rel.sequence = &sequence{typ: r.db.builtinRef("int8")}
	if err := r.sequenceOptions(st, rel, n.Options); err != nil {
		return err
	}
	r.db.addRelation(rel, st.rangeVarSpan(n.Sequence))
	return nil
}

// alterSequence is ALTER SEQUENCE.
func (r *replay) alterSequence(st *statement, n *pg_query.AlterSeqStmt) error {
	rel := r.findRelation(n.Sequence.Schemaname, n.Sequence.Relname)
	if rel == nil {
		if n.MissingOk {
			return nil
		}
		return r.noRelation(st.rangeVarSpan(n.Sequence), n.Sequence.Schemaname, n.Sequence.Relname)
	}
	if rel.kind != sequenceRel {
		return failf(st.rangeVarSpan(n.Sequence), wrongObjectType, "%q is not a sequence", rel.name)
	}
	return r.sequenceOptions(st, rel, n.Options)
}

// sequenceOptions reads AS type and OWNED BY; the rest changes no type.
func (r *replay) sequenceOptions(st *statement, rel *relation, options []*pg_query.Node) error {
	for _, o := range options {
		def := o.GetDefElem()
		switch def.Defname {
		case "as":
			ref, err := r.resolveType(st, def.Arg.GetTypeName())
			if err != nil {
				return err
			}
			if n := ref.typ.name; ref.array || n != "int2" && n != "int4" && n != "int8" {
				return failf(st.at(def.Location), invalidParameterValue, "sequence type must be smallint, integer, or bigint")
			}
			rel.sequence.typ = ref
		case "owned_by":
			if err := r.sequenceOwner(st, rel, def); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *replay) sequenceOwner(st *statement, rel *relation, def *pg_query.DefElem) error {
	parts := stringsOf(def.Arg.GetList().GetItems())
	if len(parts) == 1 && parts[0] == "none" {
		rel.sequence.owner = nil
		return nil
	}
	span := st.at(def.Location)
	if len(parts) < 2 {
		return hinted(span, syntaxError, "Specify OWNED BY table.column or OWNED BY NONE.", "invalid OWNED BY option")
	}
	schemaName, name := splitName(parts[:len(parts)-1])
	table := r.findRelation(schemaName, name)
	if table == nil {
		return r.noRelation(st.findName(parts, span.End), schemaName, name)
	}
	if table.schema != rel.schema {
		return failf(span, objectNotInState, "sequence must be in same schema as table it is linked to")
	}
	col, err := columnOf(table, parts[len(parts)-1], st.findName(parts, span.End))
	if err != nil {
		return err
	}
	rel.sequence.owner = col
	return nil
}

// addOwnedSequence makes the sequence of a serial or identity column.
func (r *replay) addOwnedSequence(col *column, options []*pg_query.Node) *relation {
	in, name := col.rel.schema, ""
	for _, o := range options {
		if def := o.GetDefElem(); def.Defname == "sequence_name" {
			schemaName, plain := splitName(stringsOf(def.Arg.GetList().GetItems()))
			name = plain
			if s := r.db.schemas[schemaName]; s != nil {
				in = s
			}
		}
	}
	if name == "" {
		name = r.db.chooseRelationName(col.rel.name, col.name, "seq", in, false)
	}
	typ := col.typ
	if typ.typ == nil {
		typ = r.db.builtinRef("int8")
	}
	seq := &relation{
		header: header{name: name, schema: in}, kind: sequenceRel, temporary: col.rel.temporary,
		sequence: &sequence{typ: unmodified(typ), owner: col},
	}
	r.db.addRelation(seq, col.span)
	return seq
}
