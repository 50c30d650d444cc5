import { defineConfig } from "vite";
import { compressed } from "./compressed.ts";

/** The page runs under script-src 'self' and style-src 'self': nothing inline, no data URLs. */
export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  plugins: [compressed()],
  worker: { format: "es" },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
