package types

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// question is a row of JSON for a client, and what PostgreSQL says.
type question struct {
	row   int
	sent  bool // to be inserted; else read
	value string
	// accepted is PostgreSQL's verdict, and left tells that it is nobody else's.
	accepted, left bool
}

// TestJSON asks the server, through jsonb_populate_record, and the clients about every value. They agree. What the server
// sends is read.
func TestJSON(t *testing.T) {
	t.Parallel()
	_, conn := database(t)
	store(t, conn)
	questions := slices.Concat(sentJSON(t, conn), storedJSON(t, conn))
	root := generated(t)
	taken := map[string]bool{}
	for client, answers := range map[string][]string{"zod": askZod(t, root, questions), "pydantic": askPydantic(t, root, questions)} {
		require.Len(t, answers, len(questions))
		for i, q := range questions {
			if q.left {
				taken[q.value] = taken[q.value] || answers[i] == ""
				continue
			}
			what := fmt.Sprintf("%s: %s: %s", client, rows[q.row].sql, q.value)
			if q.accepted {
				assert.Empty(t, answers[i], what)
			} else {
				assert.NotEmpty(t, answers[i], "%s is refused by PostgreSQL", what)
			}
		}
	}
	for _, q := range questions {
		assert.Equal(t, q.left, taken[q.value], "%s: %s: no client leaves it to PostgreSQL", rows[q.row].sql, q.value)
	}
}

// sentJSON are the values to insert. The server's verdict is as the table says.
func sentJSON(t *testing.T, conn *pgx.Conn) []question {
	t.Helper()
	var list []question
	for i, r := range rows {
		for _, value := range slices.Concat(r.takes, r.refuses, r.left) {
			text := fmt.Sprintf(`{"id": %d, "v": %s}`, 5000+i, value)
			q := question{row: i, sent: true, value: text, accepted: slices.Contains(r.takes, value), left: slices.Contains(r.left, value)}
			err := populate(t, conn, table(i), text)
			require.Equal(t, q.accepted, err == nil, "%s: %s: %v", r.sql, value, err)
			list = append(list, q)
		}
	}
	return list
}

// populate inserts a row from JSON, and takes it back.
func populate(t *testing.T, conn *pgx.Conn, table, text string) error {
	t.Helper()
	ctx := context.Background()
	tx, err := conn.Begin(ctx)
	require.NoError(t, err)
	defer func() { require.NoError(t, tx.Rollback(ctx)) }()
	_, err = tx.Exec(ctx, fmt.Sprintf("INSERT INTO %[1]s SELECT * FROM jsonb_populate_record(NULL::%[1]s, $1)", table), text)
	return err
}

// storedJSON are the values that the server has, as it sends them.
func storedJSON(t *testing.T, conn *pgx.Conn) []question {
	t.Helper()
	var list []question
	for i, r := range rows {
		for n := range r.stored {
			q := question{row: i, accepted: true}
			require.NoError(t, conn.QueryRow(context.Background(),
				fmt.Sprintf("SELECT row_to_json(x)::text FROM %s x WHERE id = $1", table(i)), n+1).Scan(&q.value))
			list = append(list, q)
		}
	}
	return list
}

func asJSON(t *testing.T, questions []question) string {
	t.Helper()
	var list [][]any
	for _, q := range questions {
		list = append(list, []any{strings.ToUpper(table(q.row)), q.sent, q.value})
	}
	text, err := json.Marshal(list)
	require.NoError(t, err)
	return string(text)
}

func askZod(t *testing.T, root string, questions []question) (answers []string) {
	t.Helper()
	compile(t, root)
	require.NoError(t, json.Unmarshal([]byte(run(t, root, nil, asJSON(t, questions), "node", script(t, root, "ask.mjs"))), &answers))
	return answers
}

func askPydantic(t *testing.T, root string, questions []question) (answers []string) {
	t.Helper()
	python := repository(t, "test/python/.venv/bin/python")
	out := run(t, root, []string{"PYTHONDONTWRITEBYTECODE=1"}, asJSON(t, questions), python, script(t, root, "ask.py"))
	require.NoError(t, json.Unmarshal([]byte(out), &answers))
	return answers
}
