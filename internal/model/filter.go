package model

import (
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// filter says what a target has. Go has everything: its structs are sqlc's.
type filter struct {
	all, written     bool
	defaultSchema    string
	include, exclude []string
	hidden           config.VariantPatterns
	variants         map[Variant]variantFilter
	prelude          map[*source.File]bool
}

// variantFilter says which tables have an insert or update type.
type variantFilter struct {
	wanted *bool // nil is true
	tables config.TablePatterns
}

func newFilter(in Input) filter {
	return filter{
		all:           in.Language == naming.Go,
		written:       in.Written,
		defaultSchema: in.Config.Shared.DefaultSchema,
		include:       append(append([]string{}, in.Config.Shared.Include...), in.Options.Include...),
		exclude:       append(append([]string{}, in.Config.Shared.Exclude...), in.Options.Exclude...),
		hidden:        in.Options.ExcludeColumns,
		variants: map[Variant]variantFilter{
			Insert: {in.Options.Insert, in.Options.Variants.Insert},
			Update: {in.Options.Update, in.Options.Variants.Update},
		},
		prelude: in.Prelude,
	}
}

// relation tells whether the target has a relation. What the prelude made, and a partition, which is its parent's
// storage, must be included by name.
func (f filter) relation(rel *catalog.Relation) bool {
	switch {
	case f.all:
		return true
	case f.matchAny(f.exclude, rel.Name, ""):
		return false
	case f.matchAny(f.include, rel.Name, ""), f.includesColumnsOf(rel):
		return true
	}
	return len(f.include) == 0 && !f.prelude[rel.Span.File] && rel.PartitionOf == nil
}

// typ tells whether the target may have an enum, domain or composite. Those that nothing refers to are pruned later.
func (f filter) typ(name catalog.Name) bool {
	return f.all || !f.matchAny(f.exclude, name, "")
}

// unused tells whether the target has a type that none of its objects refers to.
func (f filter) unused(name catalog.Name, span source.Span) bool {
	return f.all || f.matchAny(f.include, name, "") || len(f.include) == 0 && !f.prelude[span.File]
}

// includesColumnsOf tells that an include pattern names a column of the relation, which brings in the relation.
func (f filter) includesColumnsOf(rel *catalog.Relation) bool {
	if len(f.include) == 0 {
		return false
	}
	return slices.ContainsFunc(rel.Columns, func(c catalog.Column) bool {
		return f.matchAny(f.include, rel.Name, c.Name)
	})
}

// column tells whether the target has a column of a relation that it has.
func (f filter) column(rel *catalog.Relation, column string) bool {
	if f.all {
		return true
	}
	if f.matchAny(f.exclude, rel.Name, column) {
		return false
	}
	return !f.includesColumnsOf(rel) || f.matchAny(f.include, rel.Name, "") || f.matchAny(f.include, rel.Name, column)
}

// variant tells whether a relation that the target has gets an insert or update type.
func (f filter) variant(v Variant, rel *catalog.Relation) bool {
	w := f.variants[v]
	if f.all && !f.written || !writable(rel.Kind) || w.wanted != nil && !*w.wanted || f.matchAny(w.tables.Exclude, rel.Name, "") {
		return false
	}
	return len(w.tables.Include) == 0 || f.matchAny(w.tables.Include, rel.Name, "")
}

func writable(k catalog.RelationKind) bool {
	return k == catalog.Table || k == catalog.PartitionedTable || k == catalog.ForeignTable
}

// hides tells whether a column is left out of one variant. A pattern without a dot is a column of any relation.
func (f filter) hides(v Variant, rel *catalog.Relation, column string) bool {
	var patterns []string
	switch v {
	case Row:
		patterns = f.hidden.Row
	case Insert:
		patterns = f.hidden.Insert
	case Update:
		patterns = f.hidden.Update
	}
	for _, p := range patterns {
		if strings.Contains(p, ".") {
			if f.match(p, rel.Name, column) {
				return true
			}
			continue
		}
		if ok, _ := doublestar.Match(p, column); ok {
			return true
		}
	}
	return false
}

func (f filter) matchAny(patterns []string, name catalog.Name, column string) bool {
	for _, p := range patterns {
		if f.match(p, name, column) {
			return true
		}
	}
	return false
}

// match compares a pattern with table, schema.table, table.column or schema.table.column. A pattern of two parts can
// mean either; both are tried.
func (f filter) match(pattern string, name catalog.Name, column string) bool {
	var subjects []string
	if column == "" {
		subjects = []string{name.Schema + "." + name.Name}
		if name.Schema == f.defaultSchema {
			subjects = append(subjects, name.Name)
		}
	} else {
		subjects = []string{name.Schema + "." + name.Name + "." + column}
		if name.Schema == f.defaultSchema {
			subjects = append(subjects, name.Name+"."+column)
		}
	}
	for _, s := range subjects {
		// A dot separates here as a slash does in paths, so that * stays within one part.
		if strings.Count(s, ".") != strings.Count(pattern, ".") {
			continue
		}
		if ok, _ := doublestar.Match(strings.ReplaceAll(pattern, ".", "/"), strings.ReplaceAll(s, ".", "/")); ok {
			return true
		}
	}
	return false
}
