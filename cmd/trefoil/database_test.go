package main

import (
	"context"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

// testKey and databaseKey are where a script's test and its database are kept.
type (
	testKey     struct{}
	databaseKey struct{}
)

// withTest lets the commands of a script use the test that it is run as.
func withTest(env *testscript.Env) {
	env.Values[testKey{}] = env.T().(testing.TB)
	env.Values[databaseKey{}] = new(*pgtest.DB)
}

func inScript(ts *testscript.TestScript) (testing.TB, **pgtest.DB) {
	return ts.Value(testKey{}).(testing.TB), ts.Value(databaseKey{}).(**pgtest.DB)
}

// database makes an empty database for the script: $DB is its name, and $DB_URL, $DB_HOST and $DB_PORT say where it is.
func database(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: database")
	}
	t, db := inScript(ts)
	*db = pgtest.New(t)
	ts.Setenv("DB", (*db).Name())
	ts.Setenv("DB_URL", (*db).URL())
	u, err := url.Parse((*db).URL())
	ts.Check(err)
	ts.Setenv("DB_HOST", u.Hostname())
	ts.Setenv("DB_PORT", u.Port())
}

// runSQL runs a file in the script's database: sql file. $DB in it is the database's name.
func runSQL(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: sql file")
	}
	t, db := inScript(ts)
	(*db).Exec(t, scriptText(ts, args[0]))
}

// holdSQL runs a file in a transaction that stays open until the script ends: hold file.
func holdSQL(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: hold file")
	}
	_, db := inScript(ts)
	_, err := (*db).Conn(context.Background()).PgConn().Exec(context.Background(), "BEGIN;"+scriptText(ts, args[0])).ReadAll()
	ts.Check(err)
}

func scriptText(ts *testscript.TestScript, name string) string {
	text, err := os.ReadFile(ts.MkAbs(name))
	ts.Check(err)
	return strings.ReplaceAll(string(text), "$DB", ts.Getenv("DB"))
}
