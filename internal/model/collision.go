package model

import (
	"fmt"

	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// declaration is one name that the target's index exports.
type declaration struct {
	owner  any // the *Enum or *Object that has the name
	name   string
	span   source.Span
	what   string
	option string // where the user can change the name
}

// expectedNames is about how many names the target has, where all tables have all variants.
func (b *builder) expectedNames() int {
	relations, lists := len(b.Catalog.Relations), len(b.Lists)
	switch b.Language {
	case naming.Go:
		return relations + lists
	case naming.TypeScript: // types, schemas and lists
		return 2*3*relations + 2*2*len(b.Queries) + 3*lists
	}
	return 3*relations + 2*len(b.Queries) + lists
}

func (b *builder) declareName(owner any, name string, span source.Span, what, option string) {
	b.declared = append(b.declared, declaration{owner, name, span, what, option})
}

// collisions reports every name that two things of the target claim, at both places.
func (b *builder) collisions() {
	first := make(map[string]*declaration, len(b.declared))
	for i := range b.declared {
		d := &b.declared[i]
		f, taken := first[d.name]
		if !taken {
			first[d.name] = d
			continue
		}
		b.collision(d.name, d.span, d.what, f.span, f.what, d.option)
	}
}

func (b *builder) collision(name string, span source.Span, what string, firstSpan source.Span, firstWhat, option string) {
	b.report(source.Diagnostic{
		Span: span, Code: CodeCollision,
		Message: fmt.Sprintf("%s and %s are both called %s in %s", firstWhat, what, name, b.targetName()),
		Hint:    "give one of them another name with " + option + ", or with @name in its comment",
		Notes:   []source.Note{{Span: firstSpan, Message: firstWhat + " is here"}},
	})
}

func (b *builder) targetName() string {
	if b.Options.Target == "" {
		return "the Go package"
	}
	return "the " + string(b.Options.Target) + " target"
}
