package model

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// sqlcNames gives the names that sqlc's Go generator does.
type sqlcNames struct {
	rename        map[string]string
	initialisms   []string
	exact         bool // emit_exact_table_names
	excluded      []string
	defaultSchema string
	lowered       map[string]sqlc.Enum // by the lists' keys
}

func newSQLCNames(in Input) sqlcNames {
	n := sqlcNames{initialisms: []string{"id"}, defaultSchema: in.Config.Shared.DefaultSchema}
	n.lowered = map[string]sqlc.Enum{}
	for _, low := range lower(in.Config, in.Lists) {
		for _, l := range low.lists {
			if _, ok := n.lowered[l.Key]; !ok {
				n.lowered[l.Key] = low.enum
			}
		}
	}
	n.excluded = KeepPlural(in.Catalog, n.defaultSchema)
	g := in.Entry.Go
	if g == nil {
		return n
	}
	n.rename = g.Rename
	if g.Initialisms != nil {
		n.initialisms = g.Initialisms
	}
	if g.Node != nil {
		var o struct {
			Exact    bool     `yaml:"emit_exact_table_names"`
			Excluded []string `yaml:"inflection_exclude_table_names"`
		}
		if g.Node.Decode(&o) == nil { // sqlc reports what is wrong with its own options
			n.exact, n.excluded = o.Exact, append(n.excluded, o.Excluded...)
		}
	}
	return n
}

// structName is sqlc's name of a type, field or constant.
func (n sqlcNames) structName(name string) string {
	if to := n.rename[name]; to != "" {
		return to
	}
	var b strings.Builder
	b.Grow(len(name))
	for part := range strings.FieldsFuncSeq(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if slices.Contains(n.initialisms, part) {
			b.WriteString(strings.ToUpper(part))
			continue
		}
		first, size := utf8.DecodeRuneInString(part)
		b.WriteRune(unicode.ToTitle(first))
		b.WriteString(part[size:])
	}
	out := b.String()
	if first, _ := utf8.DecodeRuneInString(out); unicode.IsDigit(first) {
		return "_" + out
	}
	return out
}

// scoped is a name with its schema before it, where that is not the default one.
func (n sqlcNames) scoped(name catalog.Name) string {
	if name.Schema == n.defaultSchema || name.Schema == "" {
		return name.Name
	}
	return name.Schema + "_" + name.Name
}

func (n sqlcNames) relation(name catalog.Name) string {
	table := n.scoped(name)
	if !n.exact && !slices.ContainsFunc(n.excluded, func(e string) bool { return strings.EqualFold(e, table) }) {
		table = sqlcSingular(table)
	}
	return n.structName(table)
}

// sqlcSingular is the library's singular with the exceptions that sqlc makes.
func sqlcSingular(name string) string {
	switch strings.ToLower(name) {
	case "campus", "meta", "metadata":
		return name
	case "calories":
		return "calorie"
	case "waves":
		return "wave"
	}
	return naming.LibrarySingular(name)
}

// enum is the Go type of a list: one that sqlc sees is called by its SQL name unless the options name it.
func (n sqlcNames) enum(l ValueList) string {
	e := n.declared(l)
	if e.GoName != "" {
		return e.GoName
	}
	return n.structName(n.scoped(e.Name))
}

// values are the Go constants of a list.
func (n sqlcNames) values(l ValueList) []EnumValue {
	e := n.declared(l)
	prefix := n.scoped(e.Name)
	values := make([]EnumValue, len(l.Values))
	for i, word := range sqlcWords(l.Values) {
		name := orDefault(e.GoValues[l.Values[i]], n.structName(prefix+"_"+word))
		values[i] = EnumValue{Name: name, Value: l.Values[i]}
	}
	return values
}

// sqlcRepeats tells that sqlc would name the constants of two values the same, as those of a-b and A_B, or one as the
// type, as that of a value without a letter or digit.
func sqlcRepeats(values []string) bool {
	seen := map[string]bool{sqlcNames{}.structName("x"): true}
	for _, word := range sqlcWords(values) {
		name := sqlcNames{}.structName("x_" + word)
		if seen[name] {
			return true
		}
		seen[name] = true
	}
	return false
}

// declared is the enum type that sqlc is shown for a list.
func (n sqlcNames) declared(l ValueList) sqlc.Enum {
	if e, ok := n.lowered[l.Key]; ok {
		return e
	}
	return sqlc.Enum{Name: l.SQLName}
}

// sqlcWords is what sqlc makes of values in constants' names: ASCII letters, digits and underscores, or the value's
// number where that leaves nothing or what was there before.
func sqlcWords(values []string) []string {
	words := make([]string, len(values))
	for i, v := range values {
		word := strings.Map(func(r rune) rune {
			switch {
			case strings.ContainsRune("-/:_", r):
				return '_'
			case r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)):
				return r
			}
			return -1
		}, v)
		if word == "" || slices.Contains(words[:i], word) {
			word = fmt.Sprintf("value_%d", i)
		}
		words[i] = word
	}
	return words
}
