package config

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

const docsFile = "../../docs/config.md"

// TestDocsHaveEveryOption holds each table of the reference against its struct: the same keys in the same order, the same
// defaults, and all allowed values and placeholders.
func TestDocsHaveEveryOption(t *testing.T) {
	tables := docTables(t)
	for _, tc := range []struct {
		heading string
		index   int // the table's place under its heading
		options reflect.Type
	}{
		{"## `options: trefoil:`", 0, reflect.TypeFor[Shared]()},
		{"### `rename`", 0, reflect.TypeFor[Rename]()},
		{"### `types`", 0, reflect.TypeFor[TypeOverride]()},
		{"### `types`", 1, reflect.TypeFor[CustomType]()},
		{"### `breaking`", 0, reflect.TypeFor[Breaking]()},
		{"### `breaking`", 1, reflect.TypeFor[BreakingIgnore]()},
		{"## A target's `options:`", 0, reflect.TypeFor[Options]()},
		{"### `naming`", 0, reflect.TypeFor[Naming]()},
		{"### `keys`", 0, reflect.TypeFor[Keys]()},
		{"### `variants`", 0, reflect.TypeFor[VariantTables]()},
		{"### `variants`", 1, reflect.TypeFor[TablePatterns]()},
		{"### `exclude_columns`", 0, reflect.TypeFor[VariantPatterns]()},
	} {
		require.Greater(t, len(tables[tc.heading]), tc.index, tc.heading)
		rows := tables[tc.heading][tc.index]
		require.Len(t, rows, tc.options.NumField(), tc.heading)
		for i, row := range rows {
			checkRow(t, row, tc.options.Field(i))
		}
	}
}

func checkRow(t *testing.T, row []string, f reflect.StructField) {
	key := fieldOf(f).key
	assert.Equal(t, "`"+key+"`", row[0])
	value := f.Tag.Get("default")
	if value != "" {
		value = "`" + value + "`"
	}
	assert.Equal(t, value, row[1], key)
	rest := strings.Join(row[2:], " ")
	for _, v := range rules[f.Tag.Get("check")].Allowed {
		if f.Tag.Get("check") == "breaking_rule" {
			break // docs/breaking.md lists them
		}
		if v == "" {
			v = `""`
		}
		assert.Contains(t, rest, "`"+v+"`", key)
	}
	if strings.HasSuffix(f.Tag.Get("check"), "_template") {
		for _, name := range []string{"{name}", "{table}", "{query}"} {
			message, _ := rules[f.Tag.Get("check")].check(name)
			assert.Equal(t, message == "", strings.Contains(row[2], "`"+name+"`"), "%s %s", key, name)
		}
	}
	if only := f.Tag.Get("only"); only != "" && !strings.HasSuffix(key, "_schema") {
		assert.Contains(t, rest, only+" only", key)
	}
}

// docTables reads the tables of the reference: heading, table, row, cell.
func docTables(t *testing.T) map[string][][][]string {
	text, err := os.ReadFile(docsFile)
	require.NoError(t, err)
	tables := map[string][][][]string{}
	heading, inTable, body := "", false, false
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "#"):
			heading, inTable = line, false
		case !strings.HasPrefix(line, "|"):
			inTable = false
		case !inTable:
			tables[heading], inTable, body = append(tables[heading], nil), true, false
		case !body:
			body = true // the line under the head
		default:
			cells := strings.Split(strings.Trim(line, "|"), "|")
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			last := len(tables[heading]) - 1
			tables[heading][last] = append(tables[heading][last], cells)
		}
	}
	return tables
}

// TestDocsExamples loads every example: whole files as they are, and options in a file around them.
func TestDocsExamples(t *testing.T) {
	text, err := os.ReadFile(docsFile)
	require.NoError(t, err)
	examples := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(string(text), -1)
	require.Len(t, examples, 11)
	for _, e := range examples {
		example := e[1]
		switch {
		case strings.HasPrefix(example, "options:"):
			example = skeleton + "\n" + example
		case strings.HasPrefix(example, "target:"):
			var options any
			require.NoError(t, yaml.Unmarshal([]byte(example), &options))
			inline, err := yaml.Marshal(map[string]any{"options": options})
			require.NoError(t, err)
			example = strings.Split(skeleton, "    codegen:")[0] + "    codegen:\n      - plugin: trefoil\n        out: gen\n" +
				regexp.MustCompile(`(?m)^`).ReplaceAllString(strings.TrimSpace(string(inline)), "        ")
		case strings.HasPrefix(example, "#"):
			example += skeleton
		}
		_, err := load(t, example)
		assert.NoError(t, err, example)
	}
}
