package catalog

import (
	"strings"
	"sync"

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

// isReserved tells a keyword that cannot be any name.
func isReserved(name string) bool {
	kind, ok := keywords()[name]
	return ok && kind != pg_query.KeywordKind_UNRESERVED_KEYWORD
}

func isKeyword(name string) bool {
	_, ok := keywords()[name]
	return ok
}

// keywords are the grammar's, as the lexer tells them. Its tokens are named after them.
var keywords = sync.OnceValue(func() map[string]pg_query.KeywordKind {
	var text strings.Builder
	for token := range pg_query.Token_value {
		text.WriteString(strings.ToLower(strings.TrimSuffix(token, "_P")) + "\n")
	}
	words := map[string]pg_query.KeywordKind{}
	result, err := pg_query.Scan(text.String())
	if err != nil {
		panic(err) // the text is of words alone
	}
	for _, t := range result.Tokens {
		if t.KeywordKind != pg_query.KeywordKind_NO_KEYWORD {
			words[text.String()[t.Start:t.End]] = t.KeywordKind
		}
	}
	return words
})
