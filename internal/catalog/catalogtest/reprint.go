package catalogtest

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/verify"
)

// scratch is the name that an expression of ours stands under in the server while it is printed.
const scratch = "trefoil_oracle"

// site is an expression of the replay: how to give it to the server in its place, and how to read it back.
type site struct {
	schema string // what the names in it are looked up in first
	apply  string
	// otherwise is another way to apply it, if the first is refused; "" without one.
	otherwise string
	read      string
}

// sites lists the expressions of a document by path.
func sites(doc catalog.Document) map[string]site {
	out := map[string]site{}
	for _, d := range doc.Domains {
		path, name := fmt.Sprintf("domains[%s.%s]", d.Schema, d.Name), ident(d.Schema, d.Name)
		if d.Default != nil {
			out[path+".default"] = site{schema: d.Schema, apply: "ALTER DOMAIN " + name + " SET DEFAULT " + *d.Default,
				read: "SELECT pg_get_expr(typdefaultbin, 0) FROM pg_type WHERE oid = " + literal(name) + "::regtype"}
		}
		for _, c := range d.Checks {
			out[path+".checks["+c.Name+"].expression"] = site{schema: d.Schema,
				apply: "ALTER DOMAIN " + name + " ADD CONSTRAINT " + scratch + " CHECK (" + c.Expression + ") NOT VALID",
				read:  "SELECT pg_get_expr(conbin, 0) FROM pg_constraint WHERE conname = " + literal(scratch)}
		}
	}
	for _, r := range doc.Relations {
		relationSites(out, r)
	}
	return out
}

func relationSites(out map[string]site, r catalog.RelationDoc) {
	path, name := fmt.Sprintf("relations[%s.%s]", r.Schema, r.Name), ident(r.Schema, r.Name)
	for _, c := range r.Columns {
		if c.Default != nil {
			out[path+".columns["+c.Name+"].default"] = columnSite(r, c, name)
		}
	}
	for _, c := range r.Checks {
		out[path+".checks["+c.Name+"].expression"] = site{schema: r.Schema,
			apply: "ALTER TABLE " + name + " ADD CONSTRAINT " + scratch + " CHECK (" + c.Expression + ") NOT VALID",
			read: "SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conname = " + literal(scratch) +
				" AND conrelid = " + literal(name) + "::regclass"}
	}
	for _, i := range r.Indexes {
		indexSites(out, r, i)
	}
	for _, p := range r.Policies {
		policySites(out, r, p)
	}
}

// readIndex selects from the scratch index.
const readIndex = " FROM pg_index JOIN pg_class ON oid = indexrelid WHERE relname = '" + scratch + "'"

// indexSites makes the index again without its operator classes, which are not kept, or else a plain one.
func indexSites(out map[string]site, r catalog.RelationDoc, i catalog.IndexDoc) {
	path, name := fmt.Sprintf("relations[%s.%s].indexes[%s]", r.Schema, r.Name, i.Name), ident(r.Schema, r.Name)
	make, columns := "CREATE INDEX "+scratch+" ON ONLY "+name, " ("+indexColumns(r, i)+")"
	out[path+".columns"] = site{schema: r.Schema, apply: make + " USING " + i.Method + columns, otherwise: make + columns,
		read: "SELECT (SELECT json_agg(coalesce(attname::text, pg_get_indexdef(indexrelid, n, false)) ORDER BY n) " +
			"FROM generate_series(1, indnkeyatts) AS n " +
			"LEFT JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[n - 1] AND attnum <> 0)::text" + readIndex}
	if i.Where != nil {
		out[path+".where"] = site{schema: r.Schema, apply: make + " ((1)) WHERE " + *i.Where,
			read: "SELECT pg_get_expr(indpred, indrelid)" + readIndex}
	}
}

func policySites(out map[string]site, r catalog.RelationDoc, p catalog.PolicyDoc) {
	path, name := fmt.Sprintf("relations[%s.%s].policies[%s]", r.Schema, r.Name, p.Name), ident(r.Schema, r.Name)
	make, read := "CREATE POLICY "+scratch+" ON "+name+" FOR "+p.Command, " FROM pg_policy WHERE polname = "+literal(scratch)
	if p.Using != nil {
		out[path+".using"] = site{schema: r.Schema, apply: make + " USING (" + *p.Using + ")",
			read: "SELECT pg_get_expr(polqual, polrelid)" + read}
	}
	if p.WithCheck != nil {
		out[path+".with_check"] = site{schema: r.Schema, apply: make + " WITH CHECK (" + *p.WithCheck + ")",
			read: "SELECT pg_get_expr(polwithcheck, polrelid)" + read}
	}
}

func columnSite(r catalog.RelationDoc, c catalog.ColumnDoc, name string) site {
	column := c.Name
	apply := "ALTER TABLE " + name + " ALTER COLUMN " + ident(c.Name) + " SET DEFAULT " + *c.Default
	if c.Generated != nil {
		column = scratch
		apply = "ALTER TABLE " + name + " ADD COLUMN " + scratch + " " + c.Type + " GENERATED ALWAYS AS (" + *c.Default + ") STORED"
	}
	return site{schema: r.Schema, apply: apply,
		read: "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum " +
			"WHERE adrelid = " + literal(name) + "::regclass AND attname = " + literal(column)}
}

func indexColumns(r catalog.RelationDoc, i catalog.IndexDoc) string {
	names := map[string]bool{}
	for _, c := range r.Columns {
		names[c.Name] = true
	}
	var out []string
	for _, c := range i.Columns {
		if names[c] {
			out = append(out, ident(c))
		} else {
			out = append(out, "("+c+")")
		}
	}
	return strings.Join(out, ", ")
}

func ident(names ...string) string { return pgx.Identifier(names).Sanitize() }

func literal(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// Reconcile drops the differences that are only in how an expression is worded. Where the words differ, ours is put in
// its place in the server and printed back; nothing of that stays.
func Reconcile(ctx context.Context, conn *pgx.Conn, ours catalog.Document, diffs []verify.Difference) ([]verify.Difference, error) {
	if conn.PgConn().TxStatus() == 'I' {
		if _, err := conn.Exec(ctx, "BEGIN"); err != nil {
			return nil, err
		}
		defer func() { _, _ = conn.Exec(ctx, "ROLLBACK") }()
	}
	known := sites(ours)
	var out []verify.Difference
	for _, d := range diffs {
		s, ok := known[d.Path]
		if !ok || d.Server == "" || d.Server == "null" {
			out = append(out, d)
			continue
		}
		if why := disagreement(ctx, conn, d, s); why != "" {
			d.Ours += " (" + why + ")"
			out = append(out, d)
		}
	}
	return out, nil
}

// disagreement says how an expression differs from the server's, "" if it does not.
func disagreement(ctx context.Context, conn *pgx.Conn, d verify.Difference, s site) string {
	if sameSQL(d.Ours, d.Server, catalog.NormalSQL) {
		return ""
	}
	printed, err := reprint(ctx, conn, s)
	switch {
	case err != nil:
		return "which the server refuses: " + err.Error()
	case sameSQL(printed, d.Server, catalog.NormalSQL), sameSQL(printed, d.Server, catalog.SQLWithoutCasts):
		return ""
	}
	return "which the server prints as " + printed
}

// sameSQL compares two expressions, or two lists of them, given as JSON.
func sameSQL(ours, server string, normal func(string) string) bool {
	a, b := expressions(ours), expressions(server)
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if normal(a[i]) != normal(b[i]) {
			return false
		}
	}
	return true
}

func expressions(value string) []string {
	var list []string
	if json.Unmarshal([]byte(value), &list) == nil {
		return list
	}
	var one string
	if json.Unmarshal([]byte(value), &one) == nil {
		return []string{one}
	}
	return []string{value}
}

// reprint gives an expression to the server in its place and reads it back as JSON.
func reprint(ctx context.Context, conn *pgx.Conn, s site) (string, error) {
	out, err := tryReprint(ctx, conn, s, s.apply)
	if err != nil && s.otherwise != "" {
		out, err = tryReprint(ctx, conn, s, s.otherwise)
	}
	if err != nil || strings.HasPrefix(out, "[") {
		return out, err
	}
	b, err := json.Marshal(out)
	return string(b), err
}

func tryReprint(ctx context.Context, conn *pgx.Conn, s site, apply string) (out string, err error) {
	for _, sql := range []string{
		"SAVEPOINT reprint", "SET CONSTRAINTS ALL IMMEDIATE",
		"SELECT set_config('search_path', " + literal(ident(s.schema)+", public") + ", true)", apply,
		"SELECT set_config('search_path', 'public', true)",
	} {
		if _, err = conn.Exec(ctx, sql, pgx.QueryExecModeSimpleProtocol); err != nil {
			break
		}
	}
	if err == nil {
		err = conn.QueryRow(ctx, s.read, pgx.QueryExecModeSimpleProtocol).Scan(&out)
	}
	if _, rollback := conn.Exec(ctx, "ROLLBACK TO SAVEPOINT reprint"); rollback != nil {
		return "", rollback
	}
	return out, err
}
