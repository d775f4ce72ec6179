import { readFileSync } from "node:fs";
import * as gen from "./out/index.js";

function named(error) {
  const names = error.issues.map((issue) => /^violates check constraint "([^"]*)"/.exec(issue.message)?.[1]);
  return names.filter((name) => name !== undefined);
}

function answer({ Table, Kind, Text }) {
  const name = Table.toUpperCase();
  const write = gen[`${name}InsertSchema`];
  const read = Kind === "insert" ? write : gen[`${name}Schema`];
  let input;
  try {
    input = JSON.parse(Text);
  } catch (error) {
    return { OK: false, Error: String(error) };
  }
  const result = read.safeParse(input);
  if (!result.success) {
    return { OK: false, Names: named(result.error), Error: result.error.message };
  }
  const written = Kind === "insert" ? result : write.safeParse(result.data);
  if (!written.success) {
    return { OK: true, Unwritable: true, Error: written.error.message };
  }
  return { OK: true, Out: JSON.stringify(written.data) };
}

const lines = readFileSync(0, "utf8").split("\n").filter((line) => line !== "");
process.stdout.write(lines.map((line) => JSON.stringify(answer(JSON.parse(line))) + "\n").join(""));
