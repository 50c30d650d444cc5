/** What packages may be under: whoever gets this product may use, change and pass it on. MPL-2.0 asks for changes of its own files alone. */
const ALLOWED: ReadonlySet<string> = new Set(
  "MIT ISC 0BSD BSD-2-Clause BSD-3-Clause Apache-2.0 BlueOak-1.0.0 CC0-1.0 Unlicense MPL-2.0 Python-2.0".split(" "),
);

/** Whether an SPDX expression, of names with AND and OR, is of what may be used. */
export function isAllowed(expression: string): boolean {
  const bare = expression.trim().replace(/^\((.*)\)$/, "$1");
  if (/[()]/.test(bare)) return false;
  return bare.split(" OR ").some((either) => either.split(" AND ").every((name) => ALLOWED.has(name.trim())));
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly license?: string }>>;
}

/** Packages of package-lock.json under another licence, or under none: "name: licence". */
export function otherLicences({ packages }: Lock): string[] {
  return Object.entries(packages)
    .filter(([folder, { license }]) => folder.includes("node_modules/") && !isAllowed(license ?? ""))
    .map(([folder, { license }]) => `${folder.split("node_modules/").at(-1)}: ${license ?? "none"}`);
}
