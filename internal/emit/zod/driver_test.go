package zod

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

// driverJS sends Dates and bigints. What a Date stores in a timestamp depends on the driver, unless the zone is UTC.
const driverJS = `
import assert from "node:assert/strict";
import * as gen from "./out/gen/index.js";
const tz = "2024-02-29T12:30:00.001Z";
const passes = (schema, value) => gen[schema].safeParse(value).success;
for (const [zone, decided] of [["UTC", true], ["Asia/Kolkata", false]]) {
  process.env.TZ = zone;
  assert.equal(passes("TInsertSchema", { z: new Date(tz) }), true);
  assert.equal(passes("TInsertSchema", { z: new Date("2024-02-29T12:30:00Z") }), false);
  assert.equal(passes("TInsertSchema", { z: new Date("+012024-02-29T12:30:00Z") }), true);
  assert.equal(passes("TInsertSchema", { z: new Date(NaN) }), false);
  assert.equal(passes("TInsertSchema", { l: new Date(tz) }), true);
  assert.equal(passes("TInsertSchema", { l: new Date("2024-02-29T12:30:00Z") }), !decided);
  assert.equal(passes("TInsertSchema", { d: new Date(tz) }), true);
  assert.equal(passes("TInsertSchema", { d: new Date("2024-02-28T12:30:00Z") }), !decided);
}
// What is read has lost its microseconds.
const row = { z: new Date("2024-02-29T12:30:00Z"), l: new Date(0), d: new Date(0), b: 2n, n: "1.5" };
assert.equal(passes("TSchema", row), true);
assert.equal(passes("TSchema", { ...row, b: 3n }), false);
assert.equal(passes("TSchema", { ...row, n: "1.6" }), false);
assert.equal(passes("TInsertSchema", { b: 9223372036854775807n }), false);
process.stdout.write("fine");
`

func TestDriversValues(t *testing.T) {
	var fields []model.Field
	for _, c := range []struct {
		name, sql, check string
		kind             model.Kind
	}{
		{"z", "timestamptz", "v > '2024-02-29 12:30:00+00'", model.TimestampTZ},
		{"l", "timestamp", "v > '2024-02-29 12:30:00'", model.Timestamp},
		{"d", "date", "v > '2024-02-28'", model.Date},
		{"b", "int8", "v % 2 = 0 AND v + 1 > 0", model.Int8},
		{"n", "numeric", "v * 2 = 3", model.Numeric},
	} {
		f := column(c.name, kind(c.kind))
		for _, tree := range trees(t, "v "+c.sql, c.check) {
			f.Tests = append(f.Tests, model.Test{Constraint: c.name, SQL: c.check, Tree: tree})
		}
		fields = append(fields, f)
	}
	r := relation("t", "T", fields...)
	for i := range r.Insert.Fields {
		r.Insert.Fields[i].Optional = true
	}
	tree, err := Emit(&model.Model{Relations: []*model.Relation{r}}, combinations[1])
	require.NoError(t, err)
	p := newProject(t, tree, nil)
	p.compile()
	p.write("driver.mjs", driverJS)
	require.Equal(t, "fine", string(p.node("driver.mjs", "")))
}

// readJS reads the table of the random checks through node-postgres.
const readJS = `
import { readFileSync } from "node:fs";
import pg from "pg";
import * as gen from "./out/gen/index.js";
process.env.TZ = "UTC";
const client = new pg.Client(readFileSync(0, "utf8"));
await client.connect();
const { rows } = await client.query("SELECT * FROM r ORDER BY id");
await client.end();
const answers = rows.map((row) => {
  const result = gen.RSchema.safeParse(row);
  return result.success ? [] : result.error.issues.map((issue) => issue.message);
});
process.stdout.write(JSON.stringify(answers));
`

// TestConditionsOnRowsOfTheDriver: no row that PostgreSQL accepts is refused as node-postgres hands it over, and others
// are.
func TestConditionsOnRowsOfTheDriver(t *testing.T) {
	db := pgtest.New(t)
	rows, rules, verdicts := randomConditions(t, db, *checks/2)
	tree, err := Emit(randomTable(rules), driverOptions)
	require.NoError(t, err)
	p := newProject(t, tree, nil)
	p.compile()
	p.write("read.mjs", readJS)
	var answers [][]string
	require.NoError(t, json.Unmarshal(p.node("read.mjs", db.URL()), &answers))
	require.Len(t, answers, len(rows))
	var n probes
	for i, messages := range answers {
		broken, ok := violations(messages)
		if !ok {
			continue // an array of two dimensions
		}
		n.Rows++
		for k, rule := range rules {
			n.probe(t, rule, rows[i], verdicts[k][i], broken[rule.Constraint], false)
		}
	}
	t.Logf("%+v", n)
	require.Greater(t, n.Rows, len(rows)/2)
	require.Greater(t, n.Refused, len(rules))
}

// nonFiniteJS has numbers that JSON has not.
const nonFiniteJS = `
import assert from "node:assert/strict";
import * as gen from "./out/gen/index.js";
for (const schema of [gen.TSchema, gen.TInsertSchema]) {
  for (const [key, value, constraint] of [
    ["f", NaN, "f"], ["f", Infinity, "f"], ["f", -Infinity, ""], ["f", 10, "f"], ["f", 9, ""],
    ["g", NaN, ""], ["g", -Infinity, "g"], ["g", Infinity, ""],
    ["n", NaN, ""], ["n", Infinity, "range"], ["n", -Infinity, "range"], ["n", 0, "n"],
    ["j", [1], "j"], ["j", { a: 1 }, ""],
  ]) {
    const result = schema.safeParse({ [key]: value });
    const messages = result.success ? [] : result.error.issues.map((issue) => issue.message);
    const wanted = constraint === "" || constraint === "range" ? [] : ['violates check constraint "' + constraint + '"'];
    assert.equal(result.success, constraint === "", key + ": " + String(value));
    if (constraint !== "range") assert.deepEqual(messages, wanted, key + ": " + String(value));
  }
}
assert.deepEqual(gen.TInsertSchema.safeParse({ j: "[1]" }).error.issues.map((issue) => issue.message), ['violates check constraint "j"']);
assert.equal(gen.TInsertSchema.safeParse({ j: '{"a": 1}' }).success, true);
process.stdout.write("fine");
`

// TestDriversNumbersMeetTheirChecks: NaN is above all numbers, and an infinity does not fit a precision.
func TestDriversNumbersMeetTheirChecks(t *testing.T) {
	o := driverOptions
	o.Numeric = "number"
	r := relation("t", "T",
		nullable(column("f", kind(model.Float8), compare("f", constraint.LT, "10"))),
		nullable(column("g", kind(model.Float4), compare("g", constraint.GT, "0"))),
		nullable(column("n", numeric(5, 2), compare("n", constraint.GT, "0"))),
		nullable(column("j", kind(model.JSONB), check("j", constraint.JSONType{Types: []string{"object", "null"}}))))
	for i := range r.Row.Fields {
		r.Row.Fields[i].Optional = true
	}
	tree, err := Emit(&model.Model{Relations: []*model.Relation{r}}, o)
	require.NoError(t, err)
	p := newProject(t, tree, nil)
	p.compile()
	p.write("numbers.mjs", nonFiniteJS)
	require.Equal(t, "fine", string(p.node("numbers.mjs", "")))
}
