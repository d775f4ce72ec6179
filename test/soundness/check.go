package soundness

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/nullability"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/test/queries"
)

// Checker analyses statements and runs them in one transaction, which it rolls back to a savepoint after each that writes or
// fails.
type Checker struct {
	world  *World
	conn   *pgx.Conn
	server *queries.Server
	Counts Counts
}

// Counts is what became of the statements.
type Counts struct {
	All, Refused, Failed, Empty int
	// Columns are those of statements that ran and gave rows; Proven are those called not-null, Never those that held no NULL.
	Columns, Proven, Never int
}

// Failure is what is wrong with a statement: its description, or a NULL where there is said to be none.
type Failure struct {
	Kind string // describe, null or panic
	Text string
}

// NewChecker runs statements by this connection, on which the schema is.
func NewChecker(w *World, conn *pgx.Conn) *Checker {
	return &Checker{world: w, conn: conn, server: queries.NewServer(conn)}
}

// Begin starts the transaction of a data set.
func (c *Checker) Begin(ctx context.Context, data string) error {
	_, err := c.conn.PgConn().Exec(ctx, "BEGIN; "+data+"SAVEPOINT filled").ReadAll()
	return err
}

// End rolls all back.
func (c *Checker) End(ctx context.Context) error {
	_, err := c.conn.Exec(ctx, "ROLLBACK")
	return err
}

// Check analyses a statement, has the server describe it, and runs it. The failure is nil where all is well; an error is
// about the connection.
func (c *Checker) Check(ctx context.Context, s Statement) (_ *Failure, err error) {
	c.Counts.All++
	analysed := c.world.Catalog.Analyse(source.NewFile("query.sql", s.SQL), "")
	if len(analysed) != 1 {
		return nil, fmt.Errorf("%d statements in %s", len(analysed), s.SQL)
	}
	there, err := c.server.Describe(ctx, s.ForServer())
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.rollBack(ctx, s, there)) }()
	if len(there.Refused) > 0 {
		c.Counts.Refused++
		return nil, nil
	}
	ours := queries.Describe(c.world.Catalog, analysed[0])
	if q := analysed[0].Query; q != nil {
		ours.Params = queries.ByName(q, s.names(), ours.Params)
	}
	if diffs := queries.Differences(ours, there); len(diffs) > 0 {
		return &Failure{"describe", strings.Join(diffs, "\n")}, nil
	}
	return c.run(ctx, s, analysed[0].Query)
}

// rollBack undoes what a statement did, or the error that it ended in.
func (c *Checker) rollBack(ctx context.Context, s Statement, d queries.Description) error {
	if c.conn.PgConn().TxStatus() != 'E' && !strings.Contains(s.SQL, "RETURNING") {
		return nil
	}
	_, err := c.conn.PgConn().Exec(ctx, "ROLLBACK TO SAVEPOINT filled").ReadAll()
	return err
}

// run executes the statement that was prepared last, and looks for NULLs.
func (c *Checker) run(ctx context.Context, s Statement, q *catalog.Query) (*Failure, error) {
	verdicts := nullability.Columns(c.world.Catalog, q)
	if len(verdicts) != len(q.Columns) {
		return &Failure{"null", fmt.Sprintf("%d verdicts for %d columns", len(verdicts), len(q.Columns))}, nil
	}
	args := make([][]byte, len(s.Args))
	for i, a := range s.Args {
		if a != nil {
			args[i] = []byte(*a)
		}
	}
	result := c.conn.PgConn().ExecPrepared(ctx, "", args, nil, nil).Read()
	var refused *pgconn.PgError
	if errors.As(result.Err, &refused) {
		c.Counts.Failed++
		return nil, nil
	}
	if result.Err != nil {
		return nil, result.Err
	}
	return c.judge(q, verdicts, result.Rows), nil
}

// judge compares the verdicts with the rows.
func (c *Checker) judge(q *catalog.Query, verdicts []nullability.Verdict, rows [][][]byte) *Failure {
	if len(rows) == 0 {
		c.Counts.Empty++
		return nil
	}
	for i, v := range verdicts {
		null := false
		for _, row := range rows {
			null = null || row[i] == nil
		}
		c.Counts.Columns++
		if !v.Nullable {
			c.Counts.Proven++
		}
		if !null {
			c.Counts.Never++
		}
		if null && !v.Nullable {
			return &Failure{"null", fmt.Sprintf("column %d, %s, is NULL; the verdict is never, since %s", i+1, q.Columns[i].Name, v.Reason)}
		}
	}
	return nil
}

// add is the sum of what several checkers counted.
func (c *Counts) add(o Counts) {
	c.All += o.All
	c.Refused += o.Refused
	c.Failed += o.Failed
	c.Empty += o.Empty
	c.Columns += o.Columns
	c.Proven += o.Proven
	c.Never += o.Never
}
