import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { runProgram } from "../examples/run-example.ts";
import { openBus, openGateway, until } from "../testing/gateway/gateway.ts";
import { beatAt, beatMessage } from "../testing/gateway/messages.ts";

const run = promisify(execFile);
const HERE = import.meta.dirname;
const MODULES = path.resolve(HERE, "../node_modules");
type Manifest = Readonly<Record<"dependencies", Readonly<Record<string, string>>>>;
const manifest = (file: string): Manifest => JSON.parse(readFileSync(path.join(HERE, file), "utf8")) as Manifest;

beforeAll(async () => {
  await run("npm", ["run", "--silent", "build:subscriber"], { cwd: path.resolve(HERE, "..") });
});

/** A project that has installed the package: what `npm pack` takes of it, and its dependencies. */
async function install(): Promise<string> {
  const project = mkdtempSync(path.join(tmpdir(), "bedside-subscriber-"));
  onTestFinished(() => rmSync(project, { recursive: true, force: true }));
  const { stdout } = await run("npm", ["pack", "--json", "--dry-run", "--ignore-scripts"], { cwd: HERE });
  const [{ files }] = Object.values(JSON.parse(stdout) as Record<string, { files: { path: string }[] }>);
  const own = path.join(project, "node_modules/bedside-subscriber");
  for (const file of files) {
    mkdirSync(path.dirname(path.join(own, file.path)), { recursive: true });
    cpSync(path.join(HERE, file.path), path.join(own, file.path));
  }
  for (const name of Object.keys(manifest("package.json").dependencies)) {
    symlinkSync(path.join(MODULES, name), path.join(project, "node_modules", name));
  }
  writeFileSync(path.join(project, "package.json"), '{ "type": "module" }');
  return project;
}

test("publint has nothing to say", async () => {
  const { messages, pkg } = await publint({ pkgDir: HERE, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
});

test("its dependencies are few, and the versions that are tested here", () => {
  const { dependencies } = manifest("package.json");
  expect(Object.keys(dependencies)).toEqual(["typebox", "ws"]);
  for (const name of Object.keys(dependencies)) {
    expect(dependencies[name]).toBe(
      (manifest(`../node_modules/${name}/package.json`) as unknown as { version: string }).version,
    );
  }
});

const PROGRAM = `
import { connect, type Beat, type Condition } from "bedside-subscriber";
import { decodeMessage, fromKafka, type ConsumerLike, type Frame } from "bedside-subscriber/kafka";

const bedside = connect({ url: "ws://127.0.0.1:1/ws", beds: ["b1"] });
for await (const beat of bedside.beats()) {
  const whole: Beat = beat;
  const word: "N" | "S" | "V" | "F" | "Q" = beat.beatClass;
  // @ts-expect-error a beat is no number
  const wrong: number = beat;
  console.log(whole, word, wrong);
}
for await (const { topic, data } of bedside.events(["alarms", "conditions"])) {
  if (topic === "conditions") console.log((data satisfies Condition).kind);
}
declare const consumer: ConsumerLike;
for await (const { data } of fromKafka(consumer, { topics: ["frames"] })) console.log((data satisfies Frame).leads);
const decoded = decodeMessage("ecg.beats.v1", new Uint8Array());
if (decoded.topic === "beats") console.log(decoded.data.beatClass);
`;

test("a TypeScript program has its types, strictly", async () => {
  const project = await install();
  writeFileSync(path.join(project, "program.ts"), PROGRAM);
  const settings = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023", "--lib", "es2023,dom"];
  const { stdout } = await run(path.join(MODULES, ".bin/tsc"), [...settings, "program.ts"], { cwd: project }).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe("");
});

test("the README's first example prints beats", async () => {
  const [, example] = /```js\n([^`]+)```/.exec(readFileSync(path.join(HERE, "README.md"), "utf8")) ?? [];
  const project = await install();
  const bus = await openBus();
  const { app, url } = await openGateway({ bus });
  const file = path.join(project, "example.js");
  writeFileSync(file, (example ?? "").replace("http://127.0.0.1:8080", url));
  const lines = runProgram([file]);
  await until(() => app.websocketServer.clients.size === 1 || lines.length > 0);
  for (let sample = 0; lines.length === 0; sample += 250) {
    await bus.publish([beatMessage(beatAt("b1", sample, { beatClass: "V" }))]);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z b1 V$/);
});

test("what a browser gets needs nothing of Node", async () => {
  const project = await install();
  const entry = path.join(project, "node_modules/bedside-subscriber/dist/browser.js");
  const { build } = await import("vite");
  const bundle = await build({
    root: project,
    logLevel: "silent",
    configFile: false,
    build: { write: false, lib: { entry, formats: ["es"], fileName: "out" } },
  });
  const [{ output }] = Array.isArray(bundle) ? bundle : [bundle as Extract<typeof bundle, { output: unknown }>];
  for (const chunk of output)
    if (chunk.type === "chunk") expect([...chunk.imports, ...chunk.dynamicImports]).toEqual([]);
  expect(output[0].type === "chunk" && output[0].code).not.toMatch(/node:|\bBuffer\b|process\./);
});
