// The inputs of test/conformance/cases.json, which PostgreSQL and the other clients answer too.
import { expect, test } from "vitest";
import type * as z from "zod";

import { CreateFeatureUsageSchema, CreateLlmUsageSchema } from "../../gen/ts/index.js";
import suite from "../conformance/cases.json";

type Case = {
  name: string;
  table: string;
  input: object;
  accepted: boolean;
  constraint?: string;
  except?: { ts?: string };
};

const schemas: Record<string, z.ZodType> = {
  llm_usage: CreateLlmUsageSchema,
  feature_usage: CreateFeatureUsageSchema,
};

/** The columns under the keys that the create schemas have. */
function camel(input: object): object {
  return Object.fromEntries(
    Object.entries(input).map(([key, value]) => [key.replace(/_(.)/g, (_, c: string) => c.toUpperCase()), value]),
  );
}

test.each(suite.cases as Case[])("$table: $name", (c) => {
  const result = schemas[c.table]?.safeParse(camel(c.input));
  const reason = c.except?.ts;
  if (reason !== undefined) {
    expect(result?.success, `is not an exception (${reason})`).toBe(!c.accepted);
    return;
  }
  expect(result?.success, result?.error?.message).toBe(c.accepted);
  if (c.constraint !== undefined) {
    expect(result?.error?.message).toContain(`violates check constraint \\"${c.constraint}\\"`);
  }
});
