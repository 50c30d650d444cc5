import path from "node:path";
import type { Plugin } from "vite";

const CLIENT = path.resolve(import.meta.dirname, "../../client");
const DEFINE_AGAIN = path.join(import.meta.dirname, "define-again.ts");

/**
 * A change of nothing but styles reaches the elements that stand on the page; any other loads the page again, since a
 * custom element can't be defined twice.
 */
export function hotStyles(): Plugin {
  const known = new Map<string, string>();
  return {
    name: "bedside:hot-styles",
    enforce: "pre",
    apply: "serve",
    transform(code, id) {
      const file = id.replace(/\?.*$/, "");
      if (!file.startsWith(CLIENT) || !file.endsWith(".ts")) return null;
      known.set(file, withoutStyles(code));
      return acceptingStyles(code);
    },
    async hotUpdate({ file, modules, read }) {
      if (!known.has(file) || modules.length === 0) return undefined;
      if (withoutStyles(await read()) === known.get(file)) return undefined;
      this.environment.hot.send({ type: "full-reload", path: "*" });
      return [];
    },
  };
}

/** A source but for its css`…`. */
export const withoutStyles = (code: string): string => code.replaceAll(/\bcss`[^`]*`/g, "css``");

/** An element's source so that it may run again; null for any other. */
export function acceptingStyles(code: string): string | null {
  if (!/^customElements\.define\(/m.test(code)) return null;
  const defining = code.replaceAll(/^customElements\.define\(/gm, "defineAgain(");
  // In one line with the first, so that all keep their numbers.
  return `import { defineAgain } from ${JSON.stringify(DEFINE_AGAIN)}; ${defining}\nimport.meta.hot.accept();\n`;
}
