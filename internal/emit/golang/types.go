package golang

import "github.com/trefoil-sql/trefoil/internal/model"

// carrier is what a Go type holds, as far as rules are concerned.
type carrier int

const (
	opaque     carrier = iota // nothing is tested but presence
	text                      // a string
	integer                   // a sized integer, whose limits are the column's own
	float                     // a float
	pgxNumeric                // pgtype.Numeric
	bytes_                    // JSON text
)

// nullness is how a Go type says null.
type nullness int

const (
	never   nullness = iota // it cannot
	pointer                 // nil pointer
	nilling                 // nil slice or interface: pgx and database/sql send NULL
	flag                    // a field Valid
)

// goType is what is known of a Go type that sqlc writes.
type goType struct {
	carrier carrier
	null    nullness
	// field holds the value, "" if the type itself does.
	field string
}

// goTypes are sqlc's types for its three drivers. A type that is missing here (an override, say) is not tested.
var goTypes = map[string]goType{
	"string":         {text, never, ""},
	"*string":        {text, pointer, ""},
	"pgtype.Text":    {text, flag, "String"},
	"sql.NullString": {text, flag, "String"},

	"int16":         {integer, never, ""},
	"int32":         {integer, never, ""},
	"int64":         {integer, never, ""},
	"*int16":        {integer, pointer, ""},
	"*int32":        {integer, pointer, ""},
	"*int64":        {integer, pointer, ""},
	"pgtype.Int2":   {integer, flag, "Int16"},
	"pgtype.Int4":   {integer, flag, "Int32"},
	"pgtype.Int8":   {integer, flag, "Int64"},
	"sql.NullInt16": {integer, flag, "Int16"},
	"sql.NullInt32": {integer, flag, "Int32"},
	"sql.NullInt64": {integer, flag, "Int64"},

	"float32":         {float, never, ""},
	"float64":         {float, never, ""},
	"*float32":        {float, pointer, ""},
	"*float64":        {float, pointer, ""},
	"pgtype.Float4":   {float, flag, "Float32"},
	"pgtype.Float8":   {float, flag, "Float64"},
	"sql.NullFloat64": {float, flag, "Float64"},

	"pgtype.Numeric": {pgxNumeric, flag, ""},

	"[]byte":                {bytes_, nilling, ""},
	"json.RawMessage":       {bytes_, nilling, ""},
	"pqtype.NullRawMessage": {bytes_, flag, "RawMessage"},

	"bool":               {opaque, never, ""},
	"*bool":              {opaque, pointer, ""},
	"pgtype.Bool":        {opaque, flag, ""},
	"sql.NullBool":       {opaque, flag, ""},
	"time.Time":          {opaque, never, ""},
	"*time.Time":         {opaque, pointer, ""},
	"sql.NullTime":       {opaque, flag, ""},
	"pgtype.UUID":        {opaque, flag, ""},
	"uuid.UUID":          {opaque, never, ""},
	"*uuid.UUID":         {opaque, pointer, ""},
	"uuid.NullUUID":      {opaque, flag, ""},
	"pgtype.Date":        {opaque, flag, ""},
	"pgtype.Time":        {opaque, flag, ""},
	"pgtype.Timestamp":   {opaque, flag, ""},
	"pgtype.Timestamptz": {opaque, flag, ""},
	"pgtype.Interval":    {opaque, flag, ""},
	"pgtype.Bits":        {opaque, flag, ""},
	"pgtype.Point":       {opaque, flag, ""},
	"pgtype.Line":        {opaque, flag, ""},
	"pgtype.Lseg":        {opaque, flag, ""},
	"pgtype.Box":         {opaque, flag, ""},
	"pgtype.Path":        {opaque, flag, ""},
	"pgtype.Polygon":     {opaque, flag, ""},
	"pgtype.Circle":      {opaque, flag, ""},
	"pgtype.TID":         {opaque, flag, ""},
	"pgtype.Uint32":      {opaque, flag, ""},
	"pgtype.Hstore":      {opaque, nilling, ""},
	"interface{}":        {opaque, nilling, ""},
	"net.HardwareAddr":   {opaque, nilling, ""},
	"netip.Addr":         {opaque, never, ""},
	"*netip.Addr":        {opaque, pointer, ""},
	"netip.Prefix":       {opaque, never, ""},
	"*netip.Prefix":      {opaque, pointer, ""},
	"pgvector.Vector":    {opaque, never, ""},
	"*pgvector.Vector":   {opaque, pointer, ""},
}

// family is how the values of a kind are tested, whatever Go type holds them.
type family int

const (
	untested family = iota
	strings_
	integers
	floats
	numerics
	documents
)

// families has a row for every kind.
var families = map[model.Kind]family{
	model.Bool:        untested,
	model.Int2:        integers,
	model.Int4:        integers,
	model.Int8:        integers,
	model.Float4:      floats,
	model.Float8:      floats,
	model.Numeric:     numerics,
	model.Money:       untested, // its text depends on the server's locale
	model.Text:        strings_,
	model.Varchar:     strings_,
	model.Char:        strings_,
	model.CIText:      strings_,
	model.NameKind:    strings_,
	model.InternChar:  untested,
	model.Bytea:       untested,
	model.UUID:        untested,
	model.Date:        untested,
	model.Time:        untested,
	model.TimeTZ:      untested,
	model.Timestamp:   untested,
	model.TimestampTZ: untested,
	model.Interval:    untested,
	model.JSON:        documents,
	model.JSONB:       documents,
	model.JSONPath:    untested,
	model.XML:         untested,
	model.Inet:        untested,
	model.CIDR:        untested,
	model.MACAddr:     untested,
	model.MACAddr8:    untested,
	model.Bit:         untested,
	model.Varbit:      untested,
	model.Point:       untested,
	model.Line:        untested,
	model.LSeg:        untested,
	model.Box:         untested,
	model.Path:        untested,
	model.Polygon:     untested,
	model.Circle:      untested,
	model.TSVector:    untested,
	model.TSQuery:     untested,
	model.OID:         untested,
	model.RegType:     untested,
	model.XID:         untested,
	model.XID8:        untested,
	model.PGLSN:       untested,
	model.LTree:       untested,
	model.HStore:      untested,
	model.Vector:      untested,
	model.Geometry:    untested,
	model.AnyKind:     untested,
}

// carries tells whether a Go type holds values of the family in a form that the tests read.
func (f family) carries(c carrier) bool {
	switch f {
	case strings_:
		return c == text
	case integers:
		return c == integer
	case floats:
		return c == float
	case numerics:
		return c == pgxNumeric || c == text
	case documents:
		return c == bytes_
	default:
		return false
	}
}
