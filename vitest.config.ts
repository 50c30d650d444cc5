import { defineConfig } from "vitest/config";

/** Long: tests have no timings to keep, and a machine may be busy. */
const shared = { testTimeout: 120_000, hookTimeout: 240_000 };
/** A browser and a broker on a busy machine: what fails twice has failed; vitest prints what was tried again. */
const real = { retry: 1, fileParallelism: false };
const left = ["node_modules/**", "client/dist/**", ".cache/**", "data/files/**"];

export default defineConfig({
  test: {
    projects: [
      {
        test: { ...shared, name: "unit", include: ["**/*.test.ts"], exclude: [...left, "**/*.kafka.test.ts"] },
      },
      {
        test: {
          ...shared,
          name: "kafka",
          include: ["**/*.kafka.test.ts"],
          exclude: left,
          globalSetup: ["tools/kafka/global-setup.ts"],
          ...real,
        },
      },
      {
        test: { ...shared, name: "e2e", include: ["e2e/**/*.e2e.ts"], exclude: left, ...real },
      },
    ],
  },
});
