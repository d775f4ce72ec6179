package catalogtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/server"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/verify"
)

// Replay loads a script as a server in which each refused statement has no effect: when a statement has an error, it is
// blanked and the script loaded again. It gives the catalog, and the codes of all errors of each statement: none where
// it was accepted.
func Replay(script string, statements []Statement) (*catalog.Catalog, [][]string, error) {
	codes := make([][]string, len(statements))
	for range len(statements) + 1 {
		file := source.NewFile("script.sql", script)
		cat, _, err := catalog.Load([]*source.File{file})
		if err == nil {
			return cat, codes, nil
		}
		at, found, err := firstErrors(file, statements, err)
		if err != nil {
			return nil, nil, err
		}
		if codes[at] != nil {
			return nil, nil, fmt.Errorf("a blank statement has errors %s", found)
		}
		codes[at] = found
		s := statements[at]
		script = script[:s.Start] + strings.Repeat(" ", len(s.SQL)) + script[s.Start+len(s.SQL):]
	}
	return nil, nil, errors.New("errors that no statement has")
}

// firstErrors is the codes of the errors in the first statement that has any.
func firstErrors(file *source.File, statements []Statement, err error) (at int, codes []string, _ error) {
	var list source.List
	if !errors.As(err, &list) {
		return 0, nil, err
	}
	at = len(statements)
	for _, d := range list {
		if d.Severity != source.Error {
			continue
		}
		if d.Span.File != file || d.Span.Start < 0 || d.Span.End > len(file.Text) {
			return 0, nil, fmt.Errorf("an error without a place in the script: %s", d.Message)
		}
		i := statementAt(statements, d.Span.Start)
		if i < at {
			at, codes = i, nil
		}
		if i == at {
			codes = append(codes, d.Code)
		}
	}
	return at, codes, nil
}

// agrees tells whether a statement is refused by both or by neither. The server stops at the first mistake and the replay
// tells all, so that the server's must be among ours.
func agrees(state string, codes []string) bool {
	if state == "" {
		return len(codes) == 0
	}
	return slices.Contains(codes, state)
}

// statementAt is the last statement that starts at or before a place.
func statementAt(statements []Statement, place int) int {
	i := len(statements) - 1
	for i > 0 && statements[i].Start > place {
		i--
	}
	return i
}

// Check applies a script to the server and replays it, and says every difference: in what is refused, with which
// SQLSTATE, and in the catalog afterwards. The server is left as it was.
func Check(ctx context.Context, conn *pgx.Conn, script string) ([]string, error) {
	statements, err := Split(script)
	if err != nil {
		return nil, err
	}
	if _, err := conn.Exec(ctx, "BEGIN"); err != nil {
		return nil, err
	}
	defer func() { _, _ = conn.Exec(ctx, "ROLLBACK") }()
	states, err := Apply(ctx, conn, statements)
	if err != nil {
		return nil, err
	}
	server, err := server.Read(ctx, conn)
	if err != nil {
		return nil, err
	}
	cat, codes, err := Replay(script, statements)
	if err != nil {
		return nil, err
	}
	var out []string
	for i, s := range statements {
		if !agrees(states[i], codes[i]) {
			out = append(out, fmt.Sprintf("%s: ours is %q, the server has %q", s.SQL, strings.Join(codes[i], " "), states[i]))
		}
	}
	ours := cat.Document()
	diffs, err := Reconcile(ctx, conn, ours, verify.Compare(ours, server))
	for _, d := range diffs {
		out = append(out, Describe(d))
	}
	return out, err
}
