import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parseImports } from "./kit/import-graph.ts";

/** Who may import whom. FREE rooms are not named here. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  contracts: [],
  kit: ["contracts"],
  charts: ["contracts", "kit"],
  bus: ["contracts", "kit"],
  signal: ["contracts", "kit"],
  data: ["contracts", "kit", "signal"],
  scoring: ["contracts", "kit", "data"],
  model: ["contracts", "kit", "signal", "data", "scoring"],
  simulator: ["contracts", "kit", "bus", "signal", "data"],
  server: ["contracts", "kit", "bus", "signal", "scoring", "model", "charts"],
  lab: ["contracts", "kit", "signal", "data", "scoring", "model", "server", "charts"],
  tools: ["contracts", "kit", "server", "model"],
  client: ["contracts", "kit", "signal", "charts"],
  subscriber: ["contracts", "kit"],
};

/** The mains of what runs on a ward: the only places that wire adapters together, and imported by nobody. */
const MAINS = /^server\/main\//;

/** Rooms that may import anything and that no other room may lean on: tests, measurements, and tools for them. */
const FREE = ["testing", "bench", "e2e", "examples", "faults"];

const ROOT = import.meta.dirname;

const files = Object.keys(ARROWS).flatMap((room) =>
  readdirSync(path.join(ROOT, room), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/\.test\.|global-setup/.test(name) && !name.includes("node_modules"))
    .map((name) => path.posix.join(room, name.split(path.sep).join("/"))),
);

const imports = new Map(files.map((file) => [file, importsOf(file)]));

function importsOf(file: string): string[] {
  return parseImports(readFileSync(path.join(ROOT, file), "utf8"))
    .filter(({ specifier, kind }) => specifier.startsWith(".") && kind !== "url")
    .map(({ specifier }) => path.relative(ROOT, path.resolve(ROOT, path.dirname(file), specifier)));
}

const roomOf = (file: string): string => file.split("/")[0];

/** The folder within its room that a file lies in, e.g. signal/qrs; a file of the room itself stands for itself. */
const subRoomOf = (file: string): string => file.split("/").slice(0, 2).join("/");

/** A way from a node back to itself, null where there is none. */
function circleIn(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] | null {
  const left = new Set<string>();
  const way: string[] = [];
  const walk = (node: string): string[] | null => {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node];
    if (left.has(node)) return null;
    way.push(node);
    for (const next of graph.get(node) ?? []) {
      const circle = walk(next);
      if (circle) return circle;
    }
    way.pop();
    left.add(node);
    return null;
  };
  for (const node of graph.keys()) {
    const circle = walk(node);
    if (circle) return circle;
  }
  return null;
}

function graphOf(nameOf: (file: string) => string): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>();
  for (const [file, targets] of imports) {
    const from = nameOf(file);
    const to = graph.get(from) ?? new Set();
    graph.set(from, to);
    for (const target of targets.map(nameOf)) if (target !== from) to.add(target);
  }
  return graph;
}

test("imports are found at all", () => {
  expect(files.length).toBeGreaterThan(300);
  expect(imports.get("contracts/frame-shape.ts")).toContain("contracts/errors.ts");
});

test("every room is known", () => {
  const rooms = readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(\.|node_modules|docs|coverage|reports)/.test(entry.name))
    .map(({ name }) => name);
  expect(rooms.sort()).toEqual([...Object.keys(ARROWS), ...FREE].sort());
});

test.each(Object.entries(ARROWS))("%s imports only %j", (room, allowed) => {
  const wrong = files
    .filter((file) => roomOf(file) === room && !MAINS.test(file))
    .flatMap((file) => (imports.get(file) ?? []).map((target) => ({ file, target })))
    .filter(({ target }) => roomOf(target) !== room && !allowed.includes(roomOf(target)));
  expect(wrong).toEqual([]);
});

test("nobody imports the mains, and no room what only tests and measurements need", () => {
  const wrong = [...imports].flatMap(([file, targets]) =>
    targets
      .filter((target) => (MAINS.test(target) && !MAINS.test(file)) || FREE.includes(roomOf(target)))
      .map((target) => ({ file, target })),
  );
  expect(wrong).toEqual([]);
});

test.each([
  ["files", (file: string) => file],
  ["sub-rooms", subRoomOf],
])("no circle of %s", (_, nameOf) => {
  expect(circleIn(graphOf(nameOf))).toBeNull();
});

test("a circle is found where there is one", () => {
  const graph = new Map([
    ["a", new Set(["b"])],
    ["b", new Set(["c"])],
    ["c", new Set(["b"])],
  ]);
  expect(circleIn(graph)).toEqual(["b", "c", "b"]);
});

/** The configuration, and where TensorFlow's library is told how to run: it takes that from the environment alone. */
const ENVIRONMENT = ["server/config.ts", "model/tensorflow/load.ts"];

test("the environment is read in one place", () => {
  const readers = files.filter(
    (file) => !ENVIRONMENT.includes(file) && /process\.env\b/.test(readFileSync(path.join(ROOT, file), "utf8")),
  );
  expect(readers).toEqual([]);
});
