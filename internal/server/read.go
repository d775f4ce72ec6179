// Package server reads a running PostgreSQL: its pg_catalog, in the shape that the replay prints.
package server

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

//go:embed queries/*.sql
var queries embed.FS

// Read reads what users made in the connection's database, as the replay of the same statements should have it. View
// definitions are left out: the server keeps them in a form of its own. Names are printed as with the search path
// public, whatever it is.
func Read(ctx context.Context, conn *pgx.Conn) (catalog.Document, error) {
	doc := catalog.Document{Version: catalog.DocumentVersion}
	parts := []struct {
		query string
		into  any
	}{
		{"schemas", &doc.Schemas}, {"extensions", &doc.Extensions}, {"enums", &doc.Enums}, {"domains", &doc.Domains},
		{"composites", &doc.Composites}, {"ranges", &doc.Ranges}, {"relations", &doc.Relations},
		{"sequences", &doc.Sequences}, {"functions", &doc.Functions},
	}
	var path string
	if err := conn.QueryRow(ctx, "SELECT current_setting('search_path')").Scan(&path); err != nil {
		return doc, err
	}
	if err := setPath(ctx, conn, "public"); err != nil {
		return doc, err
	}
	common, err := queries.ReadFile("queries/common.sql")
	if err != nil {
		return doc, err
	}
	for _, p := range parts {
		query, err := queries.ReadFile("queries/" + p.query + ".sql")
		if err != nil {
			return doc, err
		}
		var out []byte
		if err := conn.QueryRow(ctx, string(common)+string(query)).Scan(&out); err != nil {
			return doc, fmt.Errorf("read the server's %s: %w", p.query, err)
		}
		if err := json.Unmarshal(out, p.into); err != nil {
			return doc, fmt.Errorf("read the server's %s: %w", p.query, err)
		}
	}
	return doc, setPath(ctx, conn, path)
}

// setPath sets the search path for the session, or for the transaction if it is rolled back.
func setPath(ctx context.Context, conn *pgx.Conn, path string) error {
	_, err := conn.Exec(ctx, "SELECT set_config('search_path', $1, false)", path)
	return err
}
