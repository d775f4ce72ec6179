package pydantic

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/model"
)

// TestLazyImports: the package offers all that it did when it imported everything, and imports what is asked for.
func TestLazyImports(t *testing.T) {
	out := run(t, install(t, usage()), "", "-c", `
import sys, pickle
import client
loaded = lambda: sorted(m for m in sys.modules if m.startswith("client."))
print(loaded(), "pydantic" in sys.modules)
from client import LlmUsage
print(loaded())
assert client.LlmUsage is LlmUsage and client.llm_usage.LlmUsage is LlmUsage
assert client.enums.LLMProvider is client.LLMProvider
from client.enums import LLMProvider
assert pickle.loads(pickle.dumps(LLMProvider.OPENAI)) is LLMProvider.OPENAI
row = LlmUsage.model_construct(model="m")
assert pickle.loads(pickle.dumps(row)) == row
assert {"LlmUsage", "DailyCost", "LLMProvider", "__all__"} <= set(dir(client)), dir(client)
try:
    client.Nothing
except AttributeError as e:
    print(e)
try:
    from client import Nothing
except ImportError as e:
    print(str(e).split(" (")[0])
from client import *
assert set(client.__all__) <= set(globals()) and len(client.__all__) == 16
`)
	assert.Equal(t, `[] False
['client._base', 'client._types', 'client._usual', 'client.enums', 'client.enums.llmfeature', 'client.enums.llmprovider', 'client.llm_usage']
module 'client' has no attribute 'Nothing'
cannot import name 'Nothing' from 'client'
`, out)
}

// TestTypeCheckersSeeLazyImports: a name that is not there is an error to them, and what is there has its type.
func TestTypeCheckersSeeLazyImports(t *testing.T) {
	dir := install(t, usage())
	code := "from client import LlmUsage\nfrom client.enums import LLMProvider\nreveal_type(LlmUsage)\nreveal_type(LLMProvider.OPENAI)\n"
	out := run(t, dir, "", "-m", "mypy", "--strict", "-c", code)
	assert.Contains(t, out, "-> client.llm_usage.LlmUsage")
	assert.Contains(t, out, "client.enums.llmprovider.LLMProvider.OPENAI")
	out = run(t, dir, "", "-c", `
import subprocess, sys
checked = subprocess.run([sys.executable, "-m", "mypy", "--strict", "-c", "from client import Nothing"], capture_output=True, text=True)
print(checked.stdout)`)
	assert.Contains(t, out, `Module "client" has no attribute "Nothing"`)
}

// TestAClassCalledAsAModule: in a script without capitals a table's class and its module have one name. The package's
// attribute is the class, whatever is imported first.
func TestAClassCalledAsAModule(t *testing.T) {
	fields := func(model.Variant) []model.Field { return []model.Field{col("a", scalar(model.Int4), "")} }
	m := &model.Model{
		Enums:     []*model.Enum{enum("状态", "", "enum public.状态", "A", "a")},
		Relations: []*model.Relation{relation("订单", "订单", "订单", "订单Insert", "", fields), relation("b", "b", "B", "BInsert", "", fields)},
	}
	out := run(t, install(t, m), "", "-c", `
import client, client.订单, client.enums.状态
print(client.订单.__name__, client.订单.__mro__[1].__name__, client.enums.状态.A, client.B.__name__)
`)
	require.Equal(t, "订单 RowModel a B\n", out)
}
