package catalog

import pg_query "github.com/pganalyze/pg_query_go/v5"

// Flow is a statement, parsed once, that can be asked where its columns come from and where its parameters go.
type Flow struct{ tree *pg_query.ParseResult }

// FlowOf parses a statement. The error is the parser's.
func FlowOf(sql string) (Flow, error) {
	tree, err := pg_query.Parse(sql)
	return Flow{tree}, err
}
