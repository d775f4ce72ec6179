package model

import "github.com/trefoil-sql/trefoil/internal/catalog"

// builtin maps PostgreSQL's internal type names to kinds. A name that is missing here is reported, never guessed.
var builtin = map[string]Kind{
	"bool": Bool, "int2": Int2, "int4": Int4, "int8": Int8, "float4": Float4, "float8": Float8,
	"numeric": Numeric, "money": Money,
	"text": Text, "varchar": Varchar, "bpchar": Char, "name": NameKind, "char": InternChar,
	"bytea": Bytea, "uuid": UUID,
	"date": Date, "time": Time, "timetz": TimeTZ, "timestamp": Timestamp, "timestamptz": TimestampTZ, "interval": Interval,
	"json": JSON, "jsonb": JSONB, "jsonpath": JSONPath, "xml": XML,
	"inet": Inet, "cidr": CIDR, "macaddr": MACAddr, "macaddr8": MACAddr8,
	"bit": Bit, "varbit": Varbit,
	"point": Point, "line": Line, "lseg": LSeg, "box": Box, "path": Path, "polygon": Polygon, "circle": Circle,
	"tsvector": TSVector, "tsquery": TSQuery,
	"oid": OID, "cid": XID, "xid": XID, "xid8": XID8, "pg_lsn": PGLSN, "tid": RegType,
	"regclass": RegType, "regcollation": RegType, "regconfig": RegType, "regdictionary": RegType, "regnamespace": RegType,
	"regoper": RegType, "regoperator": RegType, "regproc": RegType, "regprocedure": RegType, "regrole": RegType,
	"regtype": RegType,
	"aclitem": RegType, "pg_snapshot": RegType, "txid_snapshot": RegType, "refcursor": Text,
	"record": AnyKind, "any": AnyKind, "anyelement": AnyKind, "unknown": AnyKind, "void": AnyKind,
	"pg_node_tree": Text,
}

// extension maps the types of extensions that trefoil knows, whatever schema they were put into.
var extension = map[string]Kind{
	"citext": CIText,
	"ltree":  LTree, "lquery": LTree, "ltxtquery": LTree,
	"hstore": HStore,
	"vector": Vector, "halfvec": Vector, "sparsevec": Text,
	"geometry": Geometry, "geography": Geometry, "box2d": Text, "box3d": Text,
	"gtrgm": Text, "cube": Text, "seg": Text, "isbn": Text, "isbn13": Text, "issn": Text, "ean13": Text, "upc": Text,
	"intarray": Text, "query_int": Text, "semver": Text,
}

// rangeElem maps built-in range and multirange types to the kind of their bounds.
var rangeElem = map[string]Kind{
	"int4range": Int4, "int8range": Int8, "numrange": Numeric, "tsrange": Timestamp, "tstzrange": TimestampTZ,
	"daterange":      Date,
	"int4multirange": Int4, "int8multirange": Int8, "nummultirange": Numeric, "tsmultirange": Timestamp,
	"tstzmultirange": TimestampTZ, "datemultirange": Date,
}

// kindOf finds the kind of a built-in or extension type.
func kindOf(name catalog.Name) (Kind, bool) {
	if name.Schema == "" || name.Schema == "pg_catalog" {
		if k, ok := builtin[name.Name]; ok {
			return k, true
		}
	}
	k, ok := extension[name.Name]
	return k, ok
}

// aliases are SQL's and sqlc's spellings of the internal names, for types that arrive as written in a query.
var aliases = map[string]string{
	"integer": "int4", "int": "int4", "smallint": "int2", "bigint": "int8", "serial": "int4", "serial4": "int4",
	"bigserial": "int8", "serial8": "int8", "smallserial": "int2", "serial2": "int2",
	"real": "float4", "float": "float8", "double precision": "float8", "decimal": "numeric", "boolean": "bool", "string": "text",
	"character varying": "varchar", "character": "bpchar", "pg_catalog.bpchar": "bpchar", "blob": "bytea",
	"timestamp without time zone": "timestamp", "timestamp with time zone": "timestamptz",
	"time without time zone": "time", "time with time zone": "timetz", "bit varying": "varbit",
	"null": "unknown",
}

func canonicalName(n catalog.Name) catalog.Name {
	if n.Schema == "" || n.Schema == "pg_catalog" {
		if internal, ok := aliases[n.Name]; ok {
			n.Name = internal
		}
	}
	return n
}
