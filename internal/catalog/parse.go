package catalog

import (
	"errors"
	"strings"
	"unicode/utf8"

	pg_query "github.com/pganalyze/pg_query_go/v5"
	"github.com/pganalyze/pg_query_go/v5/parser"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// statement is one parsed statement. Locations in its tree count from offset in the file's text.
type statement struct {
	file *source.File
	node *pg_query.Node
	// start and end are where the statement stands, without the comments before it and the semicolon.
	start, end int
	offset     int
	// marks are what the shim for newer syntax took out, by the place in the file where it stood.
	marks map[int]mark
	// cut tells that a RETURNING list was taken out; returning is what it was, nil where it cannot be read.
	cut       bool
	returning []*pg_query.Node
}

// span is the whole statement's place.
func (st *statement) span() source.Span {
	return source.Span{File: st.file, Start: st.start, End: st.end}
}

// parseFile parses a file's statements. After a mistake it goes on with the next statement.
func parseFile(file *source.File) ([]*statement, source.List) {
	if i := strings.IndexByte(file.Text, 0); i >= 0 {
		return nil, source.List{source.Errorf(source.Span{File: file, Start: i, End: i + 1}, characterNotInRepertoire,
			"invalid byte sequence for encoding \"UTF8\": 0x00")}
	}
	if statements, err := parseText(file, 0, len(file.Text)); err == nil {
		return statements, nil
	}
	return parsePieces(file)
}

// parsedFile is a file's statements, and what is wrong in it.
type parsedFile struct {
	statements []*statement
	list       source.List
}

// filesAhead is how many files are parsed before the replay needs them.
const filesAhead = 16

// parseAhead parses files side by side, some ahead of the one that is taken next. Each call of next gives the next one's.
func parseAhead(files []*source.File) (next func() parsedFile) {
	results := make([]chan parsedFile, len(files))
	for i := range results {
		results[i] = make(chan parsedFile, 1)
	}
	started := 0
	start := func() {
		if i := started; i < len(files) {
			started++
			go func() {
				statements, list := parseFile(files[i])
				results[i] <- parsedFile{statements, list}
			}()
		}
	}
	for range filesAhead {
		start()
	}
	taken := 0
	return func() parsedFile {
		p := <-results[taken]
		taken++
		start()
		return p
	}
}

// parseText parses a part of a file as a whole.
func parseText(file *source.File, start, end int) ([]*statement, error) {
	tree, err := pg_query.Parse(file.Text[start:end])
	if err != nil {
		return nil, err
	}
	statements := make([]*statement, 0, len(tree.Stmts))
	for _, raw := range tree.Stmts {
		from := start + int(raw.StmtLocation)
		to := end
		if raw.StmtLen > 0 {
			to = from + int(raw.StmtLen)
		}
		from = skipSpace(file.Text, from)
		to = from + len(strings.TrimRight(file.Text[from:max(from, to)], " \t\r\n\f\v"))
		statements = append(statements, &statement{file: file, node: raw.Stmt, start: from, end: to, offset: start})
	}
	return statements, nil
}

// parsePieces parses statement by statement, and reports each that does not parse.
func parsePieces(file *source.File) ([]*statement, source.List) {
	pieces, list := splitStatements(file)
	var statements []*statement
	for _, p := range pieces {
		parsed, err := parseText(file, p.start, p.end)
		if err != nil {
			var newer *statement
			if newer, err = parseNewer(file, p, err); err == nil {
				parsed = []*statement{newer}
			}
		}
		if err != nil {
			list = append(list, parseDiagnostic(file, p, err))
		}
		statements = append(statements, parsed...)
	}
	return statements, list
}

// parseDiagnostic says where a statement stopped being SQL. The parser counts in characters, from 1.
func parseDiagnostic(file *source.File, p piece, err error) source.Diagnostic {
	span := source.Span{File: file, Start: skipSpace(file.Text, p.start), End: p.end}
	message, cursor := err.Error(), 0
	var perr *parser.Error
	if errors.As(err, &perr) {
		cursor = perr.Cursorpos
	}
	if cursor > 0 {
		span.Start = p.start + byteOffset(file.Text[p.start:p.end], cursor-1)
		span.End = tokenEnd(file.Text, span.Start)
	}
	var newer *newerSyntaxError
	if errors.As(err, &newer) {
		return source.Diagnostic{Span: newer.span, Code: codeNewerSyntax, Message: newer.message, Hint: newer.hint}
	}
	return source.Errorf(span, syntaxError, "%s", message)
}

// byteOffset converts a count of characters to one of bytes.
func byteOffset(text string, characters int) int {
	offset := 0
	for ; characters > 0 && offset < len(text); characters-- {
		_, size := utf8.DecodeRuneInString(text[offset:])
		offset += size
	}
	return offset
}
