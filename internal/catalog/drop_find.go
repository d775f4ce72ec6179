package catalog

import (
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// dropper finds one object that a DROP names; nil where IF EXISTS allows that it is missing.
type dropper func(*replay, *statement, *pg_query.Node, *pg_query.DropStmt) (object, source.Span, error)

var droppers = map[pg_query.ObjectType]dropper{
	pg_query.ObjectType_OBJECT_TABLE:         dropRelation("table", ordinary, partitioned),
	pg_query.ObjectType_OBJECT_VIEW:          dropRelation("view", plainView),
	pg_query.ObjectType_OBJECT_MATVIEW:       dropRelation("materialized view", matView),
	pg_query.ObjectType_OBJECT_INDEX:         dropRelation("index", indexKind),
	pg_query.ObjectType_OBJECT_SEQUENCE:      dropRelation("sequence", sequenceRel),
	pg_query.ObjectType_OBJECT_FOREIGN_TABLE: dropRelation("foreign table", foreign),
	pg_query.ObjectType_OBJECT_TYPE:          dropType,
	pg_query.ObjectType_OBJECT_DOMAIN:        dropType,
	pg_query.ObjectType_OBJECT_SCHEMA:        dropSchema,
	pg_query.ObjectType_OBJECT_EXTENSION:     dropExtension,
	pg_query.ObjectType_OBJECT_FUNCTION:      dropFunction,
	pg_query.ObjectType_OBJECT_PROCEDURE:     dropFunction,
	pg_query.ObjectType_OBJECT_ROUTINE:       dropFunction,
	pg_query.ObjectType_OBJECT_AGGREGATE:     dropFunction,
	pg_query.ObjectType_OBJECT_TRIGGER:       dropPart,
	pg_query.ObjectType_OBJECT_POLICY:        dropPart,
	pg_query.ObjectType_OBJECT_RULE:          dropPart,
	pg_query.ObjectType_OBJECT_COLLATION:     dropOther,
	pg_query.ObjectType_OBJECT_CONVERSION:    dropOther,
	pg_query.ObjectType_OBJECT_STATISTIC_EXT: dropOther,
}

// dropIgnored are the kinds that the replay keeps no account of, as no type depends on them.
var dropIgnored = map[pg_query.ObjectType]string{
	pg_query.ObjectType_OBJECT_ACCESS_METHOD:   "how rows are stored",
	pg_query.ObjectType_OBJECT_CAST:            "casts",
	pg_query.ObjectType_OBJECT_EVENT_TRIGGER:   "event triggers",
	pg_query.ObjectType_OBJECT_FDW:             "foreign servers",
	pg_query.ObjectType_OBJECT_FOREIGN_SERVER:  "foreign servers",
	pg_query.ObjectType_OBJECT_LANGUAGE:        "languages",
	pg_query.ObjectType_OBJECT_OPCLASS:         "operators",
	pg_query.ObjectType_OBJECT_OPERATOR:        "operators",
	pg_query.ObjectType_OBJECT_OPFAMILY:        "operators",
	pg_query.ObjectType_OBJECT_PUBLICATION:     "replication",
	pg_query.ObjectType_OBJECT_TRANSFORM:       "languages",
	pg_query.ObjectType_OBJECT_TSCONFIGURATION: "text search",
	pg_query.ObjectType_OBJECT_TSDICTIONARY:    "text search",
	pg_query.ObjectType_OBJECT_TSPARSER:        "text search",
	pg_query.ObjectType_OBJECT_TSTEMPLATE:      "text search",
}

// dropWords are the kinds as "a view" in messages, and the statement that removes them.
var dropWords = map[relkind][2]string{
	ordinary: {"a table", "TABLE"}, partitioned: {"a table", "TABLE"}, plainView: {"a view", "VIEW"},
	matView: {"a materialized view", "MATERIALIZED VIEW"}, indexKind: {"an index", "INDEX"}, sequenceRel: {"a sequence", "SEQUENCE"},
	foreign: {"a foreign table", "FOREIGN TABLE"}, composite: {"a type", "TYPE"},
}

func dropRelation(word string, kinds ...relkind) dropper {
	return func(r *replay, st *statement, n *pg_query.Node, drop *pg_query.DropStmt) (object, source.Span, error) {
		parts := stringsOf(n.GetList().GetItems())
		span := st.findName(parts, st.start)
		schemaName, name := splitName(parts)
		rel := r.findRelation(schemaName, name)
		if rel == nil {
			code := undefinedTable
			if kinds[0] == indexKind || kinds[0] == foreign {
				code = undefinedObject
			}
			return nil, span, r.missing(drop, span, word, parts, code)
		}
		for _, k := range kinds {
			if rel.kind == k {
				return rel, span, nil
			}
		}
		return nil, span, hinted(span, wrongObjectType, "Use DROP "+dropWords[rel.kind][1]+" to remove "+dropWords[rel.kind][0]+".",
			"%q is not %s", rel.name, dropWords[kinds[0]][0])
	}
}

// missing is nil with IF EXISTS, else the error that the object is not there.
func (r *replay) missing(drop *pg_query.DropStmt, span source.Span, word string, parts []string, code string) error {
	if drop.MissingOk {
		return nil
	}
	schemaName, name := splitName(parts)
	if schemaName != "" && r.db.schemas[schemaName] == nil {
		_, err := r.schemaNamed(schemaName, span)
		return err
	}
	hint := ""
	if code == undefinedTable {
		hint = r.relationHint(schemaName, name)
	}
	if code == undefinedObject && word == "type" {
		hint = r.typeHint(schemaName, name)
	}
	return hinted(span, code, hint, "%s %q does not exist", word, strings.Join(parts, "."))
}

func dropType(r *replay, st *statement, n *pg_query.Node, drop *pg_query.DropStmt) (object, source.Span, error) {
	parts := stringsOf(n.GetTypeName().GetNames())
	span := st.findName(parts, st.start)
	schemaName, name := splitName(parts)
	t := r.findType(schemaName, name)
	if t == nil {
		return nil, span, r.missing(drop, span, "type", parts, undefinedObject)
	}
	if drop.RemoveType == pg_query.ObjectType_OBJECT_DOMAIN && t.kind != DomainType {
		return nil, span, failf(span, wrongObjectType, "%s is not a domain", r.typeText(typeRef{typ: t}))
	}
	if t.schema.builtin {
		return nil, span, failf(span, dependentObjectsExist,
			"cannot drop type %s because it is required by the database system", r.typeText(typeRef{typ: t}))
	}
	return t, span, nil
}

func dropSchema(r *replay, st *statement, n *pg_query.Node, drop *pg_query.DropStmt) (object, source.Span, error) {
	name := n.GetString_().GetSval()
	span := st.find(name, st.start)
	s := r.db.schemas[name]
	if s == nil {
		return nil, span, r.missing(drop, span, "schema", []string{name}, invalidSchemaName)
	}
	return s, span, nil
}

func dropExtension(r *replay, st *statement, n *pg_query.Node, drop *pg_query.DropStmt) (object, source.Span, error) {
	name := n.GetString_().GetSval()
	span := st.find(name, st.start)
	e := r.db.extensions[name]
	if e == nil {
		if name == "plpgsql" {
			return nil, span, nil
		}
		return nil, span, r.missing(drop, span, "extension", []string{name}, undefinedObject)
	}
	return e, span, nil
}

func dropFunction(r *replay, st *statement, n *pg_query.Node, drop *pg_query.DropStmt) (object, source.Span, error) {
	args := n.GetObjectWithArgs()
	span := st.findName(stringsOf(args.Objname), st.start)
	f, err := r.findFunction(st, args, drop.RemoveType)
	if err != nil {
		list, ok := err.(source.List)
		absent := ok && (list[0].Code == undefinedFunction || list[0].Code == undefinedObject || list[0].Code == invalidSchemaName)
		if drop.MissingOk && absent {
			return nil, span, nil
		}
		return nil, span, err
	}
	return f, span, nil
}

// dropPart is a trigger, policy or rule: the name of a relation, then its own.
func dropPart(r *replay, st *statement, n *pg_query.Node, drop *pg_query.DropStmt) (object, source.Span, error) {
	parts := stringsOf(n.GetList().GetItems())
	table, name := parts[:len(parts)-1], parts[len(parts)-1]
	span := st.find(name, st.start)
	schemaName, plain := splitName(table)
	rel := r.findRelation(schemaName, plain)
	if rel == nil {
		if drop.MissingOk {
			return nil, span, nil
		}
		return nil, span, r.noRelation(st.findName(table, span.End), schemaName, plain)
	}
	o, word, preposition := rel.part(drop.RemoveType, name)
	if o == nil && !drop.MissingOk {
		return nil, span, failf(span, undefinedObject, "%s %q for %s %q does not exist", word, name, preposition, rel.name)
	}
	if o == nil {
		return nil, span, nil
	}
	return o, span, nil
}

// part finds a trigger, policy or rule of a relation.
func (rel *relation) part(kind pg_query.ObjectType, name string) (o object, word, owner string) {
	switch kind {
	case pg_query.ObjectType_OBJECT_TRIGGER:
		if t := rel.trigger(name); t != nil {
			o = t
		}
		return o, "trigger", "table"
	case pg_query.ObjectType_OBJECT_POLICY:
		if p := rel.policy(name); p != nil {
			o = p
		}
		return o, "policy", "table"
	default:
		if x := rel.rule(name); x != nil {
			o = x
		}
		return o, "rule", "relation"
	}
}

// dropOther is an object that is kept by name only.
func dropOther(r *replay, st *statement, n *pg_query.Node, drop *pg_query.DropStmt) (object, source.Span, error) {
	parts := stringsOf(n.GetList().GetItems())
	span := st.findName(parts, st.start)
	kind := otherWords[drop.RemoveType]
	if o := r.findOther(kind, parts); o != nil {
		return o, span, nil
	}
	return nil, span, r.missing(drop, span, kind, parts, undefinedObject)
}
