// Package conformance gives the inputs of cases.json to PostgreSQL and to the generated Go client. The suites in
// TypeScript and Python give them to theirs.
package conformance

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	usage "github.com/trefoil-sql/trefoil/gen/go"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

type suite struct {
	OrganizationID string `json:"organization_id"`
	DealID         string `json:"deal_id"`
	UserID         string `json:"user_id"`
	Cases          []testCase
}

type testCase struct {
	Name       string
	Table      string
	Input      map[string]json.RawMessage
	Accepted   bool
	Constraint string
	Except     map[string]string
}

func load(t *testing.T) suite {
	t.Helper()
	text, err := os.ReadFile("cases.json")
	require.NoError(t, err)
	var s suite
	require.NoError(t, json.Unmarshal(text, &s))
	require.NotEmpty(t, s.Cases)
	return s
}

func (c testCase) String() string { return c.Table + ": " + c.Name }

func (c testCase) text() string {
	b, err := json.Marshal(c.Input)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func TestPostgreSQL(t *testing.T) {
	s := load(t)
	ctx := context.Background()
	db := pgtest.New(t)
	files, err := filepath.Glob("../../schema/*.sql")
	require.NoError(t, err)
	slices.Sort(files)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		db.Exec(t, string(text))
	}
	db.Exec(t, fmt.Sprintf(`INSERT INTO auth.users VALUES ('%s');
		INSERT INTO organizations (id, name) VALUES ('%s', 'o');
		INSERT INTO deals (id, organization_id, name) VALUES ('%s', '%s', 'd')`, s.UserID, s.OrganizationID, s.DealID, s.OrganizationID))
	conn := db.Conn(ctx)
	for _, c := range s.Cases {
		err := insert(ctx, conn, c)
		assert.Equal(t, c.Accepted, err == nil, "%s: %v", c, err)
		if pg, ok := err.(*pgconn.PgError); ok && pg.Code == "23514" {
			assert.Equal(t, c.Constraint, pg.ConstraintName, c)
		} else {
			assert.Empty(t, c.Constraint, "%s: %v", c, err)
		}
	}
}

// insert gives the columns of the input to the table, and leaves the others to their defaults.
func insert(ctx context.Context, conn *pgx.Conn, c testCase) error {
	var columns []string
	for column := range c.Input {
		columns = append(columns, pgx.Identifier{column}.Sanitize())
	}
	slices.Sort(columns)
	list := strings.Join(columns, ", ")
	_, err := conn.Exec(ctx, fmt.Sprintf("INSERT INTO %[1]s (%[2]s) SELECT %[2]s FROM jsonb_populate_record(NULL::%[1]s, $1)",
		c.Table, list), c.text())
	return err
}

func TestGo(t *testing.T) {
	for _, c := range load(t).Cases {
		err := validate(c)
		if reason, ok := c.Except["go"]; ok {
			assert.NotEqual(t, c.Accepted, err == nil, "%s is not an exception (%s)", c, reason)
			continue
		}
		assert.Equal(t, c.Accepted, err == nil, "%s: %v", c, err)
		if c.Constraint != "" {
			assert.ErrorContains(t, err, fmt.Sprintf("%q", c.Constraint), c)
		}
	}
}

// validate reads the input into the parameters of the table's create query, on top of the database's defaults.
func validate(c testCase) error {
	if c.Table == "feature_usage" {
		var p usage.CreateFeatureUsageParams
		if err := json.Unmarshal([]byte(c.text()), &p); err != nil {
			return err
		}
		return p.Validate()
	}
	var p usage.CreateLlmUsageParams
	if err := p.CostUsd.Scan("0"); err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(c.text()), &p); err != nil {
		return err
	}
	return p.Validate()
}
