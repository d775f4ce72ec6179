// Gives values to the insert schemas, and through node-postgres to the server: what the schema made of it, or where it
// refuses the value, the value itself. It prints both errors, "" for none.
import { readFileSync } from "node:fs";
import pg from "pg";
import * as gen from "./out/ts_driver/index.js";

const client = new pg.Client(process.env.DATABASE_URL);
await client.connect();
const outcomes = [];
for (const [i, { table, type, expression }] of JSON.parse(readFileSync(0, "utf8")).entries()) {
  const value = (0, eval)(`(${expression})`);
  const result = gen[`${type}InsertSchema`].safeParse({ id: i, v: value });
  const outcome = { Schema: result.success ? "" : result.error.message, Server: "" };
  try {
    await client.query(`INSERT INTO ${table} (id, v) VALUES ($1, $2)`, [i, result.success ? result.data.v : value]);
  } catch (error) {
    outcome.Server = error.message;
  }
  outcomes.push(outcome);
}
await client.end();
process.stdout.write(JSON.stringify(outcomes));
