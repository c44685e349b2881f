import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// The tests mirror src/ but live with the project's other tests.
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: { globals: true, include: ["tests/web/**/*.test.ts"], environment: "node" },
});
