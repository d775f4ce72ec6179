package wide

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint/constrainttest"
	"github.com/trefoil-sql/trefoil/internal/explain"
	"github.com/trefoil-sql/trefoil/internal/generate"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/test/corpora"
)

func TestMain(m *testing.M) {
	generate.Child()
	os.Exit(pgtest.Runner{M: m}.Run())
}

// setting is a number in the environment.
func setting(t *testing.T, name string, otherwise int) int {
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	require.NoError(t, err, name)
	return n
}

func TestConformance(t *testing.T) {
	ctx := context.Background()
	r := rand.New(rand.NewPCG(uint64(setting(t, "TREFOIL_CONFORMANCE_SEED", 1)), 1))
	probes := setting(t, "TREFOIL_CONFORMANCE_PROBES", 3000)
	subjects := append(TypeSubjects(), RuleSubjects()...)
	subjects = append(subjects, RandomSubjects(r, 60, taken(t))...)
	if dir := os.Getenv("TREFOIL_CORPORA"); dir != "" || os.Getenv("CI") != "" || true {
		found, left := CorporaSubjects(t, corpora.Dir(t))
		takes := possible(t)
		for _, s := range found {
			if takes(s) {
				subjects = append(subjects, s)
			} else {
				left++
			}
		}
		t.Logf("%d CHECKs of real projects, %d left", len(found), left)
	}
	s := Define(subjects)
	conn := pgtest.New(t).Conn(ctx)
	_, err := conn.Exec(ctx, "SET timezone = 'UTC'")
	require.NoError(t, err)
	server := NewServer(t, conn, s.SQL())
	clients := Generate(t, s)
	c, _, err := catalog.Load([]*source.File{source.NewFile("schema.sql", s.SQL())})
	require.NoError(t, err)
	o := Run(t, server, clients, explain.Rules(c), Probes(&s, r, probes))
	summary := map[string]int{}
	example := map[string]Finding{}
	var order []string
	for _, f := range o.Findings {
		key := fmt.Sprintf("%-8s %s: %s", f.Client, f.What, f.Subject.Title)
		if summary[key]++; summary[key] == 1 {
			order = append(order, key)
			example[key] = f
		}
	}
	out, err := os.Create("/tmp/conf-findings.txt")
	require.NoError(t, err)
	defer out.Close()
	for _, key := range order {
		fmt.Fprintf(out, "%4d %s\n      %s\n      %.200q\n", summary[key], key, example[key].Text, example[key].Details)
	}
	all, err := os.Create("/tmp/conf-all.txt")
	require.NoError(t, err)
	defer all.Close()
	for _, f := range o.Findings {
		fmt.Fprintln(all, f)
	}
	t.Logf("%d probes, %d accepted, %d findings, compared %v", o.Probes, o.Accepted, len(o.Findings), o.Compared)
}

// taken tells of a CHECK whether the server takes it on constrainttest's table.
func taken(t *testing.T) func(sql string) bool {
	ctx := context.Background()
	conn := pgtest.New(t).Conn(ctx)
	_, err := conn.Exec(ctx, constrainttest.Table())
	require.NoError(t, err)
	return func(sql string) bool {
		_, err := conn.Exec(ctx, "ALTER TABLE r ADD CHECK ("+sql+")")
		return err == nil
	}
}

// possible tells of a subject whether the server makes its table.
func possible(t *testing.T) func(s Subject) bool {
	ctx := context.Background()
	conn := pgtest.New(t).Conn(ctx)
	_, err := conn.Exec(ctx, preamble)
	require.NoError(t, err)
	return func(s Subject) bool {
		s.Table = "probed"
		_, err := conn.Exec(ctx, "BEGIN; "+s.SQL()+" ROLLBACK")
		if err != nil {
			_, _ = conn.Exec(ctx, "ROLLBACK")
		}
		return err == nil
	}
}
