import { defineConfig } from "vitest/config";

const shared = { testTimeout: 60_000, hookTimeout: 120_000 };
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
          globalSetup: ["bus/kafka-global-setup.ts"],
          fileParallelism: false,
        },
      },
      {
        test: { ...shared, name: "e2e", include: ["e2e/**/*.e2e.ts"], exclude: left, fileParallelism: false },
      },
    ],
  },
});
