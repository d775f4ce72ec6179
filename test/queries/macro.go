package queries

import (
	"fmt"
	"slices"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// Rewritten is a statement of sqlc's as a server takes it.
type Rewritten struct {
	SQL string
	// Names are sqlc's names of $1, $2 and so on; "" for those that the statement numbers itself.
	Names []string
}

// macro is a use of one of sqlc's names in a statement: @name, or sqlc.fn(arg).
type macro struct {
	start, end int
	fn, arg    string
}

// Rewrite puts $n where sqlc has @name, sqlc.arg(name), sqlc.narg(name) and sqlc.slice(name), and t.* for sqlc.embed(t). Names
// take the numbers that the statement leaves free, in order of their place.
func Rewrite(sql string) (Rewritten, error) {
	scanned, err := pg_query.Scan(sql)
	if err != nil {
		return Rewritten{}, err
	}
	macros, used := macros(sql, scanned.Tokens)
	var out Rewritten
	number := func(name string) int {
		if i := slices.Index(out.Names, name); i >= 0 {
			return i + 1
		}
		for slices.Contains(used, fmt.Sprintf("$%d", len(out.Names)+1)) {
			out.Names = append(out.Names, "")
		}
		out.Names = append(out.Names, name)
		return len(out.Names)
	}
	var b strings.Builder
	at := 0
	for _, m := range macros {
		b.WriteString(sql[at:m.start])
		if m.fn == "embed" {
			b.WriteString(m.arg + ".*")
		} else {
			fmt.Fprintf(&b, "$%d", number(m.arg))
		}
		at = m.end
	}
	out.SQL = b.String() + sql[at:]
	return out, nil
}

// macros finds the uses of sqlc's names, and the parameters that are numbers already.
func macros(sql string, tokens []*pg_query.ScanToken) (found []macro, numbered []string) {
	text := func(i int) string {
		if i >= len(tokens) {
			return ""
		}
		return sql[tokens[i].Start:tokens[i].End]
	}
	for i := range tokens {
		switch t := text(i); {
		case tokens[i].Token == pg_query.Token_PARAM:
			numbered = append(numbered, t)
		case t == "@" && i+1 < len(tokens) && tokens[i].End == tokens[i+1].Start && identifier(tokens[i+1]):
			found = append(found, macro{int(tokens[i].Start), int(tokens[i+1].End), "arg", named(text(i + 1))})
		case strings.EqualFold(t, "sqlc") && text(i+1) == "." && text(i+3) == "(" && text(i+5) == ")":
			found = append(found, macro{int(tokens[i].Start), int(tokens[i+5].End), strings.ToLower(text(i + 2)), named(text(i + 4))})
		}
	}
	return found, numbered
}

// named is the name that a token stands for: outside quotes it is folded, as PostgreSQL's parser does before sqlc sees it.
func named(token string) string {
	if strings.ContainsAny(token[:1], `'"`) {
		return token[1 : len(token)-1]
	}
	return strings.ToLower(token)
}

// identifier tells a name, which may be a keyword.
func identifier(t *pg_query.ScanToken) bool {
	return t.Token == pg_query.Token_IDENT || t.KeywordKind != pg_query.KeywordKind_NO_KEYWORD
}
