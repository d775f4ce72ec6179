package migration

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNaturalOrder(t *testing.T) {
	for _, want := range [][]string{
		{"9.sql", "10.sql", "100.sql"},
		{"9_b.sql", "009_c.sql", "10_a.sql"},
		{"a.sql", "a-b.sql", "a_b.sql", "ab.sql"},
		{"v1.sql", "v1.9.sql", "v1.10.sql", "v2.sql"},
		{"01_setup.sql", "20240620151429_x.sql", "20240620151430_a.sql"},
		{"001", "01", "1"},
		{"users.sql", "users", "users_2.sql"},
		{"99999999999999999999998.sql", "99999999999999999999999.sql"},
		{"B.sql", "a.sql"},
	} {
		got := slices.Clone(want)
		slices.Reverse(got)
		slices.SortFunc(got, natural)
		assert.Equal(t, want, got)
	}
	paths := []string{"a/2/z.sql", "a/10.sql", "a/10/b.sql", "a/10/b/c.sql", "b.sql"}
	got := slices.Clone(paths)
	slices.Reverse(got)
	slices.SortFunc(got, naturalPath)
	assert.Equal(t, paths, got)
}

// TestNaturalIsATotalOrder: sorting would depend on the order of the input otherwise.
func TestNaturalIsATotalOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	name := func() string {
		b := make([]byte, 1+random.IntN(5))
		for i := range b {
			b[i] = "0012a._"[random.IntN(7)]
		}
		return string(b) + []string{"", ".sql", ".SQL"}[random.IntN(3)]
	}
	path := func() string { return name() + []string{"", "/" + name()}[random.IntN(2)] }
	for _, tc := range []struct {
		make    func() string
		compare func(a, b string) int
	}{{name, natural}, {path, naturalPath}} {
		compare := tc.compare
		for range 200_000 {
			a, b, c := tc.make(), tc.make(), tc.make()
			require.Equal(t, compare(a, b), -compare(b, a), "%s %s", a, b)
			require.Equal(t, a == b, compare(a, b) == 0, "%s %s", a, b)
			if compare(a, b) < 0 && compare(b, c) < 0 {
				require.Negative(t, compare(a, c), "%s %s %s", a, b, c)
			}
		}
	}
}

func TestVersionsAreComparedByPart(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		want int
	}{
		{"1", "1.0", 0}, {"1_2", "1.2", 0}, {"1.10", "1.9", 1}, {"1.2.1", "1.2", 1}, {"007", "7", 0}, {"2", "10", -1},
	} {
		assert.Equal(t, tc.want, compareVersions(splitVersion(tc.a), splitVersion(tc.b)), tc.a+" "+tc.b)
	}
}
