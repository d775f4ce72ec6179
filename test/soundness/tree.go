// Package soundness makes random queries and runs them on random data: no column that the analysis calls not-null may ever
// be NULL, and its names and types must be the server's. Only tests use it.
package soundness

import (
	"fmt"
	"strings"
)

// Tree is a piece of SQL that can be made smaller.
type Tree struct {
	// Kind names what may stand in its place: any tree of the same kind that is found below it.
	Kind string
	// Text is that of a leaf. Parts are the pieces of another, with Sep between those that are there.
	Text  string
	Parts []*Tree
	Sep   string
	// Least are the smallest texts in its place. Optional tells that it can be left out.
	Least    []string
	Optional bool
	// Param is a parameter's value; the leaf is then its $n.
	Param *Param
}

// Param is the value that a parameter is given; nil is NULL. Only one that the query says may be NULL is.
type Param struct{ Value *string }

func leaf(text string) *Tree { return &Tree{Text: text} }

// Statement is SQL with the values of its parameters. Those that are NULL are sqlc.narg(…) there.
type Statement struct {
	SQL  string
	Args []*string
}

// Statement writes the tree out. Parameters are numbered in order of their place.
func (t *Tree) Statement() Statement {
	var s Statement
	s.SQL = t.write(&s.Args)
	return s
}

// ForServer is the SQL that a server takes.
func (s Statement) ForServer() string {
	sql := s.SQL
	for i := range s.Args {
		sql = strings.Replace(sql, parameter(i+1, nil), parameter(i+1, &sql), 1)
	}
	return sql
}

// names are sqlc's names of the parameters, "" for those without.
func (s Statement) names() []string {
	out := make([]string, len(s.Args))
	for i, a := range s.Args {
		if a == nil {
			out[i] = fmt.Sprintf("p%d", i+1)
		}
	}
	return out
}

// parameter is how a statement has its nth parameter.
func parameter(n int, value *string) string {
	if value == nil {
		return fmt.Sprintf("sqlc.narg('p%d')", n)
	}
	return fmt.Sprintf("$%d", n)
}

func (t *Tree) write(args *[]*string) string {
	if t.Param != nil {
		*args = append(*args, t.Param.Value)
		return parameter(len(*args), t.Param.Value)
	}
	if t.Parts == nil {
		return t.Text
	}
	var words []string
	for _, p := range t.Parts {
		if text := p.write(args); text != "" {
			words = append(words, text)
		}
	}
	return strings.Join(words, t.Sep)
}

// nodes are the tree and all below it, from the top.
func (t *Tree) nodes() []*Tree {
	out := []*Tree{t}
	for i := 0; i < len(out); i++ {
		out = append(out, out[i].Parts...)
	}
	return out
}

// Shrink makes the tree smaller while the statement still fails, with at most so many tries. The tree is changed in place.
func (t *Tree) Shrink(fails func(Statement) bool, tries int) {
	for again := true; again; {
		again = false
		for _, n := range t.nodes() {
			for _, smaller := range n.smaller() {
				if tries--; tries < 0 {
					return
				}
				saved := *n
				*n = smaller
				if fails(t.Statement()) {
					again = true
					break
				}
				*n = saved
			}
		}
	}
}

// smaller are what may stand in a tree's place and is shorter, the shortest first.
func (t *Tree) smaller() []Tree {
	size := len(t.Statement().SQL)
	var out []Tree
	if t.Optional && size > 0 {
		out = append(out, Tree{Optional: true})
	}
	for _, text := range t.Least {
		if len(text) < size {
			out = append(out, Tree{Kind: t.Kind, Text: text})
		}
	}
	if t.Kind == "" {
		return out
	}
	below := t.nodes()[1:]
	for i := len(below) - 1; i >= 0; i-- {
		if below[i].Kind == t.Kind && len(below[i].Statement().SQL) < size {
			out = append(out, *below[i])
		}
	}
	return out
}
