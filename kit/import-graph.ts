import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";

/** `code` runs, `type` is gone once types are stripped, `url` is the entry of a thread or process. */
export interface Import {
  readonly specifier: string;
  readonly kind: "code" | "type" | "url";
}

const STATIC = /^\s*(?:import|export)\b(\s+type\b(?!\s+from\b))?(?:[\w\s$,{}*]*\bfrom)?\s*["']([^"']+)["']/gm;
const DYNAMIC = /\bimport\(\s*["']([^"']+)["']\s*\)/g;
const URLS = /\bnew URL\(\s*["'](\.[^"']+\.(?:ts|mjs))["']\s*,\s*import\.meta\.url\s*\)/g;

/** What a TypeScript module imports, by the letters of its text: a computed specifier is not seen. */
export function parseImports(text: string): Import[] {
  return [
    ...[...text.matchAll(STATIC)].map(([, type, specifier]) => ({
      specifier,
      kind: type === undefined ? ("code" as const) : ("type" as const),
    })),
    ...[...text.matchAll(DYNAMIC)].map(([, specifier]) => ({ specifier, kind: "code" as const })),
    ...[...text.matchAll(URLS)].map(([, specifier]) => ({ specifier, kind: "url" as const })),
  ];
}

export interface ImportGraph {
  /** Absolute, the entries among them, in order. */
  readonly files: readonly string[];
  /** Names of the packages that those import; Node's own modules are not among them. */
  readonly packages: readonly string[];
}

/** All that runs when `entries` do. Throws the file system's error where an import leads nowhere. */
export async function importGraph(entries: readonly string[]): Promise<ImportGraph> {
  const files = new Set(entries.map((entry) => path.resolve(entry)));
  const packages = new Set<string>();
  // A set hears of what is added to it while it is walked.
  for (const file of files) {
    for (const { specifier, kind } of parseImports(await readFile(file, "utf8"))) {
      if (kind === "type" || specifier.startsWith("node:")) continue;
      if (specifier.startsWith(".")) files.add(path.resolve(path.dirname(file), specifier));
      else packages.add(packageOf(specifier));
    }
  }
  return { files: [...files].toSorted(), packages: [...packages].toSorted() };
}

/**
 * A hash (SHA-256, hexadecimal) of the code that runs when `entries` do: the files that they reach by import, the
 * packages' versions by package-lock.json of `root`, and Node's major version. What was computed by them may be kept
 * under it.
 */
export async function codeHash(entries: readonly string[], root: string): Promise<string> {
  const { files, packages } = await importGraph(entries);
  const lock = JSON.parse(await readFile(path.join(root, "package-lock.json"), "utf8")) as {
    readonly packages: Readonly<Record<string, { readonly version?: string } | undefined>>;
  };
  const hash = createHash("sha256").update(`node ${process.versions.node.split(".")[0]}\n`);
  for (const name of packages) hash.update(`${name} ${lock.packages[`node_modules/${name}`]?.version ?? "?"}\n`);
  for (const file of files) {
    const text = await readFile(file);
    hash.update(`${path.relative(root, file)} ${text.length}\n`).update(text);
  }
  return hash.digest("hex");
}

/** `@scope/name` or `name` of a specifier that may lead into the package. */
const packageOf = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
