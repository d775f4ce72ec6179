// Reads every table through node-postgres, parses its rows with the generated schemas, and stores again what the insert
// schemas make of them, under the id + 1000. It prints what went wrong, as JSON lines.
import { readFileSync } from "node:fs";
import pg from "pg";
import * as gen from "./out/ts_driver/index.js";

const client = new pg.Client(process.env.DATABASE_URL);
await client.connect();
const report = (table, id, step, error) =>
  process.stdout.write(`${JSON.stringify({ table, id, step, error: error.message ?? String(error) })}\n`);

for (const { table, type, changed } of JSON.parse(readFileSync(0, "utf8"))) {
  const { rows } = await client.query(`SELECT * FROM ${table} ORDER BY id`);
  for (const row of rows) {
    const read = gen[`${type}Schema`].safeParse(row);
    if (!read.success) {
      report(table, row.id, "read", read.error);
      continue;
    }
    if (changed.includes(row.id)) {
      continue;
    }
    const sent = gen[`${type}InsertSchema`].safeParse({ ...read.data, id: row.id + 1000 });
    if (!sent.success) {
      report(table, row.id, "insert", sent.error);
      continue;
    }
    try {
      await client.query(`INSERT INTO ${table} (id, v, n) VALUES ($1, $2, $3)`, [sent.data.id, sent.data.v, sent.data.n]);
    } catch (error) {
      report(table, row.id, "store", error);
    }
  }
}
await client.end();
