// Package gofile reads Go files that sqlc wrote. What they declare is parsed without the functions' bodies, which are most
// of the text and are seldom asked for.
package gofile

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"
)

// File is a Go file.
type File struct {
	Name string
	Text []byte
	// source is the text, of which parts can be taken without a copy.
	source string
	// Heads are the declarations. Functions may lack their bodies, and there are no comments.
	Heads *ast.File
	whole *ast.File
}

// ParseAll parses files side by side and gives them in order of name. The error is of the first of them that does not parse.
func ParseAll(files map[string][]byte) ([]*File, error) {
	names := slices.Sorted(maps.Keys(files))
	parsed := make([]*File, len(names))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range names {
		group.Go(func() (err error) {
			parsed[i], err = Parse(name, files[name])
			return err
		})
	}
	return parsed, group.Wait()
}

// Parse parses a file.
func Parse(name string, text []byte) (*File, error) {
	f := &File{Name: name, Text: text, source: string(text)}
	var err error
	if f.Heads, err = parse(name, withoutBodies(text), parser.SkipObjectResolution); err == nil {
		return f, nil
	}
	// The text is not as gofmt writes it, or is wrong. Errors are to name the lines that there are.
	f.Heads, err = parse(name, text, parser.SkipObjectResolution)
	return f, err
}

// Whole is all of the file, with comments. Its positions and those of Heads are the same.
func (f *File) Whole() (*ast.File, error) {
	var err error
	if f.whole == nil {
		f.whole, err = parse(f.Name, f.Text, parser.ParseComments|parser.SkipObjectResolution)
	}
	return f.whole, err
}

func parse(name string, text []byte, mode parser.Mode) (*ast.File, error) {
	tree, err := parser.ParseFile(token.NewFileSet(), name, text, mode)
	if err != nil {
		return nil, fmt.Errorf("sqlc wrote Go that does not parse: %w", err)
	}
	return tree, nil
}

// Offset is a position in Text. Each tree has a file set of its own, whose positions begin with 1.
func (f *File) Offset(pos token.Pos) int { return int(pos) - 1 }

// Source is the text of a node.
func (f *File) Source(n ast.Node) string { return f.source[f.Offset(n.Pos()):f.Offset(n.End())] }

// withoutBodies puts blanks in the place of functions' bodies, so that all positions hold. In what gofmt writes, a body is
// from the end of the line that begins with func to the first line that is a brace, unless a raw string or a comment hides
// one. Where such a line is itself in a string or a comment, the blanks stay within that too, and do no harm. In a text of
// another form they end too early, and what is left does not parse.
func withoutBodies(text []byte) []byte {
	out := bytes.Clone(text)
	for at := 0; ; {
		start := bytes.Index(text[at:], []byte("\nfunc "))
		if start < 0 {
			return out
		}
		at += start + 1
		size := bytes.Index(text[at:], []byte("\n}\n"))
		if size < 0 {
			return out
		}
		function := out[at : at+size+2]
		if head := bytes.IndexByte(function, '\n'); beginsBody(function[:head]) && !hides(function[head:]) {
			blank(function[head-1:])
		}
	}
}

// beginsBody tells a line that ends with the brace before a function's body.
func beginsBody(line []byte) bool {
	return bytes.HasSuffix(line, []byte(" {")) &&
		!bytes.HasSuffix(line, []byte("struct {")) && !bytes.HasSuffix(line, []byte("interface {"))
}

// hides tells that a body may have a line that is a brace and does not end it.
func hides(body []byte) bool {
	return bytes.IndexByte(body, '`') >= 0 || bytes.Contains(body, []byte("/*")) || bytes.Contains(body, []byte("*/"))
}

func blank(text []byte) {
	for i := range text {
		text[i] = ' '
	}
}
