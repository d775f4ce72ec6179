package golang

import (
	"strings"

	"github.com/trefoil-sql/trefoil/internal/model"
)

const pgtype = "github.com/jackc/pgx/v5/pgtype"

// wireCodecs are the runtime's codecs for Go types whose own JSON is not PostgreSQL's.
var wireCodecs = map[string]string{
	"pgtype.Date": "trefoilDateWire", "pgtype.Timestamp": "trefoilTimestampWire", "pgtype.Timestamptz": "trefoilTimestamptzWire",
	"pgtype.Time": "trefoilTimeWire", "pgtype.Float4": "trefoilPgxFloat4", "pgtype.Float8": "trefoilPgxFloat8",
	"pgtype.Hstore": "trefoilHstore", "pgtype.Bits": "trefoilBits", "pgtype.Numeric": "trefoilNumericWire", "interface{}": "trefoilAnyJSON",
}

// wireTexts are Go types whose values PostgreSQL sends as text, with the constants of pgx that say how it reads that.
var wireTexts = map[string]string{
	"pgtype.Interval": "IntervalOID", "pgtype.Point": "PointOID", "pgtype.Line": "LineOID",
	"pgtype.Lseg": "LsegOID", "pgtype.Box": "BoxOID", "pgtype.Path": "PathOID", "pgtype.Polygon": "PolygonOID",
	"pgtype.Circle": "CircleOID", "pgtype.TID": "TIDOID", "pgtype.Uint32": "OIDOID", "netip.Addr": "InetOID", "netip.Prefix": "CIDROID",
	"pgtype.Range[pgtype.Int4]": "Int4rangeOID", "pgtype.Range[pgtype.Int8]": "Int8rangeOID", "pgtype.Range[pgtype.Numeric]": "NumrangeOID",
	"pgtype.Range[pgtype.Date]": "DaterangeOID", "pgtype.Range[pgtype.Timestamp]": "TsrangeOID",
	"pgtype.Range[pgtype.Timestamptz]":                    "TstzrangeOID",
	"pgtype.Multirange[pgtype.Range[pgtype.Int4]]":        "Int4multirangeOID",
	"pgtype.Multirange[pgtype.Range[pgtype.Int8]]":        "Int8multirangeOID",
	"pgtype.Multirange[pgtype.Range[pgtype.Numeric]]":     "NummultirangeOID",
	"pgtype.Multirange[pgtype.Range[pgtype.Date]]":        "DatemultirangeOID",
	"pgtype.Multirange[pgtype.Range[pgtype.Timestamp]]":   "TsmultirangeOID",
	"pgtype.Multirange[pgtype.Range[pgtype.Timestamptz]]": "TstzmultirangeOID",
}

// wires makes the methods that read and write JSON as PostgreSQL does, for every struct that has tags for JSON.
func wires(m *model.Model, pkg *sqlcPackage) *generator {
	g := newGenerator(pkg)
	g.each(m, g.wire)
	for _, name := range pkg.order {
		g.nullEnum(name)
	}
	return g
}

// wire adds the methods of one struct, unless sqlc made no such struct or it has no tags.
func (g *generator) wire(name string, o *model.Object) {
	fields, ok := g.pkg.structs[name]
	if !ok || g.done[name] || g.pkg.declared[name+".MarshalJSON"] {
		return
	}
	g.done[name] = true
	keys := map[string]string{}
	for _, f := range fields {
		key := f.key()
		if key == "" {
			return
		}
		keys[f.name] = key
	}
	var members []string
	for _, p := range match(o.Fields, fields) {
		members = append(members, g.member(p, keys[p.goName]))
	}
	if len(members) != len(fields) {
		return
	}
	g.used["trefoilMember"] = true
	g.methods = append(g.methods,
		comment("MarshalJSON writes the row as PostgreSQL's row_to_json does.")+"\n"+
			block("func (v "+name+") MarshalJSON() ([]byte, error)", "return "+g.call("trefoilWriteRow", "v.trefoilWire()")),
		comment("UnmarshalJSON reads what PostgreSQL's row_to_json writes. What a field cannot hold is an error.")+"\n"+
			block("func (v *"+name+") UnmarshalJSON(text []byte) error", "return "+g.call("trefoilReadRow", lit(name), "text", "v.trefoilWire()")),
		block("func (v *"+name+") trefoilWire() []trefoilMember", within("return []trefoilMember{", commas(members), "\n}")),
	)
}

// member is a field with the codec of its Go type.
func (g *generator) member(p pair, key string) string {
	name, field := lit(key), "&"+p.value()
	if p.Embed {
		return g.call("trefoilPlainField", name, field)
	}
	if oid, ok := g.textOID(p.goType, p.Type); ok {
		if !p.Nullable && p.Column != "" && goTypes[p.goType] == (goType{opaque, never, ""}) {
			return g.call("trefoilRequiredText", name, field, oid)
		}
		return g.call("trefoilTextField", name, field, oid)
	}
	if a, ok := p.Type.(model.Array); ok {
		if oid, ok := g.textOID(strings.TrimPrefix(p.goType, "[]"), a.Elem); ok {
			return g.call("trefoilTextList", name, field, oid)
		}
	}
	codec := g.codec(p.goType, p.Type)
	required := !p.Nullable && p.Column != "" && goTypes[p.goType].null == never && (goTypes[p.goType].carrier != opaque || p.goType == "bool")
	switch {
	case codec == "" && (required || g.pkg.strings[p.goType] && !p.Nullable):
		return g.call("trefoilRequiredField", name, field)
	case codec == "":
		return g.call("trefoilPlainField", name, field)
	case required:
		codec = g.call("trefoilNotNull", codec)
	}
	return g.call("trefoilField", name, field, codec)
}

// textOID is the constant for a type that is sent as text.
func (g *generator) textOID(goType string, t model.Type) (string, bool) {
	if s, ok := t.(model.Scalar); ok && goType == "net.HardwareAddr" {
		return g.from(pgtype, map[model.Kind]string{model.MACAddr: "MacaddrOID", model.MACAddr8: "Macaddr8OID"}[s.Kind]), true
	}
	oid, ok := wireTexts[strings.TrimPrefix(goType, "*")]
	if !ok {
		return "", false
	}
	return g.from(pgtype, oid), true
}

// codec is the expression for a Go type's codec; "" where encoding/json reads and writes what PostgreSQL does.
func (g *generator) codec(goType string, t model.Type) string {
	if name, ok := wireCodecs[goType]; ok {
		return g.call(name)
	}
	switch goType {
	case "float32", "float64":
		return g.generic("trefoilFloatWire", goType)
	case "*float32", "*float64":
		return g.call("trefoilPointer", g.codec(goType[1:], t))
	case "[]byte", "json.RawMessage":
		return g.bytes(goType, t)
	}
	if elem, ok := strings.CutPrefix(goType, "[]"); ok {
		return g.list(elem, t)
	}
	return ""
}

// generic calls a function of the runtime for a type.
func (g *generator) generic(name, goType string) string {
	g.used[name] = true
	return name + "[" + goType + "]()"
}

func (g *generator) bytes(goType string, t model.Type) string {
	if s, ok := t.(model.Scalar); ok && s.Kind == model.Bytea && goType == "[]byte" {
		return g.call("trefoilBytes")
	}
	if goType == "json.RawMessage" {
		return g.generic("trefoilRawJSON", g.from("encoding/json", "RawMessage"))
	}
	return g.generic("trefoilRawJSON", "[]byte")
}

// list is the codec of a slice. NULL is refused where the element's type has none.
func (g *generator) list(elem string, t model.Type) string {
	inner := t
	if a, ok := t.(model.Array); ok {
		if inner = a.Elem; a.Dims > 1 && strings.HasPrefix(elem, "[]") && elem != "[]byte" {
			a.Dims--
			inner = a
		}
	}
	codec := g.codec(elem, inner)
	if codec == "" {
		if strings.Contains(elem, ".") {
			return "" // pgx's types hold NULL
		}
		codec = g.generic("trefoilOwnJSON", elem)
	}
	if known, ok := goTypes[elem]; !ok && !strings.HasPrefix(elem, "[]") || known.null == never && known.carrier != opaque || elem == "bool" {
		codec = g.call("trefoilNotNull", codec)
	}
	return g.call("trefoilSlice", codec)
}

// nullEnum gives sqlc's nullable enums the form of a string or null.
func (g *generator) nullEnum(name string) {
	of, ok := strings.CutPrefix(name, "Null")
	fields := g.pkg.structs[name]
	if !ok || !g.pkg.strings[of] || len(fields) != 2 || fields[0].typ != of || g.pkg.declared[name+".MarshalJSON"] {
		return
	}
	value := "ns." + fields[0].name
	g.methods = append(g.methods,
		comment("MarshalJSON writes the value, or null.")+"\n"+
			block("func (ns "+name+") MarshalJSON() ([]byte, error)",
				"return "+g.call("trefoilWriteNullable", apply("string", value), "ns.Valid")),
		comment("UnmarshalJSON reads a value or null.")+"\n"+
			block("func (ns *"+name+") UnmarshalJSON(text []byte) error",
				"value, valid, err := "+g.call("trefoilReadNullable", "text"),
				value+", ns.Valid = "+apply(of, "value")+", valid",
				"return err"),
	)
}
