package catalog

// Document copies the catalog into its documented shape.
func (c *Catalog) Document() Document {
	return Document{
		Version:    DocumentVersion,
		Schemas:    each(c.Schemas, func(s Schema) SchemaDoc { return SchemaDoc{s.Name, text(s.Comment)} }),
		Extensions: each(c.Extensions, func(e Extension) ExtensionDoc { return ExtensionDoc{e.Name, e.Schema} }),
		Enums: each(c.Enums, func(e Enum) EnumDoc {
			return EnumDoc{nameDoc(e.Name), list(e.Values), text(e.Comment)}
		}),
		Domains:    each(c.Domains, domainDoc),
		Composites: each(c.Composites, compositeDoc),
		Ranges: each(c.Ranges, func(r Range) RangeDoc {
			return RangeDoc{nameDoc(r.Name), FormatType(r.Subtype), nameDoc(r.Multirange), text(r.Comment)}
		}),
		Relations: each(c.Relations, relationDoc),
		Sequences: each(c.Sequences, sequenceDoc),
		Functions: each(c.Functions, functionDoc),
	}
}

// each maps a slice; the result is never nil, so that JSON has [] and not null.
func each[T, D any](in []T, doc func(T) D) []D {
	out := make([]D, len(in))
	for i, v := range in {
		out[i] = doc(v)
	}
	return out
}

func list(in []string) []string { return append([]string{}, in...) }

// text is nil for the empty string, which PostgreSQL does not store as a comment.
func text[S ~string](s S) *string {
	if s == "" {
		return nil
	}
	plain := string(s)
	return &plain
}

func sqlText(e *Expression) *string {
	if e == nil {
		return nil
	}
	return &e.SQL
}

func nameDoc(n Name) NameDoc { return NameDoc(n) }

func collationDoc(c *Collation) *CollationDoc {
	if c == nil {
		return nil
	}
	return &CollationDoc{nameDoc(c.Name), !c.Nondeterministic}
}

func domainDoc(d Domain) DomainDoc {
	return DomainDoc{
		NameDoc: nameDoc(d.Name), Type: FormatType(d.Type), Collation: collationDoc(d.Collation), NotNull: d.NotNull,
		Default: sqlText(d.Default), Checks: each(d.Checks, checkDoc), Comment: text(d.Comment),
	}
}

func compositeDoc(c Composite) CompositeDoc {
	attributes := each(c.Attributes, func(a Column) AttributeDoc {
		return AttributeDoc{a.Name, FormatType(a.Type), collationDoc(a.Collation), text(a.Comment)}
	})
	return CompositeDoc{nameDoc(c.Name), attributes, text(c.Comment)}
}

func relationDoc(r Relation) RelationDoc {
	doc := RelationDoc{
		NameDoc: nameDoc(r.Name), Kind: string(r.Kind), Comment: text(r.Comment),
		Columns: each(r.Columns, columnDoc), Uniques: each(r.Uniques, keyDoc),
		ForeignKeys: each(r.ForeignKeys, foreignKeyDoc), Checks: each(r.Checks, checkDoc),
		Indexes: each(r.Indexes, indexDoc), Policies: each(r.Policies, policyDoc),
		RowSecurity: r.RowSecurity, ForceRowSecurity: r.ForceRowSecurity,
		Inherits: each(r.Inherits, nameDoc), Definition: text(r.Definition),
	}
	if r.IsView() {
		for i := range doc.Columns {
			doc.Columns[i].Collation = nil
		}
	}
	if r.PrimaryKey != nil {
		key := keyDoc(*r.PrimaryKey)
		doc.PrimaryKey = &key
	}
	if r.PartitionOf != nil {
		parent := nameDoc(*r.PartitionOf)
		doc.PartitionOf = &parent
	}
	return doc
}

func columnDoc(c Column) ColumnDoc {
	return ColumnDoc{
		Name: c.Name, Type: FormatType(c.Type), Collation: collationDoc(c.Collation), NotNull: c.NotNull, Default: sqlText(c.Default),
		Identity: text(c.Identity), Generated: text(c.Generated), Comment: text(c.Comment),
	}
}

func keyDoc(k Key) KeyDoc {
	return KeyDoc{k.Name, list(k.Columns), k.NullsNotDistinct, k.Deferrable, k.Deferred, text(k.Comment)}
}

func foreignKeyDoc(k ForeignKey) ForeignKeyDoc {
	return ForeignKeyDoc{
		Name: k.Name, Columns: list(k.Columns), References: nameDoc(k.References), RefColumns: list(k.RefColumns),
		OnUpdate: k.OnUpdate, OnDelete: k.OnDelete, Deferrable: k.Deferrable, Deferred: k.Deferred,
		NotValid: k.NotValid, Comment: text(k.Comment),
	}
}

func checkDoc(c Check) CheckDoc {
	return CheckDoc{c.Name, c.Expression.SQL, c.NotValid, c.NoInherit, text(c.Comment)}
}

func indexDoc(i Index) IndexDoc {
	return IndexDoc{i.Name, i.Method, i.Unique, list(i.Columns), list(i.Include), sqlText(i.Where), text(i.Comment)}
}

func policyDoc(p Policy) PolicyDoc {
	return PolicyDoc{
		Name: p.Name, Command: p.Command, Permissive: p.Permissive, Roles: list(p.Roles),
		Using: sqlText(p.Using), WithCheck: sqlText(p.WithCheck), Comment: text(p.Comment),
	}
}

func sequenceDoc(s Sequence) SequenceDoc {
	doc := SequenceDoc{NameDoc: nameDoc(s.Name), Type: FormatType(s.Type)}
	if o := s.OwnedBy; o != nil {
		doc.OwnedBy = &ColumnOfDoc{o.Relation.Schema, o.Relation.Name, o.Column}
	}
	return doc
}

func functionDoc(f Function) FunctionDoc {
	doc := FunctionDoc{
		NameDoc: nameDoc(f.Name), Kind: f.Kind, SetOf: f.SetOf, Strict: f.Strict, Comment: text(f.Comment),
		Arguments: each(f.Args, func(a Argument) ArgumentDoc {
			return ArgumentDoc{a.Name, a.Mode, FormatType(a.Type), a.HasDefault}
		}),
	}
	if f.Returns.Name.Name != "" {
		returns := FormatType(f.Returns)
		doc.Returns = &returns
	}
	return doc
}
