package constrainttest

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
)

// Generator makes conditions. The same source makes the same ones.
type Generator struct{ *rand.Rand }

// Condition makes a condition whose operators nest to a depth.
func (g Generator) Condition(depth int) string {
	if depth <= 0 {
		return g.of(tests)(g, 0)
	}
	return g.of(conditions)(g, depth-1)
}

// maker writes an expression whose operands nest to a depth.
type maker func(g Generator, depth int) string

func (g Generator) of(makers []maker) maker { return makers[g.IntN(len(makers))] }

func (g Generator) pick(from ...string) string { return from[g.IntN(len(from))] }

// expr makes an expression of a sort: one of kinds.
func (g Generator) expr(kind string, depth int) string {
	k := kinds[kind]
	if depth <= 0 || len(k.makers) == 0 || g.IntN(3) == 0 {
		if g.IntN(3) == 0 {
			return g.pick(k.constants...)
		}
		return g.pick(k.columns...)
	}
	return g.of(k.makers)(g, depth-1)
}

// list makes a list of a length up to most.
func (g Generator) list(most int, item func() string) string {
	items := make([]string, 1+g.IntN(most))
	for i := range items {
		items[i] = item()
	}
	return strings.Join(items, ", ")
}

// template makes an expression by replacing each {kind} by an expression of it, and $(a$|b$) by a or b.
func template(text string) maker {
	return func(g Generator, depth int) string {
		text := choices.ReplaceAllStringFunc(text, func(s string) string {
			return g.pick(strings.Split(s[2:len(s)-2], "$|")...)
		})
		return holes.ReplaceAllStringFunc(text, func(s string) string {
			word := s[1 : len(s)-1]
			if word == "bool" {
				return g.Condition(depth)
			}
			if _, ok := kinds[word]; !ok {
				return s // an array of one element
			}
			return g.expr(word, depth)
		})
	}
}

// holes are what a template leaves open.
var (
	choices = regexp.MustCompile(`\$\((?s:.*?)\$\)`)
	holes   = regexp.MustCompile(`\{[a-z]+\}`)
)

func templates(texts ...string) []maker {
	makers := make([]maker, len(texts))
	for i, text := range texts {
		makers[i] = template(text)
	}
	return makers
}

// kind is a sort of expression.
type kind struct {
	columns, constants []string
	makers             []maker
}

const (
	equality = "$(=$|<>$|!=$)"
	ordering = "$(<$|<=$|>$|>=$|=$|<>$)"
)

var (
	kinds      map[string]kind
	tests      []maker // conditions that need no other
	conditions []maker
)

func init() {
	kinds = map[string]kind{}
	for name, k := range grammar {
		made := kind{k.columns, k.constants, templates(k.templates...)}
		for _, shape := range shared {
			made.makers = append(made.makers, template(strings.ReplaceAll(shape, "KIND", name)))
		}
		if slices.Contains(ordered, name) {
			for _, shape := range orderedShapes {
				made.makers = append(made.makers, template(strings.ReplaceAll(shape, "KIND", name)))
			}
		}
		kinds[name] = made
	}
	kinds["pattern"] = kind{columns: patterns, constants: patterns}
	kinds["like"] = kind{columns: likes, constants: likes}
	for _, name := range sortedKinds() {
		shapes := []string{
			"({KIND} " + equality + " {KIND})", "({KIND} IS $(NOT $|$)DISTINCT FROM {KIND})", "({KIND} IS $(NOT $|$)NULL)",
			"({KIND} $(NOT $|$)IN ({KIND}, {KIND}, {KIND}))",
		}
		if slices.Contains(ordered, name) {
			shapes = append(shapes, "({KIND} "+ordering+" {KIND})", "({KIND} "+ordering+" {KIND})",
				"({KIND} $(NOT $|$)BETWEEN $(SYMMETRIC $|$){KIND} AND {KIND})")
		}
		for _, shape := range shapes {
			tests = append(tests, template(strings.ReplaceAll(shape, "{KIND}", "{"+name+"}")))
		}
		tests = append(tests, func(g Generator, _ int) string {
			constants := grammar[name].constants
			return fmt.Sprintf("(%s %sIN (%s))", g.pick(grammar[name].columns...), g.pick("", "NOT "), g.list(3, func() string { return g.pick(constants...) }))
		})
	}
	tests = append(tests, templates(more...)...)
	conditions = slices.Concat(tests, templates(joins...), templates(joins...), templates(joins...))
}

func sortedKinds() []string {
	var names []string
	for name := range grammar {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
