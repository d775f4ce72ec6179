package constraint_test

import (
	"context"
	"errors"
	"flag"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/constraint/constrainttest"
	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

// seed and checks make a longer run: go test -run TestRulesAgainstPostgreSQL ./internal/constraint -seed 2 -checks 50000
var (
	seed   = flag.Uint64("seed", 11, "where random checks start")
	checks = flag.Int("checks", 3000, "how many random checks there are")
)

// TestRulesAgainstPostgreSQL holds rules of every construct against what PostgreSQL says: what it accepts is never
// refused, and a rule that is understood refuses what it refuses, errors included.
func TestRulesAgainstPostgreSQL(t *testing.T) {
	conn := pgtest.New(t).Conn(context.Background())
	r := rand.New(rand.NewPCG(*seed, 12))
	rows := constrainttest.Fill(t, conn, r, 60)
	g := constrainttest.Generator{Rand: r}
	var conditions []string
	var verdicts [][]bool
	invalid := 0
	for range *checks {
		sql := g.Condition(r.IntN(4))
		accepted, err := constrainttest.Verdicts(conn, sql)
		if err != nil {
			invalid++
			t.Logf("invalid: %v: %s", err, sql)
			continue
		}
		conditions, verdicts = append(conditions, sql), append(verdicts, accepted)
	}
	var tally tally
	for i, rule := range constrainttest.Rules(t, conditions) {
		tally.rule(t, conditions[i], rule, rows, verdicts[i])
	}
	t.Logf("%+v, %d conditions are invalid", tally, invalid)
	require.Less(t, invalid, *checks/50)
	require.Greater(t, tally.Understood, *checks*4/5, "the compiler understands too little")
	require.Greater(t, tally.Partly, 0)
	require.Greater(t, tally.Refused, tally.Probes/4)
	require.Less(t, tally.Undecided, tally.Probes/20)
}

// tally counts the probes of a test.
type tally struct{ Understood, Partly, Unknown, Probes, Refused, Undecided, Missed int }

func (n *tally) rule(t *testing.T, sql string, rule constraint.Rule, rows []constrainttest.Row, accepted []bool) {
	tests := constraint.Enforceable(rule.Tree, naming.Python)
	understood := constraint.Unsupported(rule.Tree, naming.Python) == ""
	switch {
	case understood:
		n.Understood++
	case len(tests) > 0:
		n.Partly++
	default:
		n.Unknown++
	}
	for i, row := range rows {
		n.Probes++
		refuses := false
		undecided := false
		for _, test := range tests {
			_, err := constraint.Evaluate(test, row.Values)
			undecided = undecided || errors.Is(err, constraint.ErrUndecided)
			refuses = refuses || constraint.Refuses(test, row.Values)
		}
		switch {
		case accepted[i]:
			require.False(t, refuses, "%s\nis accepted by PostgreSQL and refused by\n%+v\nrow %s", sql, tests, row.JSON)
		case refuses:
			n.Refused++
		case undecided:
			n.Undecided++
		case understood:
			require.Fail(t, "missed", "%s\nis refused by PostgreSQL and accepted by\n%+v\nrow %s", sql, tests, row.JSON)
		default:
			n.Missed++
		}
	}
}
