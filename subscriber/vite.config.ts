import { defineConfig } from "vite";

/** The package's scripts: the contracts are part of them, typebox and ws are its dependencies. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    minify: false,
    lib: { entry: { index: "index.ts", browser: "browser.ts", kafka: "kafka.ts" }, formats: ["es"] },
    rolldownOptions: { external: [/^typebox/, "ws"] },
  },
});
