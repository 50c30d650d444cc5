import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { importGraph } from "./kit/import-graph.ts";
import { healthchecked } from "./testing/healthchecked.ts";

const ROOT = import.meta.dirname;
const text = (name: string): string => readFileSync(path.join(ROOT, name), "utf8");

const dockerfile = text("Dockerfile");
const { dependencies, devDependencies } = JSON.parse(text("package.json")) as Record<
  "dependencies" | "devDependencies",
  Record<string, string>
>;
const { services } = parse(text("docker-compose.yml"), { merge: true }) as {
  services: Record<string, { command?: string[] }>;
};

/** What .dockerignore leaves out, by the two forms of pattern it has: a path, or a name or ending anywhere. */
const patterns = text(".dockerignore")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => {
    const [, anywhere] = /^\*\*\/(.+)$/.exec(line) ?? [];
    const body = (anywhere ?? line).replaceAll(".", "\\.").replaceAll("*", "[^/]*");
    return new RegExp(anywhere === undefined ? `^${body}(/|$)` : `(^|/)${body}(/|$)`);
  });
const isLeftOut = (file: string): boolean => patterns.some((pattern) => pattern.test(file));

/** Programs that containers run, and what `npm run build:client` reads. */
const commands = [
  JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? "[]") as string[],
  ...Object.values(services).flatMap(({ command }) => (command ? [command] : [])),
];
const programs = commands.map((command) => command.find((part) => part.endsWith(".ts")) ?? "");
const page = ["client/main.ts", "client/vite.config.ts"];
const graphOf = (entries: readonly string[]) => importGraph(entries.map((entry) => path.join(ROOT, entry)));
const graph = await graphOf([...programs, "server/main/users.ts", ...page]);
const files = graph.files.map((file) => path.relative(ROOT, file).split(path.sep).join("/"));

test("what the image runs is found", () => {
  expect(programs.toSorted()).toEqual(
    ["gateway", "simulate", "start", "worker"].map((name) => `server/main/${name}.ts`),
  );
  expect(files.length).toBeGreaterThan(150);
  for (const file of ["server/classify/worker.ts", "client/elements/shell/bedside-app.ts"])
    expect(files).toContain(file);
});

test("patterns leave out what they name", () => {
  for (const file of ["bench/worker.ts", "a/b.kafka.test.ts", "data/files/x.dat", "data/wfdb/golden/g.dat"]) {
    expect({ file, out: isLeftOut(file) }).toEqual({ file, out: true });
  }
  for (const file of ["model/load.ts", "client/distance.ts", "data/files.ts", "package.json"]) {
    expect({ file, out: isLeftOut(file) }).toEqual({ file, out: false });
  }
});

test("nothing that the image runs is left out of it, and no room is in it that nothing of it imports", () => {
  expect(files.filter(isLeftOut)).toEqual([]);
  const rooms = readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && !isLeftOut(entry.name))
    .map(({ name }) => name);
  expect(rooms.toSorted()).toEqual([...new Set(files.map((file) => file.split("/")[0]))].toSorted());
});

/** An engine that is there where somebody has set it up (`npm run setup:tensorflow`), and said to be missing where nobody has. */
const NOT_IN_IMAGE = ["@tensorflow/tfjs-node"];

test("its packages are dependencies, since the image has no others, and it has none that nothing of it needs", async () => {
  const { packages } = await graphOf([...programs, "server/main/users.ts"]);
  expect(packages.filter((name) => !(name in dependencies))).toEqual(NOT_IN_IMAGE);
  expect(Object.keys(dependencies).filter((name) => !packages.includes(name))).toEqual([]);
});

test("what builds the page is there where it is built, and the image gets what was built", async () => {
  const { packages } = await graphOf(page);
  expect(packages.filter((name) => !(name in dependencies) && !(name in devDependencies))).toEqual([]);
  const [build, run] = dockerfile.split(/^FROM .*$/m).slice(1);
  expect(build).toMatch(/^RUN npm ci$/m);
  expect(build).toMatch(/^RUN npm run build:client$/m);
  expect(run).toMatch(/^RUN npm ci --omit=dev$/m);
  expect(run).toMatch(/^COPY --from=page \/app\/client\/dist client\/dist$/m);
});

test("it listens for more than itself, and is asked for its readiness where it listens", async () => {
  expect(dockerfile).toMatch(/^ENV HOST=0\.0\.0\.0 PORT=8080$/m);
  expect(dockerfile).toMatch(/^EXPOSE 8080$/m);
  const [, command = "[]"] = /^HEALTHCHECK (?:--[\w-]+=\w+ )+\\\n {2}CMD (\[.*\])$/m.exec(dockerfile) ?? [];
  const program = JSON.parse(command) as string[];
  expect(await healthchecked(program, "PORT")).toEqual({ asked: "/readyz", well: 0, ill: 1, gone: 1 });
});

test("it is built on a pinned Node 24, by npm ci, and does not run as root", () => {
  const [build, run, ...more] = [...dockerfile.matchAll(/^FROM (.*)$/gm)].map(([, from]) => from);
  expect([build, run, more]).toEqual([`${run} AS page`, expect.stringMatching(/^node:24\.\d+-bookworm-slim$/), []]);
  expect(text(".nvmrc").trim()).toBe("24");
  expect(dockerfile).toMatch(/^RUN npm ci /m);
  const user = /^USER (\w+)$/m.exec(dockerfile);
  expect(user?.[1]).toBe("node");
  expect(dockerfile.indexOf("USER node")).toBeLessThan(dockerfile.indexOf("CMD"));
});
