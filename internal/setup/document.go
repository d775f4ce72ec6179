package setup

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// document is a YAML text to which entries are added by putting text between what is there. Nothing of it is printed
// anew, so that its comments, its order and its form stay as they are.
type document struct {
	text  string
	lines []string // with their line breaks
	root  *yaml.Node
}

// errForm says that an entry cannot be added to a text of this form.
var errForm = errors.New("cannot be added to in its present form")

// otherBreaks are characters that YAML counts as line breaks and nobody else does.
const otherBreaks = "\u0085\u2028\u2029"

func parseDocument(text string) (*document, error) {
	if strings.ContainsAny(text, otherBreaks) || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\r") || strings.HasPrefix(text, bom) {
		return nil, errForm
	}
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(text), &root); err != nil {
		return nil, err
	}
	if len(root.Content) != 1 {
		return nil, errForm
	}
	return &document{text: text, lines: strings.SplitAfter(text, "\n"), root: root.Content[0]}, nil
}

// add puts value at the end of the list, or under the last name of the mapping, that path leads to; what is missing of
// the path is made. A path's parts are keys and, for items of lists, indexes.
func (d *document) add(value any, path ...any) (*document, error) {
	text, err := d.added(value, path)
	if err != nil {
		return nil, err
	}
	after, err := parseDocument(text)
	if err != nil {
		return nil, errForm
	}
	var have, got any
	if d.root.Decode(&have) != nil || after.root.Decode(&got) != nil {
		return nil, errForm
	}
	want, err := withValue(have, value, path)
	if err != nil || !reflect.DeepEqual(want, got) {
		return nil, errForm
	}
	return after, nil
}

// end is a list's end, as the last part of a path.
type end struct{}

// added is the text with a value at a path, to be checked.
func (d *document) added(value any, path []any) (string, error) {
	at := d.root
	for i, part := range path {
		if at.Kind == yaml.AliasNode {
			return "", errForm // its text stands elsewhere, and may be used elsewhere too
		}
		if _, ok := part.(end); ok && at.Kind == yaml.SequenceNode {
			return d.insert(at, value)
		}
		next, key := child(at, part)
		rest := path[i+1:]
		switch {
		case next == nil && at.Kind != yaml.MappingNode:
			return "", errForm
		case next == nil && i == 0 && part == "plugins":
			return d.insertPlugins(nested(value, path))
		case next == nil:
			return d.insert(at, nested(value, path[i:]))
		case next.Kind == yaml.ScalarNode && next.Value == "" && next.Tag == "!!null" && key != nil && len(rest) > 0:
			return d.fill(at, key, nested(value, rest))
		}
		at = next
	}
	return "", errForm
}

// child is what a part of a path leads to, with its key in a mapping; nil if it is not there.
func child(n *yaml.Node, part any) (value, key *yaml.Node) {
	if i, ok := part.(int); ok && n.Kind == yaml.SequenceNode && i < len(n.Content) {
		return n.Content[i], nil
	}
	if name, ok := part.(string); ok && n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == name {
				return n.Content[i+1], n.Content[i]
			}
		}
	}
	return nil, nil
}

// pair is a mapping of one key.
type pair struct {
	key   string
	value any
}

// nested wraps a value in what a path needs, from the inside out.
func nested(value any, path []any) any {
	for _, part := range slices.Backward(path) {
		switch part := part.(type) {
		case string:
			value = pair{part, value}
		case end:
			value = []any{value}
		}
	}
	return value
}

func (p pair) MarshalYAML() (any, error) { return map[string]any{p.key: p.value}, nil }

func (p pair) MarshalJSON() ([]byte, error) { return json.Marshal(map[string]any{p.key: p.value}) }

// insert puts an item at the end of a list, or a pair at the end of a mapping.
func (d *document) insert(n *yaml.Node, item any) (string, error) {
	if n.Style&yaml.FlowStyle != 0 {
		return d.insertInFlow(n, item)
	}
	if len(n.Content) == 0 {
		return "", errForm
	}
	if n.Kind == yaml.SequenceNode {
		item = []any{item}
	}
	return d.insertBlock(d.endOf(n), n.Column-1, item)
}

// insertPlugins puts plugins: where they are usually kept, before sql: and its comment, if something comes before that.
func (d *document) insertPlugins(value any) (string, error) {
	_, sql := child(d.root, "sql")
	if d.root.Style&yaml.FlowStyle != 0 || sql == nil || sql == d.root.Content[0] {
		return d.insert(d.root, value)
	}
	after := sql.Line - 1
	for after > 0 && strings.HasPrefix(d.lines[after-1], "#") {
		after--
	}
	text, err := d.insertBlock(after, d.root.Column-1, value)
	if err != nil || after == 0 || strings.TrimSpace(d.lines[after-1]) != "" {
		return text, err
	}
	// Where blank lines keep the parts of the file apart, one more does.
	rest := strings.Join(d.lines[after:], "")
	return strings.TrimSuffix(text, rest) + d.lineBreak() + rest, nil
}

// lineBreak is the one that the text uses.
func (d *document) lineBreak() string {
	if strings.HasSuffix(d.lines[0], "\r\n") {
		return "\r\n"
	}
	return "\n"
}

// fill puts a value below a key that has none.
func (d *document) fill(m, key *yaml.Node, value any) (string, error) {
	if m.Style&yaml.FlowStyle != 0 {
		return "", errForm
	}
	return d.insertBlock(key.Line, key.Column-1+indentStep, value)
}

const indentStep = 2

// insertBlock puts a value as lines of its own behind the first so many lines.
func (d *document) insertBlock(after, indent int, value any) (string, error) {
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(indentStep)
	if err := errors.Join(e.Encode(value), e.Close()); err != nil {
		return "", err
	}
	br := d.lineBreak()
	before := strings.Join(d.lines[:after], "")
	if before != "" && !strings.HasSuffix(before, "\n") {
		before += br
	}
	for line := range strings.Lines(b.String()) {
		before += strings.Repeat(" ", indent) + strings.TrimSuffix(line, "\n") + br
	}
	return before + strings.Join(d.lines[after:], ""), nil
}

// endOf counts the lines up to the end of a block: its last line, or the last comment that is part of it.
func (d *document) endOf(n *yaml.Node) int {
	last, following := len(d.lines), following(d.root, n)
	own, others := n.Column-1, -1
	if following != nil {
		last, others = following.Line-1, following.Column-1
	}
	for i := n.Line; i < last; i++ {
		if marker := strings.TrimRight(d.lines[i], " \r\n"); marker == "..." || marker == "---" {
			last = i
		}
	}
	for ; last > n.Line; last-- {
		line := strings.TrimSpace(d.lines[last-1])
		indent := len(d.lines[last-1]) - len(strings.TrimLeft(d.lines[last-1], " "))
		if line != "" && (line[0] != '#' || indent >= own && indent > others) {
			break
		}
	}
	return last
}

// following is the first node that comes after another one and is no part of it; nil at the end.
func following(root, n *yaml.Node) *yaml.Node {
	if root == n {
		return nil
	}
	for i, c := range root.Content {
		if !contains(c, n) {
			continue
		}
		if next := following(c, n); next != nil {
			return next
		}
		if i+1 < len(root.Content) {
			return root.Content[i+1]
		}
		return nil
	}
	return nil
}

func contains(tree, n *yaml.Node) bool {
	return tree == n || slices.ContainsFunc(tree.Content, func(c *yaml.Node) bool { return contains(c, n) })
}

// withValue is what a document should mean once a value is added.
func withValue(have, value any, path []any) (any, error) {
	if len(path) == 0 {
		return plain(value)
	}
	switch part := path[0].(type) {
	case end:
		list, _ := have.([]any)
		v, err := plain(value)
		return append(slices.Clone(list), v), err
	case int:
		list, ok := have.([]any)
		if !ok || part >= len(list) {
			return nil, errForm
		}
		v, err := withValue(list[part], value, path[1:])
		list = slices.Clone(list)
		list[part] = v
		return list, err
	case string:
		m, _ := have.(map[string]any)
		v, err := withValue(m[part], value, path[1:])
		all := map[string]any{part: v}
		for k, old := range m {
			if k != part {
				all[k] = old
			}
		}
		return all, err
	}
	return nil, fmt.Errorf("internal error: a path of %T", path[0])
}

// plain is a value as YAML decodes it.
func plain(value any) (any, error) {
	text, err := yaml.Marshal(value)
	if err != nil {
		return nil, err
	}
	var v any
	return v, yaml.Unmarshal(text, &v)
}
