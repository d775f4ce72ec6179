package sqlc

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

// introspect reads what a server made of some DDL, as far as the canonical schema is about it.
func introspect(t testing.TB, ddl string) *catalog.Catalog {
	t.Helper()
	db := pgtest.New(t)
	db.Exec(t, ddl)
	r := &introspector{t: t, conn: db.Conn(context.Background()), types: map[uint32]serverType{}}
	r.readTypes()
	c := &catalog.Catalog{}
	for _, s := range rows[struct{ Name string }](r, `SELECT nspname FROM pg_namespace WHERE `+ours+` ORDER BY 1`) {
		c.Schemas = append(c.Schemas, catalog.Schema{Name: s.Name})
	}
	for _, e := range rows[struct{ Name, Schema string }](r,
		`SELECT extname, nspname FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE extname <> 'plpgsql' ORDER BY 1`) {
		c.Extensions = append(c.Extensions, catalog.Extension{Name: e.Name, Schema: e.Schema})
	}
	for _, e := range rows[struct {
		Schema, Name, Comment string
		Values                []string
	}](r, `SELECT nspname, typname, coalesce(obj_description(t.oid, 'pg_type'), ''), array_agg(enumlabel::text ORDER BY enumsortorder)
		FROM pg_enum JOIN pg_type t ON t.oid = enumtypid JOIN pg_namespace n ON n.oid = typnamespace GROUP BY 1, 2, 3 ORDER BY 1, 2`) {
		c.Enums = append(c.Enums, catalog.Enum{Name: catalog.Name{Schema: e.Schema, Name: e.Name}, Values: e.Values, Comment: e.Comment})
	}
	for _, d := range rows[struct {
		Schema, Name string
		Base         uint32
		Dims         int
		NotNull      bool
	}](r, `SELECT nspname, typname, typbasetype, typndims, typnotnull FROM pg_type JOIN pg_namespace n ON n.oid = typnamespace
		WHERE typtype = 'd' AND `+ours+` ORDER BY 1, 2`) {
		c.Domains = append(c.Domains, catalog.Domain{
			Name: catalog.Name{Schema: d.Schema, Name: d.Name}, Type: r.typ(d.Base, d.Dims), NotNull: d.NotNull,
		})
	}
	r.ranges(c)
	r.relations(c)
	r.functions(c)
	return c
}

// ours leaves out what every database has, and what extensions bring.
const ours = `nspname !~ '^pg_' AND nspname <> 'information_schema'`

type introspector struct {
	t     testing.TB
	conn  *pgx.Conn
	types map[uint32]serverType
}

type serverType struct {
	OID          uint32
	Schema, Name string
	Kind         string
	Elem         uint32 // of an array type
}

func rows[T any](r *introspector, sql string) []T {
	r.t.Helper()
	res, err := r.conn.Query(context.Background(), sql)
	require.NoError(r.t, err)
	all, err := pgx.CollectRows(res, pgx.RowToStructByPos[T])
	require.NoError(r.t, err, sql)
	return all
}

func (r *introspector) readTypes() {
	for _, t := range rows[serverType](r, `SELECT t.oid, nspname, typname, typtype::text,
		CASE WHEN typsubscript = 'array_subscript_handler'::regproc THEN typelem ELSE 0 END
		FROM pg_type t JOIN pg_namespace n ON n.oid = typnamespace`) {
		r.types[t.OID] = t
	}
}

var kinds = map[string]catalog.TypeKind{
	"b": catalog.BaseType, "e": catalog.EnumType, "d": catalog.DomainType, "c": catalog.CompositeType,
	"r": catalog.RangeType, "m": catalog.MultirangeType, "p": catalog.PseudoType,
}

func (r *introspector) typ(oid uint32, dims int) catalog.Type {
	t := r.types[oid]
	if t.Elem != 0 {
		elem := r.typ(t.Elem, 0)
		elem.Array, elem.Dims = true, max(1, dims)
		return elem
	}
	return catalog.Type{Name: catalog.Name{Schema: t.Schema, Name: t.Name}, Kind: kinds[t.Kind]}
}

func (r *introspector) ranges(c *catalog.Catalog) {
	for _, x := range rows[struct {
		Range, Subtype, Multirange uint32
	}](r, `SELECT rngtypid, rngsubtype, rngmultitypid FROM pg_range ORDER BY rngtypid`) {
		n := r.typ(x.Range, 0).Name
		if n.Schema != "pg_catalog" {
			c.Ranges = append(c.Ranges, catalog.Range{Name: n, Subtype: r.typ(x.Subtype, 0), Multirange: r.typ(x.Multirange, 0).Name})
		}
	}
}

var relationKinds = map[string]catalog.RelationKind{
	"r": catalog.Table, "p": catalog.PartitionedTable, "v": catalog.View, "m": catalog.MaterializedView, "f": catalog.ForeignTable,
}

func (r *introspector) relations(c *catalog.Catalog) {
	for _, rel := range rows[struct {
		OID                         uint32
		Schema, Name, Kind, Comment string
	}](r, `SELECT c.oid, nspname, relname, relkind::text, coalesce(obj_description(c.oid, 'pg_class'), '')
		FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind IN ('r','p','v','m','f','c') AND `+ours+` ORDER BY 2, 3`) {
		n := catalog.Name{Schema: rel.Schema, Name: rel.Name}
		columns := r.columns(rel.OID)
		if rel.Kind == "c" {
			c.Composites = append(c.Composites, catalog.Composite{Name: n, Attributes: columns})
			continue
		}
		c.Relations = append(c.Relations, catalog.Relation{Name: n, Kind: relationKinds[rel.Kind], Columns: columns, Comment: rel.Comment})
	}
}

func (r *introspector) columns(rel uint32) []catalog.Column {
	res, err := r.conn.Query(context.Background(), `SELECT attname, atttypid, attndims, attnotnull, coalesce(col_description(attrelid, attnum), '')
		FROM pg_attribute WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped ORDER BY attnum`, rel)
	require.NoError(r.t, err)
	all, err := pgx.CollectRows(res, func(row pgx.CollectableRow) (catalog.Column, error) {
		var c catalog.Column
		var oid uint32
		var dims int
		err := row.Scan(&c.Name, &oid, &dims, &c.NotNull, &c.Comment)
		c.Type = r.typ(oid, dims)
		return c, err
	})
	require.NoError(r.t, err)
	return all
}

var modes = map[string]string{"i": "in", "o": "out", "b": "inout", "v": "variadic", "t": "table"}

func (r *introspector) functions(c *catalog.Catalog) {
	for _, f := range rows[struct {
		Schema, Name, Kind string
		Returns            uint32
		SetOf              bool
		Types              []uint32
		Modes, Names       []string
		Inputs, Defaults   int
	}](r, `SELECT nspname, proname, prokind::text, prorettype, proretset, coalesce(proallargtypes, proargtypes::oid[]),
		proargmodes::text[], proargnames, pronargs, pronargdefaults
		FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace WHERE `+ours+`
		AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype IN ('e', 'i')) ORDER BY 1, 2, p.oid`) {
		fn := catalog.Function{Name: catalog.Name{Schema: f.Schema, Name: f.Name}, Kind: "function", SetOf: f.SetOf, Returns: r.typ(f.Returns, 0)}
		if f.Kind == "p" {
			fn.Kind, fn.Returns = "procedure", catalog.Type{}
		}
		input := 0
		for i, oid := range f.Types {
			a := catalog.Argument{Mode: "in", Type: r.typ(oid, 0)}
			if f.Modes != nil {
				a.Mode = modes[f.Modes[i]]
			}
			if f.Names != nil {
				a.Name = f.Names[i]
			}
			if a.Mode != "out" && a.Mode != "table" {
				input++
				a.HasDefault = input > f.Inputs-f.Defaults
			}
			fn.Args = append(fn.Args, a)
		}
		c.Functions = append(c.Functions, fn)
	}
}
