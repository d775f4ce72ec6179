package golang

import (
	"strings"

	"github.com/dave/jennifer/jen"

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
func wires(m *model.Model, pkg *sqlcPackage) (methods []jen.Code, used map[string]bool) {
	g := &generator{pkg: pkg, used: map[string]bool{}, done: map[string]bool{}}
	g.each(m, g.wire)
	for _, name := range pkg.order {
		g.nullEnum(name)
	}
	return g.methods, g.used
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
		if f.key == "" {
			return
		}
		keys[f.name] = f.key
	}
	var members []jen.Code
	for _, p := range match(o.Fields, fields) {
		members = append(members, g.member(p, keys[p.goName]))
	}
	if len(members) != len(fields) {
		return
	}
	g.used["trefoilMember"] = true
	g.methods = append(g.methods,
		jen.Comment("MarshalJSON writes the row as PostgreSQL's row_to_json does.").Line().
			Func().Params(jen.Id("v").Id(name)).Id("MarshalJSON").Params().Params(jen.Index().Byte(), jen.Error()).
			Block(jen.Return(g.call("trefoilWriteRow", jen.Id("v").Dot("trefoilWire").Call()))),
		jen.Comment("UnmarshalJSON reads what PostgreSQL's row_to_json writes. What a field cannot hold is an error.").Line().
			Func().Params(jen.Id("v").Op("*").Id(name)).Id("UnmarshalJSON").Params(jen.Id("text").Index().Byte()).Error().
			Block(jen.Return(g.call("trefoilReadRow", jen.Lit(name), jen.Id("text"), jen.Id("v").Dot("trefoilWire").Call()))),
		jen.Func().Params(jen.Id("v").Op("*").Id(name)).Id("trefoilWire").Params().Index().Id("trefoilMember").
			Block(jen.Return(jen.Index().Id("trefoilMember").Values(lines(members)...))),
	)
}

// lines puts each value on a line of its own.
func lines(values []jen.Code) []jen.Code {
	var out []jen.Code
	for _, v := range values {
		out = append(out, jen.Line().Add(v))
	}
	return append(out, jen.Line())
}

// member is a field with the codec of its Go type.
func (g *generator) member(p pair, key string) jen.Code {
	name, field := jen.Lit(key), jen.Op("&").Add(p.value())
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
	case codec == nil && (required || g.pkg.strings[p.goType] && !p.Nullable):
		return g.call("trefoilRequiredField", name, field)
	case codec == nil:
		return g.call("trefoilPlainField", name, field)
	case required:
		codec = g.call("trefoilNotNull", codec)
	}
	return g.call("trefoilField", name, field, codec)
}

// textOID is the constant for a type that is sent as text.
func (g *generator) textOID(goType string, t model.Type) (jen.Code, bool) {
	if s, ok := t.(model.Scalar); ok && goType == "net.HardwareAddr" {
		return jen.Qual(pgtype, map[model.Kind]string{model.MACAddr: "MacaddrOID", model.MACAddr8: "Macaddr8OID"}[s.Kind]), true
	}
	oid, ok := wireTexts[strings.TrimPrefix(goType, "*")]
	return jen.Qual(pgtype, oid), ok
}

// codec is the expression for a Go type's codec; nil where encoding/json reads and writes what PostgreSQL does.
func (g *generator) codec(goType string, t model.Type) *jen.Statement {
	if name, ok := wireCodecs[goType]; ok {
		return g.call(name)
	}
	switch goType {
	case "float32", "float64":
		g.used["trefoilFloatWire"] = true
		return jen.Id("trefoilFloatWire").Types(jen.Id(goType)).Call()
	case "*float32", "*float64":
		return g.call("trefoilPointer", g.codec(goType[1:], t))
	case "[]byte", "json.RawMessage":
		return g.bytes(goType, t)
	}
	if elem, ok := strings.CutPrefix(goType, "[]"); ok {
		return g.list(elem, t)
	}
	return nil
}

func (g *generator) bytes(goType string, t model.Type) *jen.Statement {
	if s, ok := t.(model.Scalar); ok && s.Kind == model.Bytea && goType == "[]byte" {
		return g.call("trefoilBytes")
	}
	g.used["trefoilRawJSON"] = true
	typ := jen.Index().Byte()
	if goType == "json.RawMessage" {
		typ = jen.Qual("encoding/json", "RawMessage")
	}
	return jen.Id("trefoilRawJSON").Types(typ).Call()
}

// list is the codec of a slice. NULL is refused where the element's type has none.
func (g *generator) list(elem string, t model.Type) *jen.Statement {
	inner := t
	if a, ok := t.(model.Array); ok {
		if inner = a.Elem; a.Dims > 1 && strings.HasPrefix(elem, "[]") && elem != "[]byte" {
			a.Dims--
			inner = a
		}
	}
	codec := g.codec(elem, inner)
	if codec == nil {
		if strings.Contains(elem, ".") {
			return nil // pgx's types hold NULL
		}
		g.used["trefoilOwnJSON"] = true
		codec = jen.Id("trefoilOwnJSON").Types(jen.Id(elem)).Call()
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
	value := jen.Id("ns").Dot(fields[0].name)
	g.methods = append(g.methods,
		jen.Comment("MarshalJSON writes the value, or null.").Line().
			Func().Params(jen.Id("ns").Id(name)).Id("MarshalJSON").Params().Params(jen.Index().Byte(), jen.Error()).Block(
			jen.Return(g.call("trefoilWriteNullable", jen.String().Parens(value), jen.Id("ns").Dot("Valid")))),
		jen.Comment("UnmarshalJSON reads a value or null.").Line().
			Func().Params(jen.Id("ns").Op("*").Id(name)).Id("UnmarshalJSON").Params(jen.Id("text").Index().Byte()).Error().Block(
			jen.List(jen.Id("value"), jen.Id("valid"), jen.Err()).Op(":=").Add(g.call("trefoilReadNullable", jen.Id("text"))),
			jen.List(value.Clone(), jen.Id("ns").Dot("Valid")).Op("=").List(jen.Id(of).Parens(jen.Id("value")), jen.Id("valid")),
			jen.Return(jen.Err()),
		),
	)
}
