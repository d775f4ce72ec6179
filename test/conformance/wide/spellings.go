package wide

import "github.com/trefoil-sql/trefoil/internal/naming"

// Spelling is another way to write a value, which jsonb_populate_record takes and row_to_json never sends. A client need
// not take it: its types promise one form. Each is tested to be taken by PostgreSQL and refused by just these clients.
type Spelling struct {
	SQL, JSON string
	RefusedBy []naming.Language
}

var (
	everyClient   = []naming.Language{naming.Go, naming.TypeScript, naming.Python}
	zodAndGo      = []naming.Language{naming.Go, naming.TypeScript}
	pydanticAndGo = []naming.Language{naming.Go, naming.Python}
)

// Spellings are those that any client refuses.
var Spellings = []Spelling{
	{"text", "1", everyClient}, {"text", "true", everyClient}, {"text", "[1]", everyClient}, {"text", `{"a": 1}`, everyClient}, {"varchar(5)", "1.5", everyClient},
	{"integer", `"1"`, zodAndGo}, {"integer", `" 1 "`, zodAndGo}, {"bigint", `"9223372036854775807"`, zodAndGo}, {"double precision", `"1.5"`, zodAndGo},
	{"numeric", `"1.5"`, []naming.Language{naming.TypeScript}}, {"numeric", `"nan"`, zodAndGo}, {"double precision", `"-inf"`, zodAndGo},
	{"boolean", `"t"`, zodAndGo}, {"boolean", `"yes"`, zodAndGo}, {"boolean", "1", zodAndGo},
	{"date", "20240102", everyClient}, {"date", `"today"`, pydanticAndGo}, {"date", `"epoch"`, pydanticAndGo}, {"date", `"Jan 2, 2024"`, pydanticAndGo}, {"date", `"20240102"`, []naming.Language{naming.Go}},
	{"time", `"3:04 PM"`, pydanticAndGo}, {"time", `"allballs"`, pydanticAndGo}, {"timestamp", `"now"`, pydanticAndGo}, {"timestamp", `"2024-01-02 3:04"`, pydanticAndGo},
	{"timestamptz", `"2024-01-02T03:04:05"`, pydanticAndGo}, {"timestamptz", `"2024-01-02 03:04:05 Europe/Amsterdam"`, pydanticAndGo},
	{"interval", `"@ 1 minute"`, []naming.Language{naming.Go}}, {"interval", `"P1DT2H"`, []naming.Language{naming.Go}}, {"interval", "5", everyClient},
	{"integer[]", `"{1,2}"`, everyClient}, {"text[]", `"{a,b}"`, everyClient}, {"text[]", "[1, true]", everyClient},
	{"pair", `"(1,a)"`, everyClient}, {"oid", "5", zodAndGo}, {"inet", `"10.0/16"`, []naming.Language{naming.Go}},
	{"money", "1.5", []naming.Language{naming.TypeScript}}, {"bit(3)", "101", zodAndGo}, {"bit(4)", `"x5"`, []naming.Language{naming.Go}}, {"xid", "5", zodAndGo},
}
