import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FetchOptions, fetchDatabases } from "./fetch-databases.ts";
import { cutAfter, startServer, type TestServer } from "../../testing/data/physionet-server.ts";

const FOLDER = "nstdb/1.0.0";
const NAMES = ["bw.dat", "bw.hea", "em.dat"];

let server: TestServer;
let to: string;
let bodies: Map<string, Buffer>;

beforeEach(async () => {
  to = await mkdtemp(path.join(tmpdir(), "bedside-fetch-"));
  bodies = new Map(NAMES.map((name) => [name, randomBytes(200_000)]));
  server = await serve();
});

afterEach(async () => {
  await server.close();
  await rm(to, { recursive: true });
});

async function serve(options = { ranges: true }): Promise<TestServer> {
  const started = await startServer(options);
  for (const [name, body] of bodies) started.files.set(`${FOLDER}/${name}`, body);
  setSums(
    started,
    [...bodies].map(([name, body]) => `${sha256(body)} ${name}`),
  );
  return started;
}

const sha256 = (body: Buffer): string => createHash("sha256").update(body).digest("hex");
const setSums = (on: TestServer, lines: readonly string[]) =>
  on.files.set(`${FOLDER}/SHA256SUMS.txt`, Buffer.from(`${lines.join("\n")}\n`));
const bodyOf = (name: string): Buffer => bodies.get(name) ?? expect.fail(name);
const there = async (): Promise<string[]> => (await readdir(path.join(to, FOLDER)).catch(() => [])).toSorted();

const run = (change: Partial<FetchOptions> = {}) =>
  fetchDatabases({ databases: ["nstdb"], from: server.url, to, attempts: 3, pauseMs: 1, idleMs: 5000, ...change });

const error = (code: string, message: RegExp): unknown =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

/** What stands in the database's folder; each file's name only where its bytes are the served ones. */
async function whole(): Promise<string[]> {
  const right: string[] = [];
  for (const name of await there()) {
    const served = server.files.get(`${FOLDER}/${name}`);
    if (served?.equals(await readFile(path.join(to, FOLDER, name)))) right.push(name);
    else right.push(`${name}: other bytes`);
  }
  return right;
}

const ALL = ["SHA256SUMS.txt", ...NAMES];

test("what is needed of the list is brought, once; progress ends at the whole", async () => {
  server.files.set(`${FOLDER}/118e00.dat`, Buffer.from("not needed"));
  const lines = server.files.get(`${FOLDER}/SHA256SUMS.txt`)?.toString().trimEnd() ?? "";
  setSums(server, [lines, `${"0".repeat(64)} 118e00.dat`, `${"0".repeat(64)} old/bw.dat`]);
  const progress: number[] = [];
  expect(await run({ onProgress: (done) => progress.push(done) })).toMatchObject({
    brought: 3,
    kept: 0,
    unchecked: 0,
    missing: [],
    notes: [],
  });
  expect(await whole()).toEqual(ALL);
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  expect(progress.at(-1)).toBe(3);

  server.log.length = 0;
  expect(await run()).toMatchObject({ brought: 0, kept: 3 });
  expect(new Set(server.log)).toEqual(new Set([`${FOLDER}/SHA256SUMS.txt`]));
});

test("a line that is cut again and again: the file is continued where it broke off", async () => {
  server.intercept = (request, response, file) => {
    const begin = Number(/\d+/.exec(request.headers.range ?? "")?.[0] ?? 0);
    return file.endsWith("em.dat") && begin < 150_000 && cutAfter(response, bodyOf("em.dat"), begin, 30_000);
  };
  await run();
  expect(await whole()).toEqual(ALL);
  const asked = server.log.filter((line) => line.includes("em.dat"));
  expect(asked.length).toBeGreaterThanOrEqual(6);
  expect(asked.slice(1).every((line) => line.includes(" from "))).toBe(true);
});

test("a part that an earlier run left is continued", async () => {
  await mkdir(path.join(to, FOLDER), { recursive: true });
  await writeFile(path.join(to, FOLDER, "bw.dat.part"), bodyOf("bw.dat").subarray(0, 123_456));
  await run();
  expect(await whole()).toEqual(ALL);
  expect(server.log).toContain(`${FOLDER}/bw.dat from 123456`);
});

test("a part that is whole already is only renamed, one that is too long or of another file begins anew", async () => {
  await mkdir(path.join(to, FOLDER), { recursive: true });
  await writeFile(path.join(to, FOLDER, "bw.dat.part"), bodyOf("bw.dat"));
  await writeFile(path.join(to, FOLDER, "bw.hea.part"), randomBytes(300_000));
  await writeFile(path.join(to, FOLDER, "em.dat.part"), randomBytes(1000));
  await run();
  expect(await whole()).toEqual(ALL);
});

test("a server that knows no ranges begins anew", async () => {
  await server.close();
  server = await serve({ ranges: false });
  await mkdir(path.join(to, FOLDER), { recursive: true });
  await writeFile(path.join(to, FOLDER, "bw.dat.part"), bodyOf("bw.dat").subarray(0, 1000));
  await run();
  expect(await whole()).toEqual(ALL);
});

test("a wrong checksum is an error that names the file; nothing of it stays, and the next run continues", async () => {
  server.files.set(`${FOLDER}/em.dat`, randomBytes(200_000));
  await expect(run()).rejects.toThrow(error("BAD_CHECKSUM", /nstdb\/1\.0\.0\/em\.dat: its SHA-256 is [0-9a-f]{64}/));
  expect((await there()).filter((name) => !["bw.dat", "bw.hea"].includes(name))).toEqual([]);
  server.files.set(`${FOLDER}/em.dat`, bodyOf("em.dat"));
  await run();
  expect(await whole()).toEqual(ALL);
});

test("a file that was spoilt on disk is brought again", async () => {
  await run();
  await writeFile(path.join(to, FOLDER, "bw.hea"), "spoilt");
  expect(await run()).toMatchObject({ brought: 1, kept: 2 });
  expect(await whole()).toEqual(ALL);
});

test("a server that fails at times is asked again; one that always fails is given up, and parts stay", async () => {
  server.intercept = (_, response, file) => {
    if (file.endsWith(".dat") || server.log.filter((line) => line === file).length > 2) return false;
    response.writeHead(503).end();
    return true;
  };
  await run();
  expect(await whole()).toEqual(ALL);

  await rm(path.join(to, FOLDER, "em.dat"));
  server.intercept = (request, response, file) => {
    if (!file.endsWith("em.dat")) return false;
    if (!request.headers.range) return cutAfter(response, bodyOf("em.dat"), 0, 10_000);
    response.destroy();
    return true;
  };
  await expect(run()).rejects.toThrow(error("DOWNLOAD_FAILED", /em\.dat: /));
  expect(await there()).toContain("em.dat.part");
  expect(await there()).not.toContain("em.dat");
});

test("a server that falls silent is given up", async () => {
  server.intercept = (_, response, file) => {
    if (!file.endsWith("bw.dat")) return false;
    response.writeHead(200, { "content-length": 200_000 }).write(bodyOf("bw.dat").subarray(0, 0));
    response.flushHeaders();
    return true;
  };
  await expect(run({ idleMs: 100, attempts: 2 })).rejects.toThrow(error("DOWNLOAD_FAILED", /bw\.dat: .*0\.1 s/));
});

test("what the list has and the server has not is told and costs nothing of the rest, until it is all", async () => {
  server.files.delete(`${FOLDER}/bw.hea`);
  expect(await run()).toMatchObject({
    brought: 2,
    missing: [`${FOLDER}/bw.hea`],
    notes: ["nstdb: listed and not there: bw.hea"],
  });
  for (const name of NAMES) server.files.delete(`${FOLDER}/${name}`);
  await rm(path.join(to, FOLDER), { recursive: true });
  await expect(run()).rejects.toThrow(error("BAD_ARGUMENT", /nstdb\/1\.0\.0\/bw\.dat is not there, nor is any other/));
});

test.each(["../../evil.dat", "/etc/bw.dat", "a/../../bw.dat", "..", "a\\b.dat", "./bw.dat"])(
  "a list that names %s is refused before anything is brought",
  async (name) => {
    setSums(server, [`${"0".repeat(64)} bw.dat`, `${"0".repeat(64)} ${name}`]);
    await expect(run()).rejects.toThrow(error("BAD_CHECKSUM", /refused, it names .*outside its folder/));
    expect(await readdir(to)).toEqual([]);
  },
);

test.each(["<html>", "", `${"0".repeat(64)} RECORD`])("%j is no list of this database", async (text) => {
  setSums(server, [text]);
  await expect(run()).rejects.toThrow(error("BAD_CHECKSUM", /SHA256SUMS\.txt: /));
});

test("a folder, or its parent, or a URL's parent will do", async () => {
  await run();
  const second = await mkdtemp(path.join(tmpdir(), "bedside-fetch-"));
  try {
    await fetchDatabases({ databases: ["nstdb"], from: to, to: path.join(second, "files") });
    expect((await readdir(path.join(second, "files", FOLDER))).toSorted()).toEqual(await there());
    const third = path.join(second, "third");
    await fetchDatabases({ databases: ["nstdb"], from: second, to: third });
    expect((await readdir(path.join(third, FOLDER))).toSorted()).toEqual(await there());
    const served = [...server.files];
    server.files.clear();
    for (const [file, body] of served) server.files.set(`files/${file}`, body);
    await rm(third, { recursive: true });
    await fetchDatabases({ databases: ["nstdb"], from: server.url, to: third });
    expect((await readdir(path.join(third, FOLDER))).toSorted()).toEqual(await there());
  } finally {
    await rm(second, { recursive: true });
  }
});

test("no such tree, no such server, no such database", async () => {
  await expect(run({ from: path.join(to, "nowhere") })).rejects.toThrow(error("BAD_ARGUMENT", /--from takes a tree/));
  server.files.clear();
  await expect(run()).rejects.toThrow(error("BAD_ARGUMENT", /--from takes a tree/));
  await expect(run({ databases: ["toString"] })).rejects.toThrow(error("BAD_ARGUMENT", /there are mitdb, nstdb/));
  await server.close();
  await expect(run()).rejects.toThrow(error("DOWNLOAD_FAILED", /ECONNREFUSED/));
});
