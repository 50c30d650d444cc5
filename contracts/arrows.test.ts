import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

/** Who may import whom. Rooms that are not named here (bench, e2e, examples) may import anything. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  contracts: [],
  bus: ["contracts"],
  signal: ["contracts"],
  data: ["contracts", "signal"],
  charts: ["contracts"],
  model: ["contracts", "signal", "data", "charts"],
  simulator: ["contracts", "bus", "data"],
  server: ["contracts", "bus", "signal", "data", "model", "charts"],
  client: ["contracts", "signal", "charts"],
};

/** The mains: the only places that wire adapters together. */
const MAINS = /^server\/cli\//;

const ROOT = path.resolve(import.meta.dirname, "..");
const IMPORT = /^\s*(?:import|export)\b[^"';=]*?(?:from\s*)?["'](\.[^"']+)["']|import\(\s*["'](\.[^"']+)["']\s*\)/gm;

const files = Object.keys(ARROWS).flatMap((room) =>
  readdirSync(path.join(ROOT, room), { recursive: true, encoding: "utf8" })
    .filter(
      (name) => name.endsWith(".ts") && !/\.test\.|global-setup|for-tests/.test(name) && !name.includes("node_modules"),
    )
    .map((name) => path.posix.join(room, name.split(path.sep).join("/"))),
);

function importsOf(file: string): string[] {
  const text = readFileSync(path.join(ROOT, file), "utf8");
  return [...text.matchAll(IMPORT)].map((found) =>
    path.relative(ROOT, path.resolve(ROOT, path.dirname(file), found[1] ?? found[2])),
  );
}

test("imports are found at all", () => {
  expect(files.length).toBeGreaterThan(30);
  expect(importsOf("contracts/frame.ts")).toContain("contracts/errors.ts");
});

test.each(Object.entries(ARROWS))("%s imports only %j", (room, allowed) => {
  const wrong = files
    .filter((file) => file.startsWith(`${room}/`) && !MAINS.test(file))
    .flatMap((file) => importsOf(file).map((target) => `${file} → ${target}`))
    .filter((arrow) => {
      const target = arrow.split(" → ")[1].split("/")[0];
      return target !== room && !allowed.includes(target);
    });
  expect(wrong).toEqual([]);
});

/** The configuration, and where the processes that build and run TensorFlow's library get their environment. */
const ENVIRONMENT = /^(server\/config\.ts|model\/tensorflow\/.*)$/;

test("the environment is read in one place", () => {
  const readers = files.filter(
    (file) => !ENVIRONMENT.test(file) && /process\.env\b/.test(readFileSync(path.join(ROOT, file), "utf8")),
  );
  expect(readers).toEqual([]);
});
