package sqlc

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/naming"
)

// declaration is the value lists as the canonical schema declares them, and what sqlc is told about their names.
type declaration struct {
	enums []Enum
	// rename goes under rename: of gen: go:. sqlc has one such map for types, constants and fields alike.
	rename map[string]string
	// given are the callers' names of those that had to be declared under another one.
	given map[catalog.Name]catalog.Name
}

// declare gives every value list its name. Where the caller's name in rename: would also rename a column's field or a
// table's struct, the list is declared under a name of its own, and all of its names in Go are spelled out.
func declare(in Input) declaration {
	d := declaration{rename: map[string]string{}, given: map[catalog.Name]catalog.Name{}}
	taken := takenNames(in)
	for _, e := range in.Enums {
		names := goNames(in, e, e.Name)
		for anyTaken(names, taken) {
			given := e.Name
			if first, ok := d.given[given]; ok {
				given = first
			}
			full := spelledOut(in, e)
			e = full
			e.Name.Name += "_type"
			d.given[e.Name] = given
			names = goNames(in, e, e.Name)
		}
		for key, name := range names {
			taken[key] = true
			d.rename[key] = name
		}
		d.enums = append(d.enums, e)
	}
	for _, e := range in.Catalog.Enums {
		for key, name := range apart(in, e) {
			if !taken[key] {
				d.rename[key] = name
			}
		}
	}
	return d
}

// apart names the constants of an enum type that sqlc would call as another of them, or as the type: labels of which an
// identifier keeps the same, such as a-b and a_b, or nothing, such as _.
func apart(in Input, e catalog.Enum) map[string]string {
	names := map[string]string{}
	key := goKey(e.Name)
	typ := structName(in, key)
	seen, parts := map[string]bool{typ: true}, valueKeys(e.Values)
	for i, v := range e.Values {
		name := structName(in, key+"_"+parts[v])
		if seen[name] {
			name = fmt.Sprintf("%sValue%d", typ, i+1)
			names[key+"_"+parts[v]] = name
		}
		seen[name] = true
	}
	return names
}

func anyTaken(names map[string]string, taken map[string]bool) bool {
	for key := range names {
		if taken[key] {
			return true
		}
	}
	return false
}

// takenNames are the keys by which sqlc looks up the names of fields, structs and the catalog's own enums.
func takenNames(in Input) map[string]bool {
	taken := map[string]bool{}
	for _, r := range in.Catalog.Relations {
		taken[goKey(r.Name)] = true
		taken[naming.LibrarySingular(goKey(r.Name))] = true
		for _, c := range r.Columns {
			taken[c.Name] = true
		}
	}
	for _, e := range in.Catalog.Enums {
		taken[goKey(e.Name)] = true
	}
	return taken
}

// goKey is the snake-case name from which sqlc makes the Go name of a type or table.
func goKey(n catalog.Name) string {
	if n.Schema == publicSchema || n.Schema == "" {
		return n.Name
	}
	return n.Schema + "_" + n.Name
}

// goNames are the entries that rename: needs for an enum declared under a name: what is not what sqlc makes by itself.
func goNames(in Input, e Enum, declared catalog.Name) map[string]string {
	names := map[string]string{}
	key := goKey(declared)
	if e.GoName != "" && e.GoName != structName(in, key) {
		names[key] = e.GoName
	}
	for value, part := range valueKeys(e.Values) {
		if name := e.GoValues[value]; name != "" && name != structName(in, key+"_"+part) {
			names[key+"_"+part] = name
		}
	}
	return names
}

// spelledOut gives an enum the names that sqlc would make from its own name, where it has none.
func spelledOut(in Input, e Enum) Enum {
	key := goKey(e.Name)
	if e.GoName == "" {
		e.GoName = structName(in, key)
	}
	all := map[string]string{}
	for value, part := range valueKeys(e.Values) {
		all[value] = structName(in, key+"_"+part)
		if name := e.GoValues[value]; name != "" {
			all[value] = name
		}
	}
	e.GoValues = all
	return e
}

// valueKeys is how sqlc spells an enum's values in the names of constants: without what an identifier cannot have, and
// by number where that leaves nothing or the same as before.
func valueKeys(values []string) map[string]string {
	keys, seen := map[string]string{}, map[string]bool{}
	for i, v := range values {
		key := strings.Map(func(r rune) rune {
			switch {
			case strings.ContainsRune("-/:_", r):
				return '_'
			case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
				return r
			}
			return -1
		}, goText(v))
		if key == "" || seen[key] {
			key = fmt.Sprintf("value_%d", i)
		}
		keys[v], seen[key] = key, true
	}
	return keys
}

// goText is an enum's value as it stands in a Go string. sqlc writes values between quotes as they are declared, so one
// with a quote or a backslash has to be declared with the escape.
func goText(value string) string {
	quoted := strconv.Quote(value)
	return quoted[1 : len(quoted)-1]
}

// structName makes a Go name as sqlc does, rename: of the user's included.
func structName(in Input, name string) string {
	if in.SQL.Go == nil {
		return ""
	}
	if renamed := in.SQL.Go.Rename[name]; renamed != "" {
		return renamed
	}
	initialisms := set(in.SQL.Go.Initialisms...)
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	var b strings.Builder
	for _, w := range words {
		if initialisms[w] {
			b.WriteString(strings.ToUpper(w))
			continue
		}
		first, size := utf8.DecodeRuneInString(w)
		b.WriteRune(unicode.ToTitle(first))
		b.WriteString(w[size:])
	}
	out := b.String()
	if first, _ := utf8.DecodeRuneInString(out); unicode.IsDigit(first) {
		return "_" + out
	}
	return out
}
