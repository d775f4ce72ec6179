package catalog

import (
	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// Token is a lexical token of an SQL text: the bytes [Start, End).
type Token struct {
	Start, End int
	// Comment tells a comment of either kind.
	Comment bool
	// Word tells a keyword or an identifier, quoted or not.
	Word bool
}

// Scan splits an SQL text into tokens as PostgreSQL's scanner does. It needs no valid statement, only closed quotes and
// comments; the error is the scanner's.
func Scan(sql string) ([]Token, error) {
	result, err := pg_query.Scan(sql)
	if err != nil {
		return nil, err
	}
	tokens := make([]Token, len(result.Tokens))
	for i, t := range result.Tokens {
		tokens[i] = Token{
			Start:   int(t.Start),
			End:     int(t.End),
			Comment: t.Token == pg_query.Token_SQL_COMMENT || t.Token == pg_query.Token_C_COMMENT,
			Word:    t.Token == pg_query.Token_IDENT || t.Token == pg_query.Token_UIDENT || t.KeywordKind != pg_query.KeywordKind_NO_KEYWORD,
		}
	}
	return tokens, nil
}
