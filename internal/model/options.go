package model

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/suggest"
)

// unknownNames reports what the options name and the schema does not have. A pattern that matches nothing is no
// mistake: it may be there for what comes.
func (b *builder) unknownNames() {
	c := optionCheck{builder: b, known: sync.OnceValue(b.knownNames)}
	c.shared()
	c.target()
}

// known are the names that options can use, each in all its forms: with the schema and, in the default one, without.
type known struct {
	relationNames, typeNames, columnNames []string // columnNames are table.column
	compositeNames, bareColumns           []string
	lists                                 map[string]ValueList
	// tables, columns and all are what an option for one of these can mean.
	tables, columns, all []string
}

func (b *builder) knownNames() *known {
	k := &known{lists: map[string]ValueList{}}
	forms := func(n catalog.Name, rest string) []string {
		if n.Schema == b.Config.Shared.DefaultSchema {
			return []string{n.Name + rest, n.String() + rest}
		}
		return []string{n.String() + rest}
	}
	for i := range b.Catalog.Relations {
		rel := &b.Catalog.Relations[i]
		k.relationNames = append(k.relationNames, forms(rel.Name, "")...)
		for _, col := range rel.Columns {
			k.columnNames = append(k.columnNames, forms(rel.Name, "."+col.Name)...)
			k.bareColumns = append(k.bareColumns, col.Name)
		}
	}
	for _, t := range b.Catalog.Composites {
		k.compositeNames = append(k.compositeNames, forms(t.Name, "")...)
	}
	k.typeNames = slices.Clone(k.compositeNames)
	for _, t := range b.Catalog.Enums {
		k.typeNames = append(k.typeNames, forms(t.Name, "")...)
	}
	for _, t := range b.Catalog.Domains {
		k.typeNames = append(k.typeNames, forms(t.Name, "")...)
	}
	for _, t := range b.Catalog.Ranges {
		k.typeNames = append(append(k.typeNames, forms(t.Name, "")...), forms(t.Multirange, "")...)
	}
	for _, l := range b.Lists {
		for _, key := range l.keys() {
			k.lists[key] = l
		}
	}
	k.tables = slices.Concat(k.relationNames, k.compositeNames)
	k.columns = slices.Concat(k.columnNames, k.bareColumns)
	k.all = slices.Concat(k.relationNames, k.typeNames, k.columnNames)
	return k
}

// optionCheck goes through the options of one target.
type optionCheck struct {
	*builder
	known    func() *known   // gathers them when they are first asked for: few projects name anything
	severity source.Severity // of what is found: a shared option may be about another entry of sql:
}

func (c *optionCheck) shared() {
	if len(c.Config.SQL) > 1 {
		c.severity = source.Info
	}
	at := func(path ...string) finder { return c.sharedNode(path) }
	rename := c.Config.Shared.Rename
	for _, name := range slices.Sorted(maps.Keys(rename.Tables)) {
		c.expect(at("rename", "tables"), "table or composite type", name, c.known().tables)
	}
	for _, name := range slices.Sorted(maps.Keys(rename.Columns)) {
		c.expect(at("rename", "columns"), "column", name, c.known().columns)
	}
	for _, name := range slices.Sorted(maps.Keys(rename.Enums)) {
		c.list(at("rename", "enums"), name)
	}
	for _, name := range slices.Sorted(maps.Keys(rename.Values)) {
		c.values(name, rename.Values[name])
	}
	for _, t := range c.Config.Shared.Types {
		if t.Column != "" {
			c.expect(at("types"), "column", t.Column, c.known().columnNames)
		}
		if t.DBType != "" {
			c.dbType(at("types"), t.DBType)
		}
	}
	c.patterns(at("include"), c.Config.Shared.Include)
	c.patterns(at("exclude"), c.Config.Shared.Exclude)
}

func (c *optionCheck) target() {
	c.severity = source.Error
	at := func(path ...string) finder { return c.targetNode(path) }
	o := c.Options
	c.patterns(at("include"), o.Include)
	c.patterns(at("exclude"), o.Exclude)
	c.tablePatterns(at("variants", "insert", "include"), o.Variants.Insert.Include)
	c.tablePatterns(at("variants", "insert", "exclude"), o.Variants.Insert.Exclude)
	c.tablePatterns(at("variants", "update", "include"), o.Variants.Update.Include)
	c.tablePatterns(at("variants", "update", "exclude"), o.Variants.Update.Exclude)
	c.columnPatterns(at("exclude_columns", "row"), o.ExcludeColumns.Row)
	c.columnPatterns(at("exclude_columns", "insert"), o.ExcludeColumns.Insert)
	c.columnPatterns(at("exclude_columns", "update"), o.ExcludeColumns.Update)
}

func (c *optionCheck) patterns(at finder, patterns []string) {
	c.literals(at, "table, type or column", patterns, func() []string { return c.known().all })
}

func (c *optionCheck) tablePatterns(at finder, patterns []string) {
	c.literals(at, "table", patterns, func() []string { return c.known().relationNames })
}

func (c *optionCheck) columnPatterns(at finder, patterns []string) {
	c.literals(at, "column", patterns, func() []string { return c.known().columns })
}

func (c *optionCheck) literals(at finder, what string, patterns []string, names func() []string) {
	for _, p := range patterns {
		if !strings.ContainsAny(p, `*?[{\`) {
			c.expect(at, what, p, names())
		}
	}
}

// expect reports a name that is not among those that there are.
func (c *optionCheck) expect(at finder, what, name string, names []string) {
	if !slices.Contains(names, name) {
		c.unknown(at, name, fmt.Sprintf("no %s of the schema is called %s", what, name), meant(name, names))
	}
}

// meant is a hint at the name that may have been meant: the same one in another schema, or one that is near.
func meant(name string, names []string) string {
	if i := slices.IndexFunc(names, func(n string) bool { return strings.HasSuffix(n, "."+name) }); i >= 0 {
		return fmt.Sprintf("did you mean %q?", names[i])
	}
	return suggest.Hint(name, names)
}

func (c *optionCheck) unknown(at finder, name, message, hint string) {
	c.report(source.Diagnostic{
		Span: at.find(name), Severity: c.severity, Code: CodeUnknownName, Message: at.option + ": " + message, Hint: hint,
	})
}

// list reports a name that no value list has; a column without a list is told apart from one that is not there.
func (c *optionCheck) list(at finder, name string) bool {
	if _, ok := c.known().lists[name]; ok {
		return true
	}
	names := slices.Sorted(maps.Keys(c.known().lists))
	if slices.Contains(c.known().columnNames, name) {
		c.unknown(at, name, fmt.Sprintf("no CHECK of column %s lists its values", name),
			"a list is CHECK (column IN ('one', 'another')) and must not be NOT VALID")
		return false
	}
	c.expect(at, "enum, domain or column with a list of values", name, names)
	return false
}

func (c *optionCheck) values(name string, values map[string]string) {
	if !c.list(c.sharedNode([]string{"rename", "values"}), name) {
		return
	}
	for _, v := range slices.Sorted(maps.Keys(values)) {
		if has := c.known().lists[name].Values; !slices.Contains(has, v) {
			at := c.sharedNode([]string{"rename", "values", name})
			c.unknown(at, v, fmt.Sprintf("%s has no value %q", name, v), suggest.Hint(v, has))
		}
	}
}

// dbType reports a type that neither PostgreSQL, nor an extension, nor the schema has, as far as is known.
func (c *optionCheck) dbType(at finder, option string) {
	name := strings.TrimSuffix(option, "[]")
	_, isBuiltin := kindOf(canonicalName(catalog.Name{Name: name}))
	_, isRange := rangeElem[name]
	if isBuiltin || isRange || slices.Contains(c.known().typeNames, name) || c.usesType(option) {
		return
	}
	names := slices.Concat(c.known().typeNames, slices.Collect(maps.Keys(builtin)), slices.Collect(maps.Keys(extension)))
	c.unknown(at, option, fmt.Sprintf("no type of the schema is called %s", name), suggest.Hint(name, names))
}

func (c *optionCheck) usesType(option string) bool {
	for _, rel := range c.Catalog.Relations {
		for _, col := range rel.Columns {
			if matchesType(option, col.Type) || matchesType(option, col.Type.Element()) {
				return true
			}
		}
	}
	return false
}
