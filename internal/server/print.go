package server

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Scope is where an expression stands: the columns it may name, and the schemas that its names are looked up in.
type Scope struct {
	Schema, Relation string
	Columns          []ScopeColumn
	Path             []string
}

// ScopeColumn is a column with its type, as format_type prints it.
type ScopeColumn struct{ Name, Type string }

// Expression is SQL to be printed. Type is what it is converted to, "" if it keeps its own.
type Expression struct{ SQL, Type string }

// Printed is an expression in the server's own words, after it has resolved names and types and computed what is constant.
type Printed struct {
	Text string
	// Err says why the server does not take the expression; NotAllowed, that the role is not allowed to ask.
	Err        error
	NotAllowed bool
}

// Print asks the server what expressions mean, with EXPLAIN: nothing is executed or written, and no right on the relation
// is needed, since a function with the same columns stands in for it. The error is one that ends the session.
func (s *Session) Print(ctx context.Context, scope Scope, list []Expression) ([]Printed, error) {
	if len(list) == 0 {
		return nil, nil
	}
	plan, err := s.explain(ctx, scope.Path, selectList(list)+scope.standIn())
	if err == nil && len(plan.Plans) == 0 && len(plan.Output) == len(list) {
		out := make([]Printed, len(list))
		for i, text := range plan.Output {
			out[i].Text = text
		}
		return out, nil
	}
	if fatal(err) {
		return nil, s.failure(CodeRead, "cannot compare expressions", err)
	}
	out := make([]Printed, len(list))
	for i, e := range list {
		if out[i], err = s.printOne(ctx, scope, e); err != nil {
			return nil, s.failure(CodeRead, "cannot compare expressions", err)
		}
	}
	return out, nil
}

// printOne prints an expression that may have subqueries, or that names what only the relation itself has, such as tableoid.
func (s *Session) printOne(ctx context.Context, scope Scope, e Expression) (Printed, error) {
	from := []string{scope.standIn()}
	if scope.Relation != "" {
		from = append(from, " FROM ONLY "+Ident(scope.Schema, scope.Relation))
	}
	var first error
	for _, f := range from {
		plan, err := s.explain(ctx, scope.Path, selectList([]Expression{e})+f)
		if err == nil {
			return Printed{Text: plan.text()}, nil
		}
		if fatal(err) {
			return Printed{}, err
		}
		if first == nil || notAllowed(err) {
			first = err
		}
	}
	return Printed{Err: errors.New(s.secrets.hide(reason(first))), NotAllowed: notAllowed(first)}, nil
}

// standIn is a FROM clause with the relation's columns and without the relation. The server cannot compute its rows
// beforehand, so that columns stay columns.
func (s Scope) standIn() string {
	if len(s.Columns) == 0 {
		return " FROM json_array_elements('[]')"
	}
	var columns []string
	for _, c := range s.Columns {
		columns = append(columns, Ident(c.Name)+" "+c.Type)
	}
	return " FROM json_to_record('{}') AS " + Ident(cmp.Or(s.Relation, "stand_in")) + "(" + strings.Join(columns, ", ") + ")"
}

func selectList(list []Expression) string {
	var parts []string
	for _, e := range list {
		if e.Type == "" {
			parts = append(parts, "("+e.SQL+")")
		} else {
			parts = append(parts, "CAST(("+e.SQL+") AS "+e.Type+")")
		}
	}
	return "SELECT " + strings.Join(parts, ", ")
}

// plan is a part of what EXPLAIN says, and all of it as it came.
type plan struct {
	Output []string
	Plans  []json.RawMessage
	all    json.RawMessage
}

// text is the printed expression, or all of the plan if there is more to it.
func (p plan) text() string {
	if len(p.Plans) == 0 && len(p.Output) == 1 {
		return p.Output[0]
	}
	return string(p.all)
}

// explain runs in a savepoint of its own: an error leaves the transaction as it was.
func (s *Session) explain(ctx context.Context, path []string, query string) (plan, error) {
	var batch pgx.Batch
	batch.Queue("SAVEPOINT print")
	batch.Queue("SELECT set_config('search_path', $1, true)", searchPath(path))
	batch.Queue("EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON) " + query)
	batch.Queue("ROLLBACK TO SAVEPOINT print")
	batch.Queue("RELEASE SAVEPOINT print")
	results := s.conn.SendBatch(ctx, &batch)
	var out string
	var err error
	for i := 0; i < batch.Len() && err == nil; i++ {
		if i == 2 {
			err = results.QueryRow().Scan(&out)
		} else {
			_, err = results.Exec()
		}
	}
	if closing := results.Close(); err == nil {
		err = closing
	}
	if err != nil {
		for _, sql := range []string{"ROLLBACK TO SAVEPOINT print", "RELEASE SAVEPOINT print"} {
			if _, rollback := s.conn.Exec(ctx, sql); rollback != nil {
				return plan{}, rollback
			}
		}
		return plan{}, err
	}
	return readPlan(out)
}

func readPlan(text string) (plan, error) {
	var explained []struct{ Plan json.RawMessage }
	if err := json.Unmarshal([]byte(text), &explained); err != nil {
		return plan{}, err
	}
	if len(explained) != 1 {
		return plan{}, fmt.Errorf("EXPLAIN gave %d plans", len(explained))
	}
	p := plan{all: explained[0].Plan}
	return p, json.Unmarshal(p.all, &p)
}

// fatal tells the errors after which nothing more can be asked from those that are about the expression.
func fatal(err error) bool {
	var refused *pgconn.PgError
	if !errors.As(err, &refused) {
		return err != nil
	}
	return refused.Code == queryCanceled || refused.Code == lockNotAvailable ||
		strings.HasPrefix(refused.Code, "08") || strings.HasPrefix(refused.Code, "57P")
}

func notAllowed(err error) bool {
	var refused *pgconn.PgError
	return errors.As(err, &refused) && refused.Code == insufficientRights
}

func searchPath(schemas []string) string {
	var out []string
	for _, s := range schemas {
		out = append(out, Ident(s))
	}
	return strings.Join(out, ", ")
}

// Ident quotes a name, or the parts of one.
func Ident(names ...string) string { return pgx.Identifier(names).Sanitize() }
