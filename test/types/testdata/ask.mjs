// Says of each [schema, JSON text] whether the generated schema takes it.
import { readFileSync } from "node:fs";
import * as gen from "./out/ts_json/index.js";

const answers = JSON.parse(readFileSync(0, "utf8")).map(([type, sent, text]) => {
  const result = gen[type + (sent ? "InsertSchema" : "Schema")].safeParse(JSON.parse(text));
  return result.success ? "" : result.error.message;
});
process.stdout.write(JSON.stringify(answers));
