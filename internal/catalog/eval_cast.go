package catalog

import (
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// castValue turns a value into another type, as far as what runs here needs it.
func (ev *evaluator) castValue(v value, n *pg_query.TypeName) value {
	names := stringsOf(n.GetNames())
	if len(names) == 0 {
		return v
	}
	return ev.castTo(v, names[len(names)-1], len(n.ArrayBounds) > 0)
}

// castTo is castValue by the type's name.
func (ev *evaluator) castTo(v value, name string, array bool) value {
	if v == nil || isUndecided(v) {
		return v
	}
	if array {
		if s, ok := v.(string); ok {
			if l, ok := parseArray(s); ok {
				return l
			}
			return undecidedf("an array from text")
		}
		return v
	}
	switch name {
	case "text", "varchar", "name", "bpchar":
		if s, ok := textOf(v); ok {
			if name == "name" {
				s = truncate(s)
			}
			return s
		}
	case "int2", "int4", "int8":
		if i, ok := integer(v); ok {
			return i
		}
	case "numeric", "float4", "float8":
		if i, ok := v.(int64); ok {
			return i
		}
		if x, ok := number(v); ok {
			return x
		}
	case "bool":
		if b, ok := boolean(v); ok {
			return b
		}
	case "oid":
		return v
	case "regclass", "regtype", "regnamespace", "regproc", "regprocedure":
		return ev.objectNamed(v, name, false)
	case "char":
		if s, ok := textOf(v); ok {
			return s
		}
	default:
		if s, ok := v.(string); ok { // an enum, a uuid, json: its text
			return s
		}
	}
	return undecidedf("a cast to " + name)
}

// objectNamed finds what a regclass, regtype or regnamespace names. A missing one is NULL for to_regclass and the like.
func (ev *evaluator) objectNamed(v value, kind string, orNull bool) value {
	if o, ok := v.(oid); ok {
		return o
	}
	if i, ok := v.(int64); ok {
		return oid{id: int(i)}
	}
	text, _ := v.(string)
	parts := parseName(text)
	schemaName, name := splitName(parts)
	var found value
	switch kind {
	case "regclass":
		if rel := ev.r.findRelation(schemaName, name); rel != nil {
			found = ev.r.relationOID(rel)
		}
	case "regtype":
		if ref, ok := ev.r.parseTypeName(text); ok {
			found = ev.r.typeOID(ref)
		}
	case "regnamespace":
		if s := ev.r.db.schemas[name]; s != nil {
			found = oid{s.id, quoteIdent(s.name), s}
		}
	case "regproc", "regprocedure":
		plain, _, _ := strings.Cut(text, "(")
		if list := ev.r.functionsNamed(parseName(plain)); len(list) > 0 {
			return oid{list[0].id, text, list[0]}
		}
	}
	switch {
	case found != nil:
		return found
	case orNull:
		return nil
	}
	return missingObject{kind, text}
}

// missingObject is the error that a cast to regclass and the like raises.
type missingObject struct{ kind, name string }

func (r *replay) relationOID(rel *relation) oid {
	return oid{rel.id, r.relationName(rel), rel}
}

func (r *replay) typeOID(ref typeRef) oid {
	id := ref.typ.id
	if ref.array {
		id = -id
	}
	return oid{id, r.typeText(ref), ref.typ}
}

// parseTypeName reads a type as text, in any spelling of the grammar.
func (r *replay) parseTypeName(text string) (typeRef, bool) {
	tree, err := pg_query.Parse("SELECT NULL::" + text)
	if err != nil || len(tree.Stmts) != 1 {
		return typeRef{}, false
	}
	targets := tree.Stmts[0].Stmt.GetSelectStmt().GetTargetList()
	if len(targets) != 1 {
		return typeRef{}, false
	}
	cast := targets[0].GetResTarget().GetVal().GetTypeCast()
	if cast == nil {
		return typeRef{}, false
	}
	ref, err := r.resolveType(&statement{file: noFile}, cast.TypeName)
	return ref, err == nil && ref.typ != nil
}
