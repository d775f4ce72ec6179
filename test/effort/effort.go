// Package effort tells tests that make their inputs at random how many to make, and from which seed.
package effort

import (
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// Setting is the number in an environment variable, or otherwise where it is not set.
func Setting(t testing.TB, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	require.NoError(t, err, name)
	return n
}

// Count is how many inputs to make: as many as the environment variable says, else many in CI, and elsewhere as many as one
// likes to wait for.
func Count(t testing.TB, name string, inCI, elsewhere int) int {
	t.Helper()
	if InCI() {
		return Setting(t, name, inCI)
	}
	return Setting(t, name, elsewhere)
}

// InCI tells that the tests run in CI, where nothing may be left out.
func InCI() bool { return os.Getenv("CI") != "" }
