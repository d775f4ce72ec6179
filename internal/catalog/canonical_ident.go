package catalog

import (
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// quoteIdent quotes a name where PostgreSQL's quote_ident() does: unless it is of lower-case letters, digits and
// underscores, and no keyword that is reserved anywhere.
func quoteIdent(name string) string {
	if isPlainIdent(name) && !isReserved(name) {
		return name
	}
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

func isPlainIdent(name string) bool {
	for i := range len(name) {
		c := name[i]
		switch {
		case 'a' <= c && c <= 'z', c == '_':
		case isDigit(c) && i > 0:
		default:
			return false
		}
	}
	return name != ""
}

// isReserved asks the lexer, which holds the list of keywords.
func isReserved(name string) bool {
	result, err := pg_query.Scan(name)
	if err != nil || len(result.Tokens) != 1 {
		return true
	}
	kind := result.Tokens[0].KeywordKind
	return kind != pg_query.KeywordKind_NO_KEYWORD && kind != pg_query.KeywordKind_UNRESERVED_KEYWORD
}
