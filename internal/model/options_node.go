package model

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// finder finds the places of names within one option of the config.
type finder struct {
	option string // as messages name it
	roots  []*yaml.Node
	span   func(*yaml.Node) source.Span
}

// find is the place of a name: a key or a scalar anywhere in the option. It is none where the config was not read from
// a file.
func (f finder) find(name string) source.Span {
	for _, root := range f.roots {
		if n := findScalar(root, name); n != nil {
			return f.span(n)
		}
	}
	return source.Span{}
}

// sharedNode finds an option of options: trefoil:.
func (b *builder) sharedNode(path []string) finder {
	f := finder{option: "options.trefoil." + strings.Join(path, "."), span: b.Config.NodeSpan}
	if b.Config.Node != nil {
		f.roots = []*yaml.Node{at(b.Config.Node, append([]string{"options", "trefoil"}, path...))}
	}
	return f
}

// targetNode finds an option of the target. The entry may have several targets of one kind: the option is looked for in
// all of them.
func (b *builder) targetNode(path []string) finder {
	f := finder{option: strings.Join(path, "."), span: b.Config.NodeSpan}
	codegen := at(b.Entry.Node, []string{"codegen"})
	if codegen == nil {
		return f
	}
	for _, entry := range codegen.Content {
		kind := at(entry, []string{"options", "target"})
		if kind != nil && kind.Value == string(b.Options.Target) {
			f.roots = append(f.roots, at(entry, append([]string{"options"}, path...)))
		}
	}
	return f
}

// at follows keys through mappings. It returns nil where there is nothing.
func at(n *yaml.Node, path []string) *yaml.Node {
	for n != nil && (n.Kind == yaml.DocumentNode || n.Kind == yaml.AliasNode) {
		n = below(n)
	}
	if n == nil || len(path) == 0 {
		return n
	}
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == path[0] {
				return at(n.Content[i+1], path[1:])
			}
		}
	}
	return nil
}

func below(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	if len(n.Content) == 0 {
		return nil
	}
	return n.Content[0]
}

// findScalar finds the first key or value of a text.
func findScalar(n *yaml.Node, text string) *yaml.Node {
	if n == nil {
		return nil
	}
	if n.Kind == yaml.ScalarNode {
		if n.Value == text {
			return n
		}
		return nil
	}
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	for _, c := range n.Content {
		if found := findScalar(c, text); found != nil {
			return found
		}
	}
	return nil
}
