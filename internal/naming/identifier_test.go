package naming_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/token"
	"math/rand/v2"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/naming"
)

var roles = []naming.Role{naming.Type, naming.Field, naming.Value, naming.Module}

func TestIdentifier(t *testing.T) {
	for _, c := range []struct {
		lang naming.Language
		role naming.Role
		in   string
		want string
	}{
		{naming.Python, naming.Field, "deal_id", "deal_id"},
		{naming.Python, naming.Field, "class", "class_"},
		{naming.Python, naming.Field, "schema", "schema_"},
		{naming.Python, naming.Field, "json", "json_"},
		{naming.Python, naming.Field, "copy", "copy_"},
		{naming.Python, naming.Field, "validate", "validate_"},
		{naming.Python, naming.Field, "dict", "dict_"},
		{naming.Python, naming.Field, "model_config", "model_config_"},
		{naming.Python, naming.Field, "model_dump", "model_dump_"},
		{naming.Python, naming.Field, "model_name", "model_name"},
		{naming.Python, naming.Field, "model", "model"},
		{naming.Python, naming.Field, "name", "name"},
		{naming.Python, naming.Field, "_private", "private"},
		{naming.Python, naming.Field, "__dunder__", "dunder__"},
		{naming.Python, naming.Field, "2fa", "field_2fa"},
		{naming.Python, naming.Field, "", "field"},
		{naming.Python, naming.Field, "🎉", "field"},
		{naming.Python, naming.Field, "match", "match"},
		{naming.Python, naming.Value, "GOOGLE_GLA", "GOOGLE_GLA"},
		{naming.Python, naming.Value, "24H", "VALUE_24H"},
		{naming.Python, naming.Value, "", "VALUE"},
		{naming.Python, naming.Value, "mro", "mro_"},
		{naming.Python, naming.Value, "NAME", "NAME"},
		{naming.Python, naming.Type, "None", "None_"},
		{naming.Python, naming.Type, "Field", "Field_"},
		{naming.Python, naming.Type, "2fa", "Type2fa"},
		{naming.Python, naming.Type, "", "Type"},
		{naming.Python, naming.Module, "import", "import_"},
		{naming.Python, naming.Module, "", "module"},
		{naming.TypeScript, naming.Type, "Date", "Date_"},
		{naming.TypeScript, naming.Type, "Json", "Json_"},
		{naming.TypeScript, naming.Type, "LlmUsage", "LlmUsage"},
		{naming.TypeScript, naming.Value, "DELETE", "DELETE"},
		{naming.TypeScript, naming.Type, "a-b$c", "abc"},
		{naming.Go, naming.Type, "string", "string_"},
		{naming.Go, naming.Type, "क्षमा", "कषम"},
		{naming.TypeScript, naming.Type, "क्षमा", "क्षमा"},
	} {
		assert.Equal(t, c.want, naming.Identifier(c.lang, c.role, c.in), "%s %s %q", c.lang, c.role, c.in)
	}
}

var (
	typescriptForm = regexp.MustCompile(`^[\pL$_][\pL\p{Mn}\p{Mc}\p{Nd}\p{Pc}$]*$`)
	pythonForm     = regexp.MustCompile(`^[\pL_][\pL\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*$`)
)

// requireValid tells by each language's rules that a name may stand in its source.
func requireValid(t *testing.T, lang naming.Language, role naming.Role, name string) {
	t.Helper()
	id := naming.Identifier(lang, role, name)
	what := fmt.Sprintf("%s %s of %q is %q", lang, role, name, id)
	switch lang {
	case naming.Go:
		require.True(t, token.IsIdentifier(id), what)
	case naming.TypeScript:
		require.Regexp(t, typescriptForm, id, what)
	case naming.Python:
		require.Regexp(t, pythonForm, id, what)
		require.False(t, strings.HasPrefix(id, "_"), what)
	}
	require.False(t, naming.Reserved(lang, role, id), what)
	require.Equal(t, id, naming.Identifier(lang, role, id), "an identifier is its own: %s", what)
}

// pieces are what the random names are made of.
var pieces = []string{
	"a", "B", "id", "ID", "Url", "usage", "2", "24", "_", "__", "-", " ", ".", "'", "$", "é", "e\u0301", "ß", "ẞ", "Ω", "ж", "日",
	"ﬁ", "Ⅳ", "²", "ａ", "क्ष", "ᄀ", "ᅡ", "🎉", "👩‍👧", "\u200d", "\u0301", "ـ", "٣", "class", "schema", "None", "self", "mro",
	"model_", "İ", "ı", "ŉ", "\x00", "\xff", "\u2028", "ª", "ⸯ", "℮", "·", "゛", "ﷺ",
}

func randomName(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(6) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}

func TestRandomIdentifiersAreValidAndUnique(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	casings := []func([]string) string{naming.Snake, naming.Camel, naming.Screaming, func(w []string) string { return naming.Pascal(w, nil) }}
	for range 300 {
		names := make([]string, 20)
		for i := range names {
			names[i] = randomName(r)
		}
		for _, lang := range naming.Languages() {
			for i, role := range roles {
				var scope naming.Scope
				seen := map[string]bool{}
				for _, n := range names {
					requireValid(t, lang, role, n)
					cased := casings[i](naming.Words(n))
					requireValid(t, lang, role, cased)
					id := scope.Unique(naming.Identifier(lang, role, cased))
					require.False(t, seen[id], "%s %s %q is there twice", lang, role, id)
					seen[id] = true
				}
			}
		}
	}
}

func TestScope(t *testing.T) {
	var s naming.Scope
	assert.Equal(t, "x", s.Unique("x"))
	assert.Equal(t, "x_2", s.Unique("x"))
	assert.Equal(t, "x_3", s.Unique("x"))
	assert.Equal(t, "x_2_2", s.Unique("x_2"))
	assert.Equal(t, "X", s.Unique("X"))
	assert.False(t, s.Take("X"))
	assert.True(t, s.Take("y"))
	files := naming.Scope{Fold: true}
	assert.Equal(t, "users", files.Unique("users"))
	assert.Equal(t, "Users_2", files.Unique("Users"))
}

// TestIdentifiersAgainstPythonAndNode asks the languages themselves.
func TestIdentifiersAgainstPythonAndNode(t *testing.T) {
	if testing.Short() {
		t.Skip("runs python3 and node")
	}
	r := rand.New(rand.NewPCG(7, 8))
	names := []string{}
	for _, lang := range naming.Languages() {
		names = append(names, naming.ReservedWords(lang)...)
	}
	for range 3000 {
		names = append(names, randomName(r))
	}
	ask(t, names, naming.Python, "python3", "-c", pythonOracle)
	ask(t, names, naming.TypeScript, "node", "-e", nodeOracle)
}

// pythonOracle lists the names of each role that Python does not take; a name that Python would rewrite is one.
const pythonOracle = `
import enum, json, keyword, sys, unicodedata
names = json.load(sys.stdin)
bad = []
for role in names:
    for n in names[role]:
        if not n.isidentifier() or keyword.iskeyword(n) or unicodedata.normalize("NFKC", n) != n:
            bad.append(n)
for n in names["value"]:
    try:
        if enum.Enum("E", {n: "v"}, type=str)["" + n].value != "v" or hasattr(str, n):
            bad.append(n)
    except Exception:
        bad.append(n)
json.dump(bad, sys.stdout)
`

const nodeOracle = `
const names = JSON.parse(require("fs").readFileSync(0, "utf8"));
const bad = [];
for (const role in names) for (const n of names[role]) {
  try { new Function('"use strict"; const ' + n + ' = 1; return ' + n); } catch { bad.push(n); }
}
console.log(JSON.stringify(bad));
`

func ask(t *testing.T, names []string, lang naming.Language, command ...string) {
	t.Helper()
	ids := map[naming.Role][]string{}
	for _, n := range names {
		for _, role := range roles {
			ids[role] = append(ids[role], naming.Identifier(lang, role, n))
		}
	}
	input, err := json.Marshal(ids)
	require.NoError(t, err)
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdin = bytes.NewReader(input)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err, "%s is needed, as in the tests of its client: %s", command[0], stderr.String())
	require.JSONEq(t, "[]", string(out), "%s does not take these names", command[0])
}
