package zod

import (
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/model"
)

const lightJS = `
import assert from "node:assert/strict";
import * as z from "zod";
import * as gen from "./out/gen/index.js";
const schema = gen.TSchema;
const loose = schema.loose();
assert.deepEqual(loose.parse({ a: 1, other: 2 }), { a: 1, other: 2 });
assert.equal(loose.shape, schema.shape, "a copy has the same fields");
for (const { _zod } of [schema, loose]) {
  // Zod watches each parse for a way back to the object where the fields are behind an accessor.
  assert.ok(_zod.def.shape && "value" in Object.getOwnPropertyDescriptor(_zod.def, "shape"));
}
const before = schema.shape;
assert.equal(schema.shape, before, "the fields are made once");
assert.equal(schema.extend({ more: z.string() }).parse({ a: 1, more: "x" }).more, "x");
assert.deepEqual(Object.keys(schema.pick({ a: true }).shape), ["a"]);
assert.deepEqual(schema.partial().parse({}), {});
assert.deepEqual(schema.omit({ a: true }).parse({ a: 1 }), {});
assert.deepEqual(schema.parse({ a: 1, other: 2 }), { a: 1 });
assert.equal(gen.TInsertSchema.safeParse({ a: 1, other: 2 }).success, false);
assert.equal(schema.description, "All of them.");
assert.deepEqual(schema.keyof().options, ["a"]);
const json = z.toJSONSchema(gen.TInsertSchema);
assert.equal(json.description, "All of them.");
assert.equal(json.additionalProperties, false);
assert.equal(json.properties.a.type, "integer");
process.stdout.write("fine");
`

// countedTS is a schema that counts how often a field is made of it.
const countedTS = `import * as z from "zod";
export type Counted = number;
export let asked = 0;
export const CountedSchema = z.number();
Object.defineProperty(CountedSchema, "nullable", { value: () => ((asked += 1), z.number()) });
`

func lightModel(t model.Type) *model.Model {
	fields := func(nullable bool) []model.Field {
		return []model.Field{{Name: "a", Column: "a", Wire: "a", Type: t, Nullable: nullable}}
	}
	object := func(v model.Variant, name string, nullable bool) *model.Object {
		return &model.Object{
			Variant: v, Name: name, Schema: name + "Schema", Plain: name + "PlainSchema", Doc: "All of them.", Module: "t",
			Fields: fields(nullable),
		}
	}
	return &model.Model{Relations: []*model.Relation{{
		Module: "t", Row: object(model.Row, "T", true), Insert: object(model.Insert, "TInsert", false),
	}}}
}

// TestObjectsHaveZodsMethods: what is made later than z.object makes it does all that z.object's does.
func TestObjectsHaveZodsMethods(t *testing.T) {
	tree, err := Emit(lightModel(model.Scalar{Kind: model.Int4}), combinations[0])
	require.NoError(t, err)
	p := newProject(t, tree, nil)
	p.compile()
	p.write("light.mjs", lightJS)
	assert.Equal(t, "fine", string(p.node("light.mjs", "")))
}

// TestFieldsAreMadeWhenTheyAreNeeded: an import makes none, the first parse makes those of its schema, and no other does.
func TestFieldsAreMadeWhenTheyAreNeeded(t *testing.T) {
	custom := model.Custom{
		Code: "Counted", Schema: "CountedSchema",
		Import: &model.Import{Module: "./counted.js", Names: []string{"Counted", "CountedSchema"}},
	}
	tree, err := Emit(lightModel(custom), combinations[0])
	require.NoError(t, err)
	p := newProject(t, tree, map[string]string{"gen/counted.ts": countedTS})
	p.compile()
	p.write("light.mjs", `
		import * as gen from "./out/gen/index.js";
		import * as counted from "./out/gen/counted.js";
		const counts = [counted.asked];
		for (let i = 0; i < 3; i++) gen.TSchema.parse({ a: 1 }), counts.push(counted.asked);
		process.stdout.write(counts.join(" "));
	`)
	assert.Equal(t, "0 1 1 1", string(p.node("light.mjs", "")))
}

// TestBundlersLeaveOutWhatIsNotUsed: of one import from the index, without a word in package.json, nothing else stays.
func TestBundlersLeaveOutWhatIsNotUsed(t *testing.T) {
	tree, err := Emit(everything(), combinations[0])
	require.NoError(t, err)
	p := newProject(t, tree, nil)
	p.compile()
	p.write("one.mjs", `export { JsonSchema } from "./out/gen/index.js";`)
	p.write("bundle.mjs", `
		import { rolldown } from "rolldown";
		const bundle = await rolldown({ input: "one.mjs", external: ["zod"] });
		const { output } = await bundle.generate({ format: "esm" });
		process.stdout.write(output[0].code);
	`)
	code := string(p.node("bundle.mjs", ""))
	assert.Contains(t, code, "JsonSchema")
	assert.NotContains(t, code, "strictObject")
	assert.Less(t, len(code), 1500, "%s", code)
}

var instantiations = regexp.MustCompile(`Instantiations:\s+(\d+)`)

// TestCompilersCompareNoneOfZodsTypes: where a type of Zod's has to be compared with another, its members are made for
// that, which costs a compiler more than many tables do. What is beside the tables makes it compare none.
func TestCompilersCompareNoneOfZodsTypes(t *testing.T) {
	for _, o := range combinations {
		tree, err := Emit(lightModel(model.Scalar{Kind: model.Int4}), o)
		require.NoError(t, err)
		found := instantiations.FindStringSubmatch(newProject(t, tree, nil).compile("--extendedDiagnostics"))
		require.NotNil(t, found)
		n, err := strconv.Atoi(found[1])
		require.NoError(t, err)
		assert.Less(t, n, 25_000, "%+v", o)
	}
}
