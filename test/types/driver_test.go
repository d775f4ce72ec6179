package types

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
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// order tells a script about a table. IDs are those of the rows: changed lose something in the driver, cannot are those
// that it does not read at all.
type order struct {
	Table   string `json:"table"`
	Type    string `json:"type"`
	Changed []int  `json:"changed"`
	Cannot  []int  `json:"cannot"`
}

// orders are all tables. A row's id is the place of its value, from 1.
func orders(changed, cannot func(row) []string) string {
	var list []order
	for i, r := range rows {
		if r.absent {
			continue
		}
		o := order{Table: table(i), Type: strings.ToUpper(table(i)), Changed: []int{}, Cannot: []int{}}
		for n, value := range r.stored {
			if slices.Contains(changed(r), value) {
				o.Changed = append(o.Changed, n+1)
			}
			if slices.Contains(cannot(r), value) {
				o.Cannot = append(o.Cannot, n+1)
			}
		}
		list = append(list, o)
	}
	text, err := json.Marshal(list)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// store puts every value into its table.
func store(t *testing.T, conn *pgx.Conn) {
	t.Helper()
	for i, r := range rows {
		require.Equal(t, r.absent, r.stored == nil, r.sql)
		for n, value := range r.stored {
			_, err := conn.Exec(context.Background(), fmt.Sprintf("INSERT INTO %s (id, v, n) VALUES (%d, %s, NULL)", table(i), n+1, value))
			require.NoError(t, err, "%s %s", r.sql, value)
		}
	}
}

// compare holds what was stored again against what was there. except are values that were not to be stored again.
func compare(t *testing.T, conn *pgx.Conn, except func(row) []string) {
	t.Helper()
	for i, r := range rows {
		text := "%s.v::text"
		if r.sql == "json" {
			text = "%s.v::jsonb::text" // the blanks are the client's
		}
		for n, value := range r.stored {
			if slices.Contains(except(r), value) {
				continue
			}
			var before string
			var after *string
			require.NoError(t, conn.QueryRow(context.Background(), fmt.Sprintf(
				"SELECT %[1]s, %[2]s FROM %[3]s a LEFT JOIN %[3]s b ON b.id = a.id + 1000 AND b.n IS NULL WHERE a.id = %[4]d",
				fmt.Sprintf(text, "a"), fmt.Sprintf(text, "b"), table(i), n+1)).Scan(&before, &after))
			if assert.NotNil(t, after, "%s %s was not stored again", r.sql, value) {
				assert.Equal(t, before, *after, r.sql)
			}
		}
	}
}

// complaints are what a script says went wrong.
func complaints(t *testing.T, out string) {
	t.Helper()
	for line := range strings.Lines(out) {
		var c struct {
			Table, Step, Error string
			ID                 int
		}
		require.NoError(t, json.Unmarshal([]byte(line), &c), line)
		var i int
		_, err := fmt.Sscanf(c.Table, "t%d", &i)
		require.NoError(t, err)
		t.Errorf("%s: %s: %s: %s", rows[i].sql, rows[i].stored[c.ID-1], c.Step, c.Error)
	}
}

func script(t *testing.T, root, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(t, err)
	write(t, root, name, string(text))
	return name
}

// compile makes JavaScript of both TypeScript clients, in out/.
func compile(t *testing.T, root string) {
	t.Helper()
	require.NoError(t, os.Symlink(repository(t, "test/ts/node_modules"), filepath.Join(root, "node_modules")))
	write(t, root, "package.json", `{"type": "module"}`)
	run(t, root, nil, "", filepath.Join(root, "node_modules/.bin/tsc"), "--strict", "--skipLibCheck", "--target", "es2022",
		"--module", "nodenext", "--moduleResolution", "nodenext", "--types", "", "--rootDir", ".", "--outDir", "out",
		"ts_driver/index.ts", "ts_json/index.ts")
}

// TestNodePostgres: every row that node-postgres hands over is read, and what the insert schemas make of it is stored
// alike.
func TestNodePostgres(t *testing.T) {
	t.Parallel()
	db, conn := database(t)
	store(t, conn)
	root := generated(t)
	compile(t, root)
	changed := func(r row) []string { return r.nodeChanged }
	complaints(t, run(t, root, []string{"DATABASE_URL=" + db.URL(), "NODE_NO_WARNINGS=1"},
		orders(changed, func(row) []string { return nil }), "node", script(t, root, "driver.mjs")))
	compare(t, conn, changed)
}

// TestPsycopg: the same through psycopg 3, but for what it refuses to read.
func TestPsycopg(t *testing.T) {
	t.Parallel()
	db, conn := database(t)
	store(t, conn)
	root := generated(t)
	cannot := func(r row) []string { return r.pythonCannot }
	changed := func(r row) []string { return r.pythonChanged }
	complaints(t, run(t, root, []string{"DATABASE_URL=" + db.URL(), "PYTHONDONTWRITEBYTECODE=1"}, orders(changed, cannot),
		repository(t, "test/python/.venv/bin/python"), script(t, root, "driver.py")))
	compare(t, conn, func(r row) []string { return slices.Concat(r.pythonCannot, r.pythonChanged) })
}
