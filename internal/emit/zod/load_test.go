package zod

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestModulesLoadInAnyOrder: modules refer to each other in circles, so that any of them may be the first to be loaded.
func TestModulesLoadInAnyOrder(t *testing.T) {
	tree, err := Emit(everything(), combinations[0])
	require.NoError(t, err)
	p := newProject(t, tree, nil)
	p.compile()
	for _, path := range tree.Paths() {
		p.write("load.mjs", fmt.Sprintf(`
			import * as z from "zod";
			import * as module from "./out/gen/%s.js";
			const schemas = Object.values(module).filter((v) => v instanceof z.ZodType);
			for (const schema of schemas) schema.safeParse({});
			process.stdout.write("loaded");
		`, strings.TrimSuffix(path, ".ts")))
		require.Equal(t, "loaded", string(p.node("load.mjs", "")), path)
	}
	p.write("rename.mjs", renameJS)
	require.Equal(t, "fine", string(p.node("rename.mjs", "")))
}

const renameJS = `
import assert from "node:assert/strict";
import * as gen from "./out/gen/index.js";
assert.deepEqual(gen.joinedRowFromRow({ total_cost: 1, kinds: null }), { totalCost: 1, kinds: null });
// Names that every object has are keys like any other, and what is undefined is left out.
const row = gen.hostileInsertToRow({ constructor: "a", toString: undefined, added: "b" });
assert.equal(Object.keys(row).length, 2);
assert.match(Object.keys(row)[0], /^constructor_/);
assert.equal(row.added, "b");
// The plain object can be changed, and its refined form cannot.
assert.deepEqual(gen.ConditionsPlainSchema.pick({ lower: true }).parse({ lower: "//" }), { lower: "//" });
gen.ConditionsUpdatePlainSchema.extend({ lower: gen.JsonSchema }).partial().omit({ mood: true });
assert.throws(() => gen.ConditionsSchema.pick({ lower: true }));
process.stdout.write("fine");
`
