package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// reader reads one file and collects what is wrong with it.
type reader struct {
	places
	list source.List
	// target is the target whose options are being read, "" where that does not matter or is not known.
	target TargetKind
}

// newReader takes a file's bytes. A byte order mark is dropped; bytes that are no UTF-8 are an error, and replaced so
// that the file can be shown.
func newReader(name string, text []byte) *reader {
	clean := strings.TrimPrefix(string(text), "\ufeff")
	if !utf8.ValidString(clean) {
		at := invalidAt(clean)
		file := source.NewFile(name, strings.ToValidUTF8(clean, "\ufffd"))
		r := &reader{places: newPlaces(file)}
		r.report(source.Span{File: file, Start: at, End: at + len("\ufffd")}, CodeSyntax, "save the file as UTF-8", "these bytes are not UTF-8")
		return r
	}
	return &reader{places: newPlaces(source.NewFile(name, clean))}
}

// invalidAt is the offset of the first byte that is no UTF-8.
func invalidAt(text string) int {
	for i, c := range text {
		if c == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(text[i:]); size == 1 {
				return i
			}
		}
	}
	return len(text)
}

func (r *reader) report(span source.Span, code, hint, format string, args ...any) {
	d := source.Errorf(span, code, format, args...)
	d.Hint = hint
	r.list = append(r.list, d)
}

func (r *reader) reportAt(n *yaml.Node, code, hint, format string, args ...any) {
	r.report(r.node(n), code, hint, format, args...)
}

// parse returns the document, or nil with the reason in the list. JSON is read as the YAML that it is.
func (r *reader) parse() *yaml.Node {
	if len(r.list) > 0 {
		return nil
	}
	dec := yaml.NewDecoder(strings.NewReader(r.file.Text))
	var doc, more yaml.Node
	if err := decode(dec, &doc); err != nil && !errors.Is(err, io.EOF) {
		r.syntax(err)
		return nil
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) == 0 {
		return &yaml.Node{Kind: yaml.DocumentNode, Content: []*yaml.Node{{Kind: yaml.MappingNode, Tag: "!!map", Line: 1, Column: 1}}}
	}
	switch err := decode(dec, &more); {
	case errors.Is(err, io.EOF):
	case err != nil:
		r.syntax(err)
		return nil
	default:
		r.reportAt(&more, CodeSyntax, "", "a second document is never read")
	}
	if !r.sound(doc.Content[0]) {
		return nil
	}
	return &doc
}

// decode reads a document and makes a panic of the parser an error of the file.
func decode(dec *yaml.Decoder, into *yaml.Node) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the parser gave up: %v", p)
		}
	}()
	return dec.Decode(into)
}

// syntaxError is the form of the parser's errors.
var syntaxError = regexp.MustCompile(`^(?:yaml: )?(?:line (\d+): )?`)

// expected begins the errors of its grammar.
const expected = "did not find expected "

// unknownAnchor is the error that comes without a line.
var unknownAnchor = regexp.MustCompile(`^unknown anchor '(.+)' referenced$`)

func (r *reader) syntax(err error) {
	var inJSON *json.SyntaxError
	if path.Ext(r.file.Path) == ".json" && errors.As(json.Unmarshal([]byte(r.file.Text), new(any)), &inJSON) {
		at := max(0, int(inJSON.Offset)-1)
		r.report(source.Span{File: r.file, Start: at, End: int(inJSON.Offset)}, CodeSyntax, "", "not valid JSON: %s", inJSON)
		return
	}
	found := syntaxError.FindStringSubmatch(err.Error())
	message := strings.TrimPrefix(err.Error(), found[0])
	line, _ := strconv.Atoi(found[1]) // 0, for the first line, without one
	if strings.HasPrefix(message, expected) {
		line++ // the parser counts from 0 here, and from where the collection starts
		message = "in the collection that starts here, the parser " + message
	}
	span := r.line(line)
	if anchor := unknownAnchor.FindStringSubmatch(message); anchor != nil {
		if at := strings.Index(r.file.Text, "*"+anchor[1]); at >= 0 {
			span = source.Span{File: r.file, Start: at, End: at + len("*"+anchor[1])}
		}
	}
	r.report(span, CodeSyntax, "", "not valid YAML: %s", message)
}

// maxNodes bounds how many nodes a document is once its aliases are followed.
const maxNodes = 100_000

// sound tells whether the document can be walked: no alias is within what it stands for, and following all of them
// stays within bounds.
func (r *reader) sound(root *yaml.Node) bool {
	open, left := map[*yaml.Node]bool{}, maxNodes
	var walk func(n *yaml.Node) bool
	walk = func(n *yaml.Node) bool {
		left--
		if left < 0 {
			r.reportAt(n, CodeSyntax, "", "the document is too large once its aliases are followed")
			return false
		}
		if n.Kind == yaml.AliasNode {
			if open[n.Alias] {
				r.reportAt(n, CodeSyntax, "", "alias %s stands within what it stands for", n.Value)
				return false
			}
			return walk(n.Alias)
		}
		open[n] = true
		defer delete(open, n)
		for _, child := range n.Content {
			if !walk(child) {
				return false
			}
		}
		return true
	}
	return walk(root)
}
