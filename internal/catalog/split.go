package catalog

import (
	"errors"

	pg_query "github.com/pganalyze/pg_query_go/v5"
	"github.com/pganalyze/pg_query_go/v5/parser"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// piece is the text of one statement, as tokens tell it: with the comments before it, without the semicolon.
type piece struct{ start, end int }

// splitStatements cuts a file at its semicolons, as psql would. What the scanner refuses is reported, and the splitting
// goes on behind the next semicolon.
func splitStatements(file *source.File) ([]piece, source.List) {
	var pieces []piece
	var list source.List
	for from := 0; from < len(file.Text); {
		scanned, err := pg_query.Scan(file.Text[from:])
		if err == nil {
			return append(pieces, cut(scanned.Tokens, from, len(file.Text))...), list
		}
		at := len(file.Text)
		var perr *parser.Error
		if errors.As(err, &perr) && perr.Cursorpos > 0 {
			at = from + byteOffset(file.Text[from:], perr.Cursorpos-1)
		}
		list = append(list, source.Errorf(source.Span{File: file, Start: at, End: tokenEnd(file.Text, at)}, syntaxError, "%s", err))
		if before, err := pg_query.Scan(file.Text[from:at]); err == nil {
			whole := cut(before.Tokens, from, at)
			pieces = append(pieces, whole[:max(0, len(whole)-1)]...)
		}
		next := indexFrom(file.Text, ';', at)
		if next < 0 {
			break
		}
		from = next + 1
	}
	return pieces, list
}

func indexFrom(text string, b byte, from int) int {
	for i := from; i < len(text); i++ {
		if text[i] == b {
			return i
		}
	}
	return -1
}

// cut splits tokens at the semicolons that stand outside parentheses and outside BEGIN ATOMIC … END.
func cut(tokens []*pg_query.ScanToken, from, end int) []piece {
	var pieces []piece
	start, parens := from, 0
	var body atomicBody
	empty := true
	for i, t := range tokens {
		switch t.Token {
		case pg_query.Token_SQL_COMMENT, pg_query.Token_C_COMMENT:
			continue
		case pg_query.Token_ASCII_40:
			parens++
		case pg_query.Token_ASCII_41:
			parens--
		case pg_query.Token_ASCII_59:
			if parens <= 0 && !body.open() {
				if !empty {
					pieces = append(pieces, piece{start, from + int(t.Start)})
				}
				start, parens, empty = from+int(t.End), 0, true
				continue
			}
		}
		empty = false
		body.next(tokens, i)
	}
	if !empty {
		pieces = append(pieces, piece{start, end})
	}
	return pieces
}

// atomicBody follows the nesting of BEGIN ATOMIC … END; CASE … END nests in it too.
type atomicBody struct{ depth int }

func (b *atomicBody) open() bool { return b.depth > 0 }

func (b *atomicBody) next(tokens []*pg_query.ScanToken, i int) {
	switch tokens[i].Token {
	case pg_query.Token_ATOMIC:
		if i > 0 && tokens[i-1].Token == pg_query.Token_BEGIN_P {
			b.depth++
		}
	case pg_query.Token_CASE:
		if b.depth > 0 {
			b.depth++
		}
	case pg_query.Token_END_P:
		if b.depth > 0 {
			b.depth--
		}
	}
}
