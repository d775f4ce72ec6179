package catalog

import (
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// at is the place of the token that a node's location points at. A location below 0 means the statement.
func (st *statement) at(location int32) source.Span {
	if location < 0 {
		return st.head()
	}
	start := st.offset + int(location)
	return source.Span{File: st.file, Start: start, End: tokenEnd(st.file.Text, start)}
}

// name is the place of a name that may be qualified: the tokens a.b.c from a location on.
func (st *statement) name(location int32) source.Span {
	span := st.at(location)
	text := st.file.Text
	for {
		dot := skipSpace(text, span.End)
		if dot >= len(text) || text[dot] != '.' {
			return span
		}
		next := skipSpace(text, dot+1)
		if next >= len(text) || !(text[next] == '"' || isWordByte(text[next])) {
			return span
		}
		span.End = tokenEnd(text, next)
	}
}

// head is the place of the statement's first line, for what has no place of its own.
func (st *statement) head() source.Span {
	end := st.start + len(firstLine(st.file.Text[st.start:max(st.start, st.end)]))
	return source.Span{File: st.file, Start: st.start, End: end}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return strings.TrimRight(line, "\r ")
}

// find is the place of the identifier name in the statement, the first at or after an offset in the file. Many nodes
// have no location; the name itself tells their place.
func (st *statement) find(name string, from int) source.Span {
	if name == "" {
		return st.head()
	}
	text := st.file.Text[:st.end]
	for pos := max(from, st.start); pos < len(text); {
		pos = skipSpace(text, pos)
		if pos >= len(text) {
			break
		}
		end := tokenEnd(text, pos)
		if mayBe(text[pos:end], name) && identifier(text[pos:end]) == name {
			return source.Span{File: st.file, Start: pos, End: end}
		}
		pos = end
	}
	return st.head()
}

// last is like find, but finds the last occurrence: where a statement says its new name.
func (st *statement) last(name string) source.Span {
	found := st.find(name, st.start)
	for next := found; ; found = next {
		next = st.find(name, next.End)
		if next.Start <= found.Start {
			return found
		}
	}
}

// findName is the place of a qualified name given as its parts.
func (st *statement) findName(parts []string, from int) source.Span {
	if len(parts) == 0 {
		return st.head()
	}
	first := st.find(parts[0], from)
	if first == st.head() || len(parts) == 1 {
		return first
	}
	return st.name(int32(first.Start - st.offset))
}

// mayBe is false for most tokens that do not mean a name: without quotes a short one is as long as what it means.
func mayBe(token, name string) bool {
	return len(token) == len(name) || token[0] == '"' || len(token) > maxNameBytes
}

// identifier is what a token means as an identifier, cut to 63 bytes as the scanner does, or "" if it is none.
func identifier(token string) string {
	switch {
	case token == "":
		return ""
	case token[0] == '"' && len(token) >= 2:
		return truncate(strings.ReplaceAll(token[1:len(token)-1], `""`, `"`))
	case isWordByte(token[0]):
		return truncate(lowerASCII(token))
	}
	return ""
}

func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// rangeVarSpan is the place of a relation's name.
func (st *statement) rangeVarSpan(v *pg_query.RangeVar) source.Span { return st.name(v.GetLocation()) }

// unquote is the value of a plain string constant.
func unquote(token string) string { return strings.ReplaceAll(token[1:len(token)-1], "''", "'") }
