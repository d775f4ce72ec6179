// Package queries holds the analysis of queries against a real PostgreSQL: names and types against what the server
// describes, and nullability against what it returns. Only tests use it.
package queries

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// Column is a result column. Type is as format_type() spells it, with its modifier.
type Column struct{ Name, Type string }

// Description is what can be told of a statement before it runs.
type Description struct {
	// Refused is the SQLSTATE with which it is refused; of the analysis, where all mistakes are told, the codes. Said are the
	// analysis' sentences.
	Refused, Said []string
	// Params are the types of $1, $2 and so on.
	Params  []string
	Columns []Column
}

// Server describes statements by asking a server. It keeps the spellings of types that it has seen.
type Server struct {
	conn  *pgx.Conn
	types map[typeKey]string
}

type typeKey struct {
	oid uint32
	mod int32
}

// NewServer describes by this connection.
func NewServer(conn *pgx.Conn) *Server { return &Server{conn: conn, types: map[typeKey]string{}} }

// Describe has the server parse a statement. An error is about the connection: a refusal is part of the description.
func (s *Server) Describe(ctx context.Context, sql string) (Description, error) {
	var out Description
	got, err := s.conn.PgConn().Prepare(ctx, "", sql, nil)
	var refused *pgconn.PgError
	if errors.As(err, &refused) {
		out.Refused = []string{refused.Code}
		return out, nil
	}
	if err != nil {
		return out, err
	}
	for _, oid := range got.ParamOIDs {
		name, err := s.typeName(ctx, typeKey{oid, -1})
		if err != nil {
			return out, err
		}
		out.Params = append(out.Params, name)
	}
	for _, f := range got.Fields {
		name, err := s.typeName(ctx, typeKey{f.DataTypeOID, f.TypeModifier})
		if err != nil {
			return out, err
		}
		out.Columns = append(out.Columns, Column{f.Name, name})
	}
	return out, nil
}

func (s *Server) typeName(ctx context.Context, key typeKey) (string, error) {
	if name, ok := s.types[key]; ok {
		return name, nil
	}
	var name string
	err := s.conn.QueryRow(ctx, fmt.Sprintf("SELECT format_type(%d, %d)", key.oid, key.mod), pgx.QueryExecModeSimpleProtocol).Scan(&name)
	s.types[key] = name
	return name, err
}

// Describe is what the analysis says of a statement. As on the wire, a column of a domain is of the type below it.
func Describe(c *catalog.Catalog, a catalog.Analysed) Description {
	var out Description
	for _, p := range a.Problems {
		if p.Severity == source.Error {
			out.Refused = append(out.Refused, p.Code)
			out.Said = append(out.Said, p.Code+" "+p.Message)
		}
	}
	if a.Query == nil {
		if len(out.Refused) == 0 {
			out.Refused, out.Said = []string{"nothing"}, []string{"nothing"}
		}
		return out
	}
	for _, p := range a.Query.Params {
		for len(out.Params) < p.Number {
			out.Params = append(out.Params, "missing")
		}
		out.Params[p.Number-1] = formatPlain(p.Type)
	}
	for _, col := range a.Query.Columns {
		out.Columns = append(out.Columns, Column{col.Name, catalog.FormatType(below(c, col.Type))})
	}
	return out
}

// informationDomains are the domains of information_schema that queries meet.
var informationDomains = map[string]string{"sql_identifier": "name", "cardinal_number": "int4", "character_data": "varchar"}

// ByName puts the types of sqlc's named parameters where a rewritten statement has them: names are those of $1, $2 and so on.
func ByName(q *catalog.Query, names, types []string) []string {
	out := slices.Clone(types)
	for _, p := range q.Params {
		if i := slices.Index(names, p.Name); p.Name != "" && i >= 0 && i < len(out) {
			out[i] = formatPlain(p.Type)
		}
	}
	return out
}

// below is the type that a domain stands for in the end; of another type, the type itself.
func below(c *catalog.Catalog, t catalog.Type) catalog.Type {
	for t.Kind == catalog.DomainType && !t.Array {
		i := slices.IndexFunc(c.Domains, func(d catalog.Domain) bool { return d.Name == t.Name })
		if i < 0 {
			return catalog.Type{Name: catalog.Name{Schema: "pg_catalog", Name: informationDomains[t.Name.Name]}}
		}
		t = c.Domains[i].Type
	}
	return t
}

// formatPlain is a type without its modifier, as a parameter has it.
func formatPlain(t catalog.Type) string {
	t.Mods, t.Fields = nil, ""
	return catalog.FormatType(t)
}

// Differences says in words where two descriptions differ; nil where they are the same. The server stops at its first
// mistake, which must be among ours.
func Differences(ours, server Description) []string {
	if len(server.Refused) > 0 {
		for _, code := range ours.Refused {
			if code == server.Refused[0] {
				return nil
			}
		}
		return []string{fmt.Sprintf("the server refuses it with %s, ours says %s", server.Refused[0], orAccepted(ours.Said))}
	}
	if len(ours.Refused) > 0 {
		return []string{fmt.Sprintf("the server accepts it, ours refuses it with %s", strings.Join(ours.Said, " "))}
	}
	var out []string
	if len(ours.Columns) != len(server.Columns) {
		out = append(out, fmt.Sprintf("ours has %d columns, the server %d", len(ours.Columns), len(server.Columns)))
	}
	for i := range min(len(ours.Columns), len(server.Columns)) {
		if o, s := ours.Columns[i], server.Columns[i]; o != s {
			out = append(out, fmt.Sprintf("column %d: ours is %s %s, the server has %s %s", i+1, o.Name, o.Type, s.Name, s.Type))
		}
	}
	if len(ours.Params) != len(server.Params) {
		out = append(out, fmt.Sprintf("ours has %d parameters, the server %d", len(ours.Params), len(server.Params)))
	}
	for i := range min(len(ours.Params), len(server.Params)) {
		if o, s := ours.Params[i], server.Params[i]; o != s {
			out = append(out, fmt.Sprintf("parameter $%d: ours is %s, the server has %s", i+1, o, s))
		}
	}
	return out
}

func orAccepted(codes []string) string {
	if len(codes) == 0 {
		return "nothing"
	}
	return strings.Join(codes, " ")
}
