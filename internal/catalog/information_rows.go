package catalog

func schemataRows(r *replay) rowSet {
	t := table("schema_name")
	for _, s := range r.db.sortedSchemas() {
		t.add(s.name)
	}
	t.add("pg_toast")
	return t
}

var informationKinds = map[relkind]string{
	ordinary: "BASE TABLE", partitioned: "BASE TABLE", plainView: "VIEW", foreign: "FOREIGN",
}

func informationTables(r *replay) rowSet {
	t := table("table_schema table_name table_type")
	r.eachRelation(func(rel *relation) {
		if kind, ok := informationKinds[rel.kind]; ok {
			if rel.temporary {
				kind = "LOCAL TEMPORARY"
			}
			t.add(rel.schema.name, rel.name, kind)
		}
	})
	return t
}

func informationColumns(r *replay) rowSet {
	t := table("table_schema table_name column_name ordinal_position is_nullable data_type udt_schema udt_name " +
		"character_maximum_length is_identity identity_generation is_generated")
	r.eachRelation(func(rel *relation) {
		if informationKinds[rel.kind] == "" {
			return
		}
		for i, c := range rel.columns {
			kind, schemaName, name, length := informationType(c.typ)
			t.add(rel.schema.name, rel.name, c.name, int64(i+1), yesNo(!c.notNull), kind, schemaName, name, length,
				yesNo(c.identity != NoIdentity), identityWords[c.identity], generatedWords[c.generated != NotGenerated])
		}
	})
	return t
}

var identityWords = map[Identity]value{NoIdentity: nil, IdentityAlways: "ALWAYS", IdentityByDefault: "BY DEFAULT"}
var generatedWords = map[bool]string{true: "ALWAYS", false: "NEVER"}

func yesNo(b bool) string {
	if b {
		return "YES"
	}
	return "NO"
}

// informationType is what information_schema.columns says of a type.
func informationType(t typeRef) (dataType, schemaName, name, length value) {
	t = baseOf(t)
	switch {
	case t.typ == nil:
		u := undecidedf("a type")
		return u, u, u, u
	case t.array:
		dataType = "ARRAY"
	case t.typ.schema.name == "pg_catalog":
		dataType = FormatType(unmodified(t).freeze())
	default:
		dataType = "USER-DEFINED"
	}
	if (t.typ.name == "varchar" || t.typ.name == "bpchar") && len(t.mods) == 1 && !t.array {
		length = int64(t.mods[0])
	}
	if t.typ.name == "bpchar" && !t.array {
		dataType = "character"
	}
	return dataType, t.typ.schema.name, pgName(t), length
}

func informationViews(r *replay) rowSet {
	t := table("table_schema table_name view_definition")
	r.eachRelation(func(rel *relation) {
		if rel.kind == plainView {
			t.add(rel.schema.name, rel.name, viewText(rel))
		}
	})
	return t
}

func informationSequences(r *replay) rowSet {
	t := table("sequence_schema sequence_name")
	r.eachRelation(func(rel *relation) {
		if rel.kind == sequenceRel && !rel.sequence.derived {
			t.add(rel.schema.name, rel.name)
		}
	})
	return t
}

func informationDomainRows(r *replay) rowSet {
	t := table("domain_schema domain_name")
	r.eachType(func(x *typ) {
		if x.kind == DomainType {
			t.add(x.schema.name, x.name)
		}
	})
	return t
}

func informationTriggers(r *replay) rowSet {
	t := table("trigger_schema trigger_name event_object_schema event_object_table")
	r.eachRelation(func(rel *relation) {
		for _, x := range rel.triggers {
			t.add(rel.schema.name, x.name, rel.schema.name, rel.name)
		}
	})
	return t
}

func informationRoutines(r *replay) rowSet {
	t := table("routine_schema routine_name routine_type specific_schema")
	r.eachFunction(func(f *function) {
		kind := map[string]value{"function": "FUNCTION", "procedure": "PROCEDURE"}[f.kind]
		t.add(f.schema.name, f.name, kind, f.schema.name)
	})
	return t
}

var constraintTypes = map[constraintKind]string{
	checkConstraint: "CHECK", foreignConstraint: "FOREIGN KEY", primaryConstraint: "PRIMARY KEY", uniqueConstraint: "UNIQUE",
}

// tableConstraints leaves out those of NOT NULL: their names are made of numbers that only a server has.
func tableConstraints(r *replay) rowSet {
	t := table("constraint_schema constraint_name table_schema table_name constraint_type is_deferrable initially_deferred")
	r.eachRelation(func(rel *relation) {
		for _, c := range rel.constraints {
			if kind, ok := constraintTypes[c.kind]; ok {
				t.add(rel.schema.name, c.name, rel.schema.name, rel.name, kind, yesNo(c.deferable), yesNo(c.deferred))
			}
		}
	})
	return t
}

func keyColumnUsage(r *replay) rowSet {
	t := table("constraint_schema constraint_name table_schema table_name column_name ordinal_position")
	r.eachRelation(func(rel *relation) {
		for _, c := range rel.constraints {
			if c.kind == checkConstraint || constraintTypes[c.kind] == "" {
				continue
			}
			for i, col := range c.columns {
				t.add(rel.schema.name, c.name, rel.schema.name, rel.name, col.name, int64(i+1))
			}
		}
	})
	return t
}

func constraintColumnUsage(r *replay) rowSet {
	t := table("constraint_schema constraint_name table_schema table_name column_name")
	r.eachRelation(func(rel *relation) {
		for _, c := range rel.constraints {
			target, columns := rel, c.columns
			if c.kind == foreignConstraint {
				target, columns = c.ref, c.refCols
			}
			for _, col := range columns {
				t.add(rel.schema.name, c.name, target.schema.name, target.name, col.name)
			}
		}
	})
	return t
}

func checkConstraints(r *replay) rowSet {
	t := table("constraint_schema constraint_name")
	r.eachRelation(func(rel *relation) {
		for _, c := range rel.constraints {
			if c.kind == checkConstraint {
				t.add(rel.schema.name, c.name)
			}
		}
	})
	return t
}
