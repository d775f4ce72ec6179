package catalog

import (
	"cmp"
	"slices"
	"strings"
)

// systemRows make the rows of the system catalogs that conditions in migrations ask. Columns that are not listed are
// undecided.
var systemRows map[string]func(*replay) rowSet

func init() {
	systemRows = map[string]func(*replay) rowSet{
		"pg_catalog.pg_namespace":                    namespaceRows,
		"pg_catalog.pg_class":                        classRows,
		"pg_catalog.pg_type":                         typeRows,
		"pg_catalog.pg_enum":                         enumRows,
		"pg_catalog.pg_attribute":                    attributeRows,
		"pg_catalog.pg_constraint":                   constraintRows,
		"pg_catalog.pg_index":                        indexRows,
		"pg_catalog.pg_inherits":                     inheritRows,
		"pg_catalog.pg_indexes":                      indexesRows,
		"pg_catalog.pg_tables":                       tablesRows,
		"pg_catalog.pg_views":                        viewsRows,
		"pg_catalog.pg_matviews":                     matviewsRows,
		"pg_catalog.pg_sequences":                    sequencesRows,
		"pg_catalog.pg_trigger":                      triggerRows,
		"pg_catalog.pg_proc":                         procRows,
		"pg_catalog.pg_extension":                    extensionRows,
		"pg_catalog.pg_policies":                     policiesRows,
		"pg_catalog.pg_policy":                       policyRows,
		"information_schema.schemata":                schemataRows,
		"information_schema.tables":                  informationTables,
		"information_schema.columns":                 informationColumns,
		"information_schema.views":                   informationViews,
		"information_schema.sequences":               informationSequences,
		"information_schema.domains":                 informationDomainRows,
		"information_schema.triggers":                informationTriggers,
		"information_schema.routines":                informationRoutines,
		"information_schema.table_constraints":       tableConstraints,
		"information_schema.key_column_usage":        keyColumnUsage,
		"information_schema.constraint_column_usage": constraintColumnUsage,
		"information_schema.check_constraints":       checkConstraints,
	}
}

// table starts a row set.
func table(columns string) rowSet { return rowSet{columns: strings.Fields(columns)} }

func (t *rowSet) add(values ...value) { t.rows = append(t.rows, values) }

// eachRelation goes over the migrations' own relations in the order of creation, as a server's catalogs mostly have them.
func (r *replay) eachRelation(do func(*relation)) {
	var all []*relation
	for _, s := range r.db.schemas {
		if s.builtin {
			continue
		}
		for _, rel := range s.relations {
			all = append(all, rel)
		}
	}
	inOrder(all)
	for _, rel := range all {
		do(rel)
	}
}

func (r *replay) eachType(do func(*typ)) {
	var all []*typ
	for _, s := range r.db.schemas {
		for _, t := range s.types {
			all = append(all, t)
		}
	}
	inOrder(all)
	for _, t := range all {
		do(t)
	}
}

func (r *replay) eachFunction(do func(*function)) {
	var all []*function
	for _, s := range r.db.schemas {
		for _, list := range s.functions {
			all = append(all, list...)
		}
	}
	inOrder(all)
	for _, f := range all {
		do(f)
	}
}

// inOrder sorts objects by their creation.
func inOrder[T object](list []T) {
	slices.SortFunc(list, func(a, b T) int { return cmp.Or(a.head().id-b.head().id, cmp.Compare(a.head().name, b.head().name)) })
}

func (s *schema) oid() oid { return oid{s.id, quoteIdent(s.name), s} }

func (r *replay) relid(rel *relation) value {
	if rel == nil {
		return oid{}
	}
	return r.relationOID(rel)
}

// optional is NULL for "".
func optional(s string) value {
	if s == "" {
		return nil
	}
	return s
}

func namespaceRows(r *replay) rowSet {
	t := table("oid nspname")
	for _, s := range r.db.sortedSchemas() {
		t.add(s.oid(), s.name)
	}
	t.add(oid{id: -1}, "pg_toast")
	return t
}

func classRows(r *replay) rowSet {
	t := table("oid relname relnamespace relkind relispartition relrowsecurity relforcerowsecurity relpartbound relpersistence reltype")
	r.eachRelation(func(rel *relation) {
		persistence := "p"
		if rel.temporary {
			persistence = "t"
		}
		var rowType value = oid{}
		if rel.rowType != nil {
			rowType = oid{id: rel.rowType.id}
		}
		kind := string(rel.kind)
		if rel.kind == indexKind && rel.index.table.kind == partitioned {
			kind = "I"
		}
		t.add(r.relid(rel), rel.name, rel.schema.oid(), kind, rel.isPartition, rel.rowSecurity, rel.forceRow,
			optional(rel.boundText), persistence, rowType)
	})
	for name := range builtinRelations() {
		schemaName, plain, _ := strings.Cut(name, ".")
		t.add(oid{id: -1, text: plain}, plain, r.db.schemas[schemaName].oid(), "v", false, false, false, nil, "p", oid{})
	}
	return t
}

// typtypes are pg_type.typtype.
var typtypes = map[TypeKind]string{
	BaseType: "b", EnumType: "e", DomainType: "d", CompositeType: "c", RangeType: "r", MultirangeType: "m", PseudoType: "p",
}

func typeRows(r *replay) rowSet {
	t := table("oid typname typnamespace typtype typrelid typnotnull typelem typbasetype")
	r.eachType(func(x *typ) {
		var base value = oid{}
		if x.kind == DomainType {
			base = r.typeOID(x.base)
		}
		self := typeRef{typ: x}
		t.add(r.typeOID(self), x.name, x.schema.oid(), typtypes[x.kind], r.relid(x.rel), x.notNull, oid{}, base)
		t.add(r.typeOID(arrayOf(self)), "_"+x.name, x.schema.oid(), "b", oid{}, false, r.typeOID(self), oid{})
	})
	return t
}

func enumRows(r *replay) rowSet {
	t := table("enumtypid enumlabel enumsortorder")
	r.eachType(func(x *typ) {
		for i, label := range x.labels {
			t.add(r.typeOID(typeRef{typ: x}), label, int64(i+1))
		}
	})
	return t
}

func attributeRows(r *replay) rowSet {
	t := table("attrelid attname atttypid attnum attnotnull attisdropped attidentity attgenerated atthasdef attislocal attinhcount")
	r.eachRelation(func(rel *relation) {
		for i, c := range rel.columns {
			var typ value = undecidedf("a type")
			if c.typ.typ != nil {
				typ = r.typeOID(c.typ)
			}
			t.add(r.relid(rel), c.name, typ, int64(i+1), c.notNull, false, identityLetters[c.identity],
				generatedLetters[c.generated], c.def != nil, c.local, int64(c.inherited))
		}
	})
	return t
}

var identityLetters = map[Identity]string{NoIdentity: "", IdentityAlways: "a", IdentityByDefault: "d"}
var generatedLetters = map[Generated]string{NotGenerated: "", GeneratedStored: "s", GeneratedVirtual: "v"}

func constraintRows(r *replay) rowSet {
	t := table("oid conname connamespace contype conrelid confrelid contypid convalidated condeferrable condeferred conkey")
	add := func(c *constraint, in *schema, rel *relation, domain value) {
		var ref value = oid{}
		if c.ref != nil {
			ref = r.relid(c.ref)
		}
		t.add(oid{c.id, c.name, c}, c.name, in.oid(), string(c.kind), r.relid(rel), ref, domain, !c.notValid, c.deferable, c.deferred,
			keyNumbers(rel, c.columns))
	}
	r.eachRelation(func(rel *relation) {
		for _, c := range rel.constraints {
			add(c, rel.schema, rel, oid{})
		}
	})
	r.eachType(func(x *typ) {
		for _, c := range x.checks {
			add(c, x.schema, nil, r.typeOID(typeRef{typ: x}))
		}
	})
	return t
}

func keyNumbers(rel *relation, columns []*column) value {
	out := array{}
	for _, c := range columns {
		out = append(out, int64(slices.Index(rel.columns, c)+1))
	}
	return out
}

func indexRows(r *replay) rowSet {
	t := table("indexrelid indrelid indisunique indisprimary indisvalid")
	r.eachRelation(func(rel *relation) {
		if rel.index != nil {
			t.add(r.relid(rel), r.relid(rel.index.table), rel.index.unique, rel.index.primary, true)
		}
	})
	return t
}

func inheritRows(r *replay) rowSet {
	t := table("inhrelid inhparent inhseqno")
	r.eachRelation(func(rel *relation) {
		for i, p := range rel.parents {
			t.add(r.relid(rel), r.relid(p), int64(i+1))
		}
		if rel.index != nil && rel.index.parent != nil {
			t.add(r.relid(rel), r.relid(rel.index.parent), int64(1))
		}
	})
	return t
}

func indexesRows(r *replay) rowSet {
	t := table("schemaname tablename indexname")
	r.eachRelation(func(rel *relation) {
		if rel.index != nil {
			t.add(rel.schema.name, rel.index.table.name, rel.name)
		}
	})
	return t
}

func tablesRows(r *replay) rowSet {
	t := table("schemaname tablename rowsecurity")
	r.eachRelation(func(rel *relation) {
		if rel.kind == ordinary || rel.kind == partitioned {
			t.add(rel.schema.name, rel.name, rel.rowSecurity)
		}
	})
	return t
}

func viewsRows(r *replay) rowSet {
	t := table("schemaname viewname definition")
	r.eachRelation(func(rel *relation) {
		if rel.kind == plainView {
			t.add(rel.schema.name, rel.name, viewText(rel))
		}
	})
	return t
}

// viewText is a view's query as SQL, in trefoil's spelling.
func viewText(rel *relation) value {
	if rel.query == nil {
		return undecidedf("a view's query")
	}
	rel.query.writeNames(defaultPath)
	return canonicalStatement(rel.query.node)
}

func matviewsRows(r *replay) rowSet {
	t := table("schemaname matviewname definition")
	r.eachRelation(func(rel *relation) {
		if rel.kind == matView {
			t.add(rel.schema.name, rel.name, viewText(rel))
		}
	})
	return t
}

func sequencesRows(r *replay) rowSet {
	t := table("schemaname sequencename")
	r.eachRelation(func(rel *relation) {
		if rel.kind == sequenceRel {
			t.add(rel.schema.name, rel.name)
		}
	})
	return t
}

func triggerRows(r *replay) rowSet {
	t := table("oid tgname tgrelid tgisinternal")
	r.eachRelation(func(rel *relation) {
		for _, x := range rel.triggers {
			t.add(oid{x.id, x.name, x}, x.name, r.relid(rel), false)
		}
	})
	return t
}

func procRows(r *replay) rowSet {
	t := table("oid proname pronamespace prokind pronargs")
	r.eachFunction(func(f *function) {
		t.add(oid{f.id, f.name, f}, f.name, f.schema.oid(), string(kindLetters[f.kind]), int64(len(f.inputs())))
	})
	builtin := r.db.schemas["pg_catalog"].oid()
	for name, list := range builtinFunctions() {
		for _, s := range list {
			t.add(oid{id: -1, text: name}, name, builtin, string(s.kind), int64(len(s.args)))
		}
	}
	return t
}

func extensionRows(r *replay) rowSet {
	t := table("oid extname extnamespace")
	t.add(oid{id: -1}, "plpgsql", r.db.schemas["pg_catalog"].oid())
	for name, e := range r.db.extensions {
		t.add(oid{e.id, name, e}, name, e.target.oid())
	}
	return t
}

func policiesRows(r *replay) rowSet {
	t := table("schemaname tablename policyname permissive cmd roles")
	r.eachRelation(func(rel *relation) {
		for _, p := range rel.policies {
			permissive := "RESTRICTIVE"
			if p.permissive {
				permissive = "PERMISSIVE"
			}
			roles := array{}
			for _, role := range p.roles {
				roles = append(roles, role)
			}
			t.add(rel.schema.name, rel.name, p.name, permissive, strings.ToUpper(p.command), roles)
		}
	})
	return t
}

func policyRows(r *replay) rowSet {
	t := table("oid polname polrelid polpermissive")
	r.eachRelation(func(rel *relation) {
		for _, p := range rel.policies {
			t.add(oid{p.id, p.name, p}, p.name, r.relid(rel), p.permissive)
		}
	})
	return t
}
