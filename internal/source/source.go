// Package source holds what every stage needs to point at a user's input: files, spans of bytes in them, and
// diagnostics. It imports nothing of trefoil's own.
package source

import (
	"sort"
	"sync"
	"unicode/utf8"
)

// File is one input as it was read. Text is never changed after the file is made: a stage that must hide a part of
// it (a Down section, say) blanks a copy of the same length, so that offsets hold.
type File struct {
	// Path is how messages name the file: relative to the directory trefoil runs for, with forward slashes.
	Path string
	// Text is the content, valid UTF-8.
	Text string

	once  sync.Once
	lines []int
}

// NewFile makes a file from its name and content.
func NewFile(path, text string) *File { return &File{Path: path, Text: text} }

// Position is a place as people count it.
type Position struct {
	Line   int // 1-based
	Column int // 1-based, in code points
}

// Position converts a byte offset to a line and column. Offsets outside the text are moved to its nearest end.
func (f *File) Position(offset int) Position {
	offset = max(0, min(offset, len(f.Text)))
	starts := f.lineStarts()
	line := sort.SearchInts(starts, offset+1) - 1
	return Position{Line: line + 1, Column: utf8.RuneCountInString(f.Text[starts[line]:offset]) + 1}
}

// Line returns the text of a 1-based line without its line ending, or "" if there is none.
func (f *File) Line(line int) string {
	starts := f.lineStarts()
	if line < 1 || line > len(starts) {
		return ""
	}
	end := len(f.Text)
	if line < len(starts) {
		end = starts[line] - 1
	}
	text := f.Text[starts[line-1]:end]
	if n := len(text); n > 0 && text[n-1] == '\r' {
		text = text[:n-1]
	}
	return text
}

func (f *File) lineStarts() []int {
	f.once.Do(func() {
		f.lines = []int{0}
		for i := 0; i < len(f.Text); i++ {
			if f.Text[i] == '\n' {
				f.lines = append(f.lines, i+1)
			}
		}
	})
	return f.lines
}

// Span is a range of bytes [Start, End) in a file. The zero Span has no place.
type Span struct {
	File       *File
	Start, End int
}

// IsZero tells whether the span names no place.
func (s Span) IsZero() bool { return s.File == nil }

// Text is what the span covers.
func (s Span) Text() string {
	if s.File == nil {
		return ""
	}
	n := len(s.File.Text)
	start := max(0, min(s.Start, n))
	return s.File.Text[start:max(start, min(s.End, n))]
}

// Position is where the span starts.
func (s Span) Position() Position {
	if s.File == nil {
		return Position{}
	}
	return s.File.Position(s.Start)
}
