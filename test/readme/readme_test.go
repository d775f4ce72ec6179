// Package readme keeps the README's promises: what it shows is what comes out.
package readme

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/generate"
)

func TestMain(m *testing.M) {
	generate.Child()
	os.Exit(m.Run())
}

var fence = regexp.MustCompile("(?s)```(\\w+)\n(.*?)```")

// blocks are the README's code blocks by language, in order.
func blocks(t *testing.T) map[string][]string {
	t.Helper()
	text, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	found := map[string][]string{}
	for _, m := range fence.FindAllStringSubmatch(string(text), -1) {
		found[m[1]] = append(found[m[1]], m[2])
	}
	return found
}

// TestTheExamplesAreTrue generates from the README's migration with its ten lines of config.
func TestTheExamplesAreTrue(t *testing.T) {
	shown := blocks(t)
	config := shown["yaml"][0]
	assert.Equal(t, 10, strings.Count(config, "\n"), "the config has ten lines")
	root := t.TempDir()
	for path, text := range map[string]string{
		"sqlc.yaml":        config,
		"migrations/1.sql": shown["sql"][0],
		"queries/q.sql":    "-- name: ListUsage :many\nSELECT * FROM llm_usage;\n",
	} {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(root, path)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(root, path), []byte(text), 0o644))
	}
	result, err := generate.Run(context.Background(), generate.Options{Dir: root})
	require.NoError(t, err)
	for language, target := range map[string]string{"go": "go", "ts": "zod", "python": "pydantic"} {
		require.Len(t, shown[language], 1)
		made := lines(result, target)
		for line := range strings.Lines(shown[language][0]) {
			assert.True(t, made[normal(line)], "%s: the README shows what is not generated: %s", language, line)
		}
	}
}

// lines are all lines that a target's files have.
func lines(result *generate.Result, target string) map[string]bool {
	set := map[string]bool{}
	for _, t := range result.Targets {
		if t.Name != target {
			continue
		}
		for _, text := range t.Tree {
			for line := range strings.Lines(string(text)) {
				set[normal(line)] = true
			}
		}
	}
	return set
}

// normal leaves the alignment of Go's columns out of account.
func normal(line string) string { return strings.Join(strings.Fields(line), " ") }

var link = regexp.MustCompile(`\]\((docs/[^)#]+|LICENSE)\)`)

func TestLinksLeadSomewhere(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	links := link.FindAllStringSubmatch(string(text), -1)
	require.NotEmpty(t, links)
	for _, m := range links {
		_, err := os.Stat(filepath.Join("../..", m[1]))
		assert.NoError(t, err)
	}
}
