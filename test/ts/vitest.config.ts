import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    // The generated client is outside this folder and takes Zod from whoever uses it, which is here.
    dedupe: ["zod"],
  },
});
