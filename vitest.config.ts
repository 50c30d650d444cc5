import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { CHROMIUM_FLAGS, installedChromium } from "./tools/chromium/browser.ts";

/** Long: tests have no timings to keep, and a machine may be busy. */
const shared = { testTimeout: 120_000, hookTimeout: 240_000 };
/** A browser and a broker, one file at a time. Nothing is tried again: a test that fails now and then tells of a fault. */
const real = { fileParallelism: false };
const left = ["node_modules/**", "client/dist/**", ".cache/**", "data/files/**"];

const chromium = installedChromium();

export default defineConfig({
  test: {
    // By default one core is left idle, of two.
    maxWorkers: "100%",
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: [...left, "**/*.kafka.test.ts", "**/*.dom.test.ts"],
        },
      },
      {
        // Found before the first test: a page that is loaded again for one more of them has Lit twice.
        optimizeDeps: { entries: ["client/main.ts"] },
        test: {
          ...shared,
          name: "dom",
          include: ["client/**/*.dom.test.ts"],
          exclude: left,
          setupFiles: ["testing/client/dom-setup.ts"],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { ...(chromium && { executablePath: chromium }), args: [...CHROMIUM_FLAGS] },
            }),
            instances: [{ browser: "chromium", viewport: { width: 1280, height: 800 } }],
          },
        },
      },
      {
        test: {
          ...shared,
          name: "kafka",
          include: ["**/*.kafka.test.ts"],
          exclude: left,
          globalSetup: ["tools/kafka/global-setup.ts"],
          // Of tests that say that they may run beside others: each has a broker of its own.
          maxConcurrency: 2,
          ...real,
        },
      },
      {
        test: { ...shared, name: "e2e", include: ["e2e/**/*.e2e.ts"], exclude: left, ...real },
      },
    ],
  },
});
