package runtime

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgtype"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

// TestMomentsAreWhatTheServerStores writes times through pgx and reads back what columns of every precision hold.
func TestMomentsAreWhatTheServerStores(t *testing.T) {
	ctx := context.Background()
	conn := pgtest.New(t).Conn(ctx)
	random := rand.New(rand.NewPCG(3, 4))
	zone := time.FixedZone("east", 5*3600+1800)
	for range 300 {
		at := time.Unix(random.Int64N(4e9)-2e9, random.Int64N(1e9))
		if random.IntN(2) == 0 {
			at = at.Truncate(time.Second).Add(time.Duration(random.IntN(20)) * 50 * time.Millisecond)
		}
		at = at.In(zone)
		digits := random.IntN(7)
		var local pgtype.Timestamp
		var instant pgtype.Timestamptz
		var day pgtype.Date
		in := pgtype.Timestamp{Time: at, Valid: true}
		inTZ := pgtype.Timestamptz{Time: at, Valid: true}
		inDay := pgtype.Date{Time: at, Valid: true}
		query := fmt.Sprintf("SELECT $1::timestamp::timestamp(%d), $2::timestamptz::timestamptz(%[1]d), $3::date", digits)
		require.NoError(t, conn.QueryRow(ctx, query, in, inTZ, inDay).Scan(&local, &instant, &day))
		assert.Equal(t, trefoilMomentOf(local.Time), trefoilToPrecision(trefoilPgxTimestamp(in), digits), "%s to %d", at, digits)
		assert.Equal(t, trefoilMomentOf(instant.Time), trefoilToPrecision(trefoilPgxTimestamptz(inTZ), digits), "%s to %d", at, digits)
		assert.Equal(t, trefoilMomentOf(day.Time), trefoilPgxDate(inDay), "%s", at)
	}
}

func TestRefuses(t *testing.T) {
	raise := func() any { panic(trefoilRaised{}) }
	pass := func() any { panic(trefoilUndecided{}) }
	for _, c := range []struct {
		conditions []func() any
		want       bool
	}{
		{[]func() any{func() any { return true }}, false},
		{[]func() any{func() any { return nil }}, false},
		{[]func() any{func() any { return false }}, true},
		{[]func() any{raise}, true},
		{[]func() any{pass}, false},
		{[]func() any{pass, raise}, true},
	} {
		assert.Equal(t, c.want, trefoilRefuses(c.conditions...))
	}
	assert.PanicsWithValue(t, "a bug", func() { trefoilRefuses(func() any { panic("a bug") }) })
}
