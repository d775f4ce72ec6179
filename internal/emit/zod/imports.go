package zod

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// imports collects what a module takes from others, and gives each a name that is free in the module.
type imports struct {
	from map[string]map[string]*imported // by module specifier, by exported name
	// declared are the names that any module of the target exports, shared by all; used are the module's other names.
	declared, used map[string]bool
}

// imported is one name of an import.
type imported struct {
	local string
	value bool // also used as a value: not only as a type
}

func newImports(declared map[string]bool) *imports {
	used := map[string]bool{"z": true, "pg": true, "sql": true}
	return &imports{from: map[string]map[string]*imported{}, declared: declared, used: used}
}

// add takes a name from a module and gives the name that it has here. free tells that no other module of the target
// exports the name, so that it can be kept.
func (i *imports) add(specifier, name string, value, free bool) string {
	names := i.from[specifier]
	if names == nil {
		names = map[string]*imported{}
		i.from[specifier] = names
	}
	if names[name] == nil {
		local := name
		for n := 2; !free && (i.used[local] || i.declared[local]); n++ {
			local = fmt.Sprintf("%s%d", name, n)
		}
		i.used[local] = true
		names[name] = &imported{local: local}
	}
	names[name].value = names[name].value || value
	return names[name].local
}

// lines are the import declarations, packages before modules of the target.
func (i *imports) lines() []string {
	specifiers := slices.SortedFunc(maps.Keys(i.from), func(a, b string) int {
		if local, other := strings.HasPrefix(a, `"./`), strings.HasPrefix(b, `"./`); local != other {
			if local {
				return 1
			}
			return -1
		}
		return strings.Compare(a, b)
	})
	var lines []string
	for _, specifier := range specifiers {
		lines = append(lines, importLine(specifier, i.from[specifier]))
	}
	return lines
}

func importLine(specifier string, names map[string]*imported) string {
	var clauses []string
	typeOnly := true
	for _, name := range slices.Sorted(maps.Keys(names)) {
		clause := name
		if names[name].local != name {
			clause += " as " + names[name].local
		}
		if names[name].value {
			typeOnly = false
		} else {
			clause = "type " + clause
		}
		clauses = append(clauses, clause)
	}
	keyword := "import"
	if typeOnly {
		keyword = "import type"
		for n := range clauses {
			clauses[n] = strings.TrimPrefix(clauses[n], "type ")
		}
	}
	line := fmt.Sprintf("%s { %s } from %s;", keyword, strings.Join(clauses, ", "), specifier)
	if len(line) <= width {
		return line
	}
	return fmt.Sprintf("%s {\n  %s,\n} from %s;", keyword, strings.Join(clauses, ",\n  "), specifier)
}
