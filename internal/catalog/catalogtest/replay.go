package catalogtest

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// Replay loads a script as a server in which each refused statement has no effect: when a statement has an error, it is
// blanked and the script loaded again. It gives the catalog and the code of each statement's first error, "" where it
// was accepted.
func Replay(script string, statements []Statement) (*catalog.Catalog, []string, error) {
	codes := make([]string, len(statements))
	for range len(statements) + 1 {
		file := source.NewFile("script.sql", script)
		cat, _, err := catalog.Load([]*source.File{file})
		if err == nil {
			return cat, codes, nil
		}
		i, code, err := firstError(file, statements, err)
		if err != nil {
			return nil, nil, err
		}
		if codes[i] != "" {
			return nil, nil, fmt.Errorf("a blank statement has error %s", code)
		}
		codes[i] = code
		s := statements[i]
		script = script[:s.Start] + strings.Repeat(" ", len(s.SQL)) + script[s.Start+len(s.SQL):]
	}
	return nil, nil, errors.New("errors that no statement has")
}

// firstError is the first error of the first statement that has one.
func firstError(file *source.File, statements []Statement, err error) (at int, code string, _ error) {
	var list source.List
	if !errors.As(err, &list) {
		return 0, "", err
	}
	at = len(statements)
	for _, d := range list {
		if d.Severity != source.Error {
			continue
		}
		if d.Span.File != file || d.Span.Start < 0 || d.Span.End > len(file.Text) {
			return 0, "", fmt.Errorf("an error without a place in the script: %s", d.Message)
		}
		if i := statementAt(statements, d.Span.Start); i < at {
			at, code = i, d.Code
		}
	}
	return at, code, nil
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
	server, err := Dump(ctx, conn)
	if err != nil {
		return nil, err
	}
	cat, codes, err := Replay(script, statements)
	if err != nil {
		return nil, err
	}
	var out []string
	for i, s := range statements {
		if states[i] != codes[i] {
			out = append(out, fmt.Sprintf("%s: ours is %q, the server has %q", s.SQL, codes[i], states[i]))
		}
	}
	ours := cat.Document()
	diffs, err := Reconcile(ctx, conn, ours, Compare(ours, server))
	for _, d := range diffs {
		out = append(out, d.String())
	}
	return out, err
}
