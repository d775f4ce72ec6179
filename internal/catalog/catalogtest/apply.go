package catalogtest

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// Statement is one statement of a script, with where it starts in it.
type Statement struct {
	SQL   string
	Start int
}

// Split cuts a script at its semicolons.
func Split(script string) ([]Statement, error) {
	parts, err := pg_query.SplitWithScanner(script, true)
	if err != nil {
		return nil, err
	}
	var out []Statement
	at := 0
	for _, sql := range parts {
		i := strings.Index(script[at:], sql)
		if i < 0 {
			return nil, fmt.Errorf("the statement is not in its script: %s", sql)
		}
		out = append(out, Statement{sql, at + i})
		at += i + len(sql)
	}
	return out, nil
}

// Apply runs statements in a transaction that the caller ends, each in a savepoint, and gives the SQLSTATE of each:
// "" where the server accepted it.
func Apply(ctx context.Context, conn *pgx.Conn, statements []Statement) ([]string, error) {
	if _, err := conn.Exec(ctx, "SAVEPOINT statement"); err != nil {
		return nil, err
	}
	states := make([]string, len(statements))
	for i, s := range statements {
		// One round trip: the savepoint moves on after each statement that is accepted.
		_, err := conn.PgConn().Exec(ctx, s.SQL+"\n;RELEASE SAVEPOINT statement; SAVEPOINT statement").ReadAll()
		if err == nil {
			continue
		}
		var refused *pgconn.PgError
		if !errors.As(err, &refused) {
			return nil, err
		}
		states[i] = refused.Code
		if _, err := conn.Exec(ctx, "ROLLBACK TO SAVEPOINT statement"); err != nil {
			return nil, err
		}
	}
	return states, nil
}
