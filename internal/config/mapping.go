package config

import (
	"iter"

	"go.yaml.in/yaml/v3"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// entry is one key of a mapping with its value, aliases followed.
type entry struct {
	name  string
	key   *yaml.Node
	value *yaml.Node
}

// mapping is a mapping's entries in the order they stand in; those that << merges in come last.
type mapping struct {
	node    *yaml.Node
	entries []entry
}

// get returns the entry of a key that has a value; a key without one is as good as absent to sqlc.
func (m mapping) get(name string) (entry, bool) {
	for _, e := range m.entries {
		if e.name == name && !isNull(e.value) {
			return e, true
		}
	}
	return entry{}, false
}

func follow(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// mapping lists a mapping's entries. Keys that stand twice are reported unless quiet.
func (r *reader) mapping(n *yaml.Node, quiet bool) mapping {
	m := mapping{node: n}
	first := map[string]*yaml.Node{}
	var merged []*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := follow(n.Content[i]), follow(n.Content[i+1])
		if key.Kind == yaml.ScalarNode && key.ShortTag() == "!!merge" {
			merged = append(merged, value)
			continue
		}
		if key.Kind != yaml.ScalarNode {
			if !quiet {
				r.reportAt(n.Content[i], CodeKind, "", "a key has to be a string, not %s", kindOf(key))
			}
			continue
		}
		if before, twice := first[key.Value]; twice {
			if !quiet {
				r.duplicate(n.Content[i], before)
			}
			continue
		}
		first[key.Value] = n.Content[i]
		if isNull(value) && value.Value == "" {
			value = nullAt(n.Content[i])
		}
		m.entries = append(m.entries, entry{key.Value, n.Content[i], value})
	}
	for _, value := range merged {
		r.merge(&m, first, value, quiet)
	}
	return m
}

// nullAt is a null that stands at its key, because it has no text of its own to stand at.
func nullAt(key *yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: key.Value, Style: key.Style, Line: key.Line, Column: key.Column}
}

func (r *reader) duplicate(key, before *yaml.Node) {
	r.list = append(r.list, source.Diagnostic{
		Span: r.node(key), Code: CodeDuplicateKey, Message: "key " + follow(key).Value + " stands twice",
		Notes: []source.Note{{Span: r.node(before), Message: "it is first here"}},
	})
}

// merge adds what the value of << has and the mapping itself has not.
func (r *reader) merge(m *mapping, have map[string]*yaml.Node, value *yaml.Node, quiet bool) {
	sources := []*yaml.Node{value}
	if value.Kind == yaml.SequenceNode {
		sources = value.Content
	}
	for _, s := range sources {
		s = follow(s)
		if s.Kind != yaml.MappingNode {
			if !quiet {
				r.reportAt(s, CodeKind, "", "<< takes a mapping or a list of mappings, not %s", kindOf(s))
			}
			continue
		}
		for _, e := range r.mapping(s, true).entries {
			if _, ok := have[e.name]; !ok {
				have[e.name] = e.key
				m.entries = append(m.entries, e)
			}
		}
	}
}

// kindOf says what a node is, with its article.
func kindOf(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	switch n.ShortTag() {
	case "!!null":
		return "nothing"
	case "!!bool":
		return "a boolean"
	case "!!int", "!!float":
		return "a number"
	case "!!timestamp":
		return "a date"
	case "!!str":
		return "a string"
	}
	return "a value tagged " + n.ShortTag()
}

// missing reports that a mapping has no text under a key. A value of the wrong kind has been reported.
func (r *reader) missing(m mapping, name, path string) {
	if e, ok := m.get(name); ok && e.value.Kind == yaml.ScalarNode {
		r.reportAt(e.value, CodeMissing, "", "%s.%s is empty", path, name)
	} else if !ok {
		r.reportAt(m.node, CodeMissing, "", "%s has no %s", path, name)
	}
}

// items lists the mappings of a list with their places in it. An item without a value is a mapping without keys, as it is
// to sqlc; what is neither has been reported.
func (r *reader) items(list entry) iter.Seq2[int, mapping] {
	return func(yield func(int, mapping) bool) {
		if list.value == nil || list.value.Kind != yaml.SequenceNode {
			return
		}
		for i, n := range list.value.Content {
			n = follow(n)
			if (n.Kind == yaml.MappingNode || isNull(n)) && !yield(i, r.mapping(n, true)) {
				return
			}
		}
	}
}

// scalar is a node's text; "" for null and for what is no scalar.
func scalar(n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode || isNull(n) {
		return ""
	}
	return n.Value
}

// text is the text of a key's scalar, "" if there is none.
func text(m mapping, name string) string {
	if e, ok := m.get(name); ok {
		return scalar(e.value)
	}
	return ""
}

// texts are the scalars of a key's list, or the one that it has instead of a list.
func texts(e entry) []*yaml.Node {
	if e.value.Kind == yaml.ScalarNode {
		return []*yaml.Node{e.value}
	}
	list := []*yaml.Node{}
	if e.value.Kind == yaml.SequenceNode {
		for _, n := range e.value.Content {
			if n = follow(n); n.Kind == yaml.ScalarNode {
				list = append(list, n)
			}
		}
	}
	return list
}
