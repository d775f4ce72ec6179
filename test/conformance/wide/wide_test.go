package wide

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint/constrainttest"
	"github.com/trefoil-sql/trefoil/internal/explain"
	"github.com/trefoil-sql/trefoil/internal/generate"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/test/corpora"
	"github.com/trefoil-sql/trefoil/test/effort"
)

func TestMain(m *testing.M) {
	generate.Child()
	os.Exit(pgtest.Runner{M: m}.Run())
}

// Settings of a run. Without them a part of the probes is put, always the same one.
const (
	envSeed   = "TREFOIL_CONFORMANCE_SEED"
	envProbes = "TREFOIL_CONFORMANCE_PROBES"
	// envReport is the file that the report is written to.
	envReport = "TREFOIL_CONFORMANCE_REPORT"
)

// partOfAll is how many probes a run without settings has, and fullRun from how many on all limits have to be met.
const (
	partOfAll = 3000
	fullRun   = 20000
)

// TestConformance puts probes of every type and rule to PostgreSQL and to the three clients: no client refuses what
// PostgreSQL accepts, or accepts what a rule refuses that explain calls enforced; a refusal names a CHECK that is broken;
// and what is read and written again is the same value.
func TestConformance(t *testing.T) {
	seed, n := effort.Setting(t, envSeed, 1), effort.Setting(t, envProbes, partOfAll)
	r := rand.New(rand.NewPCG(uint64(seed), 1))
	all := subjects(t, r)
	s := Define(append(all, spelled()...))
	server := NewServer(t, connect(t), s.SQL())
	clients := Generate(t, s)
	c, _, err := catalog.Load([]*source.File{source.NewFile("schema.sql", s.SQL())})
	require.NoError(t, err)
	t.Run("spellings", func(t *testing.T) { spellings(t, server, clients, s.Subjects[len(all):]) })
	s.Subjects = s.Subjects[:len(all)]
	o := Run(t, server, clients, explain.Rules(c), Probes(&s, r, n))
	t.Logf("%d probes, %d accepted by PostgreSQL; rows that were written, stored and compared: %v", o.Probes, o.Accepted, o.Compared)
	if file := os.Getenv(envReport); file != "" {
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(Report(s, clients, o)), 0o644))
	}
	require.Equal(t, n, o.Probes, "there are fewer probes than were asked for")
	require.Greater(t, o.Accepted, n/4)
	require.Less(t, o.Accepted, n*3/4)
	if n >= fullRun {
		everyLimitIsMet(t, clients, o)
	}
	for _, f := range o.Findings[:min(len(o.Findings), 40)] {
		t.Error(f)
	}
	require.Empty(t, len(o.Findings), "findings with seed %d", seed)
}

// everyLimitIsMet: a limit that no value meets any more has to go.
func everyLimitIsMet(t *testing.T, clients []Client, o *Outcome) {
	for _, l := range Limits {
		for _, c := range clients {
			if c.Language == l.Language {
				assert.NotZero(t, o.Limits[c.Name][l.Name], "no value meets the limit of %s: %s", c.Name, l.Name)
			}
		}
	}
}

// subjects are all types and rules: those of the documentation, some at random, and those of real projects where they
// are at hand.
func subjects(t *testing.T, r *rand.Rand) []Subject {
	all := append(TypeSubjects(), RuleSubjects()...)
	all = append(all, RandomSubjects(r, 60, taken(t))...)
	dir, ok := corpora.Find(t)
	if !ok {
		t.Log("without the CHECKs of real projects, which are not at hand")
		return all
	}
	found, left := CorporaSubjects(t, dir)
	possible := possible(t)
	kept := slices.DeleteFunc(slices.Clone(found), func(s Subject) bool { return !possible(s) })
	t.Logf("%d CHECKs of real projects; %d others have tables that are not made here", len(kept), left+len(found)-len(kept))
	require.NotEmpty(t, kept)
	return append(all, kept...)
}

func connect(t *testing.T) *pgx.Conn {
	ctx := context.Background()
	conn := pgtest.New(t).Conn(ctx)
	_, err := conn.Exec(ctx, "SET timezone = 'UTC'")
	require.NoError(t, err)
	return conn
}

// taken tells of a CHECK whether the server takes it on constrainttest's table.
func taken(t *testing.T) func(sql string) bool {
	ctx, conn := context.Background(), connect(t)
	_, err := conn.Exec(ctx, constrainttest.Table())
	require.NoError(t, err)
	return func(sql string) bool {
		_, err := conn.Exec(ctx, "ALTER TABLE r ADD CHECK ("+sql+")")
		return err == nil
	}
}

// possible tells of a subject whether the server makes its table.
func possible(t *testing.T) func(s Subject) bool {
	ctx, conn := context.Background(), connect(t)
	_, err := conn.Exec(ctx, preamble)
	require.NoError(t, err)
	return func(s Subject) bool {
		s.Table = "probed"
		tx, err := conn.Begin(ctx)
		require.NoError(t, err)
		defer func() { require.NoError(t, tx.Rollback(ctx)) }()
		_, err = tx.Exec(ctx, strings.Join(s.Types, "")+s.SQL())
		return err == nil
	}
}

// spelled has a table for each spelling.
func spelled() []Subject {
	var list []Subject
	for _, spelling := range Spellings {
		list = append(list, Subject{Title: spelling.SQL, Columns: []Column{{Name: "v", SQL: spelling.SQL}}})
	}
	return list
}

// spellings: each is another way to write a value, which PostgreSQL takes and just the clients that are listed refuse.
func spellings(t *testing.T, server *Server, clients []Client, subjects []Subject) {
	var rows []row
	var questions []Question
	for i, spelling := range Spellings {
		text := fmt.Sprintf(`{"v": %s}`, spelling.JSON)
		rows = append(rows, row{subjects[i].Table, text})
		questions = append(questions, Question{subjects[i].Table, Insert, text})
	}
	server.Ask(rows)
	for _, c := range clients {
		for i, reply := range c.Ask(t, questions) {
			a := server.Answer(rows[i].table, rows[i].text)
			assert.True(t, a.OK(), "%s of %s is refused by PostgreSQL: %s", Spellings[i].JSON, Spellings[i].SQL, a.Message)
			refused := slices.Contains(Spellings[i].RefusedBy, c.Language)
			assert.Equal(t, refused, !reply.OK, "%s of %s in %s: %s", Spellings[i].JSON, Spellings[i].SQL, c.Name, reply.Error)
		}
	}
}
