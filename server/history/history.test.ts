import Database from "libsql";
import { closeSync, mkdirSync, openSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import path from "node:path";
import { onTestFinished, test, expect } from "vitest";
import type { EpisodeList, HistoryState } from "../../contracts/history.ts";
import { alarmEventAt, alarmMessage } from "../../testing/gateway/alarms.ts";
import { TestClient } from "../../testing/gateway/client.ts";
import { openGateway, type TestGateway, until } from "../../testing/gateway/gateway.ts";
import { beatAt, beatMessage, frameAt, frameMessage } from "../../testing/gateway/messages.ts";
import { historyPlace } from "../../testing/server/history.ts";
import { History } from "./history.ts";

const place = historyPlace();

/** A gateway that keeps what happens in `file`, and the lines that its history has logged. */
async function open(file: string): Promise<TestGateway & { readonly lines: string[] }> {
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const history = await History.open({
    file,
    log: null,
    maxAgeMs: 1e13,
    maxBytes: 1e9,
    logTo: { error: log, warn: log, info: log },
  });
  const gateway = await openGateway({ history });
  return { ...gateway, lines };
}

const raise = (gateway: TestGateway, second: number): Promise<void> =>
  gateway.bus.publish([alarmMessage(alarmEventAt("b1", "asystole", second * 250, { sequence: second }))]);

async function stateOf({ app }: TestGateway): Promise<HistoryState> {
  const { statusCode, body } = await app.inject("/api/history");
  expect(statusCode).toBe(200);
  return JSON.parse(body) as HistoryState;
}

async function kept({ app }: TestGateway): Promise<number> {
  const { statusCode, body } = await app.inject("/api/events");
  return statusCode === 200 ? (JSON.parse(body) as EpisodeList).episodes.length : -1;
}

/** Those of history, without their common beginning. */
async function metricsOf({ app }: TestGateway): Promise<Readonly<Record<string, number>>> {
  const { body } = await app.inject("/metrics");
  const found = [...body.matchAll(/^bedside_history_(\S+) (\S+)$/gm)];
  return Object.fromEntries(found.map(([, name, value]) => [name, Number(value)]));
}

/** What the bus tells comes to a client as ever. */
async function expectMonitoring(gateway: TestGateway): Promise<void> {
  const client = await TestClient.open(gateway.url);
  await client.subscribe({ beds: ["b1"] });
  await gateway.bus.publish([frameMessage(frameAt("b1", 7)), beatMessage(beatAt("b1", 1500))]);
  await until(() => client.frames.length > 0 && client.events.length > 0);
  await client.close();
}

test("a file that cannot be made: monitoring goes on, one line, and whoever asks is told why", async () => {
  const gateway = await open("/dev/null/history.sqlite");
  await raise(gateway, 1);
  await expectMonitoring(gateway);
  expect(await stateOf(gateway)).toMatchObject({ state: "failed", trouble: gateway.lines[0] });
  const { statusCode, body } = await gateway.app.inject("/api/events");
  expect([statusCode, body]).toEqual([503, expect.stringContaining("cannot be written")]);
  expect(gateway.lines).toEqual([
    expect.stringMatching(/^the history file \/dev\/null.* set HISTORY to a file that can/),
  ]);
});

/** Makes a file impossible to open, and gives how it becomes possible again. */
const hindrances: Readonly<Record<string, (file: string) => () => void>> = {
  "whose folder can't be made": (file) => {
    writeFileSync(path.dirname(file), "");
    return () => rmSync(path.dirname(file));
  },
  "that is another process's": (file) => {
    mkdirSync(path.dirname(file));
    const lock = new Database(`${file}.lock`);
    lock.exec("BEGIN EXCLUSIVE");
    return () => void lock.close();
  },
};

test.each(Object.keys(hindrances))(
  "a file %s at the start is open when it can be, and each is said once",
  async (which) => {
    const file = path.join(path.dirname(place.file), "folder", "history.sqlite");
    const free = hindrances[which](file);
    const gateway = await open(file);
    await raise(gateway, 1);
    await expectMonitoring(gateway);
    expect(await stateOf(gateway)).toMatchObject({ state: "failed", trouble: gateway.lines[0] });
    // Through an attempt that fails.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    free();
    await until(async () => (await stateOf(gateway)).state === "on");
    // What the topics keep of before is read.
    await until(async () => (await kept(gateway)) === 1);
    await raise(gateway, 2);
    await until(async () => (await kept(gateway)) === 2);
    expect(gateway.lines).toEqual([
      expect.stringMatching(/cannot be written|is another process's/),
      `the history file ${file} is open: what happens is kept from here on`,
    ]);
  },
);

test("a file that can't be written for a while: monitoring goes on, and nothing is lost when it can", async () => {
  const gateway = await open(place.file);
  await raise(gateway, 1);
  await until(async () => (await kept(gateway)) === 1);
  const other = new Database(place.file);
  onTestFinished(() => void other.close());
  other.exec("BEGIN IMMEDIATE");
  await raise(gateway, 2);
  await until(async () => (await stateOf(gateway)).state === "failed");
  await expectMonitoring(gateway);
  expect((await stateOf(gateway)).trouble).toMatch(/history\.sqlite cannot be written: .*locked/);
  expect(await kept(gateway)).toBe(1);
  expect(await metricsOf(gateway)).toMatchObject({ up: 0, behind_seconds: expect.toSatisfy((s: number) => s > 1) });
  other.exec("ROLLBACK");
  await until(async () => (await kept(gateway)) === 2);
  expect(await stateOf(gateway)).toMatchObject({ state: "on", trouble: null, lost: 0 });
  await until(async () => (await metricsOf(gateway))['rows_total{table="beats"}'] === 1);
  expect(await metricsOf(gateway)).toMatchObject({
    up: 1,
    'rows_total{table="alarms"}': 2,
    dropped_rows_total: 0,
    lost_total: 0,
    bytes: expect.toSatisfy((bytes: number) => bytes > 10_000),
    // The beat that was told is of long ago.
    'reach_seconds{of="beats"}': expect.toSatisfy((seconds: number) => seconds > 1e8),
  });
  expect(gateway.lines).toEqual([expect.stringContaining("cannot be written"), "history is written again"]);
});

test("one that is spoilt while it is read and written: whoever asks is never told of a fault of the gateway's", async () => {
  const gateway = await open(place.file);
  for (let second = 1; second < 40; second++) await raise(gateway, second);
  await until(async () => (await kept(gateway)) === 39);
  const other = new Database(place.file);
  other.pragma("wal_checkpoint(TRUNCATE)");
  other.close();
  const spoilt = openSync(place.file, "r+");
  writeSync(spoilt, Buffer.alloc(statSync(place.file).size, "junk"), 0, undefined, 0);
  closeSync(spoilt);
  await until(async () => {
    const { statusCode } = await gateway.app.inject("/api/events");
    expect([200, 503]).toContain(statusCode);
    return gateway.lines.length > 0;
  });
  await raise(gateway, 50);
  await until(async () => (await kept(gateway)) === 1);
  expect(await stateOf(gateway)).toMatchObject({ state: "on", trouble: null });
  await expectMonitoring(gateway);
  expect(gateway.lines).toEqual([expect.stringMatching(/is damaged: it is set aside as .*, and history begins anew$/)]);
});

test("one of another version is set aside in one line, and history begins anew; of canaries nothing is kept", async () => {
  const old = new Database(place.file);
  old.exec("CREATE TABLE t (a)");
  old.pragma("user_version = 99");
  old.close();
  const gateway = await open(place.file);
  const bed = "bedside-canary-0";
  await gateway.bus.publish([
    alarmMessage(alarmEventAt(bed, "asystole", 250)),
    beatMessage(beatAt(bed, 250)),
    frameMessage(frameAt(bed, 0)),
  ]);
  await raise(gateway, 1);
  await until(async () => (await kept(gateway)) === 1);
  await expectMonitoring(gateway);
  await gateway.app.close();
  const file = new Database(place.file, { readonly: true });
  const beds = ["frames", "beats", "alarms", "episodes", "trends"].map((table) =>
    file.prepare(`SELECT DISTINCT bed FROM ${table}`).all(),
  );
  file.close();
  expect(beds).toEqual(beds.map(() => [{ bed: "b1" }]));
  expect(gateway.lines).toEqual([expect.stringMatching(/is of version 99, not \d+: it is set aside/)]);
});
