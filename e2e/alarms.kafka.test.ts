import { randomBytes } from "node:crypto";
import type { Browser, Locator, Page } from "playwright-core";
import { afterEach, expect, inject, onTestFailed, test, vi } from "vitest";
import type { Bus } from "../bus/bus.ts";
import { createKafkaBus } from "../bus/kafka-bus.ts";
import type { AlarmEvent, BedAlarms } from "../contracts/alarm.ts";
import { alarmCodec } from "../contracts/codec.ts";
import { TOPICS } from "../contracts/topics.ts";
import { syntheticRecord } from "../data/synthetic/record.ts";
import { type RunningSimulator, runSimulator } from "../simulator/simulator.ts";
import { DESKTOP, openBrowser, PHONE } from "./browser.ts";
import { type Command, kill, startCommand } from "./processes.ts";

const SPEED = 2;
/** As many as the other tests of the shared broker create. */
const PARTITIONS = 4;
/** For a machine that is busy. */
const WITHIN_MS = 90_000;
/** Longer than the test lasts, so that the alarm is open all the time; and heard by who comes in the middle of it. */
const TACHYCARDIA = syntheticRecord(
  [
    { rhythm: "sinus", seconds: 18, bpm: 75 },
    { rhythm: "sinus", seconds: 500, bpm: 165, bpmDeviation: 0 },
  ],
  { samplingRateHz: 250, seed: 5 },
);
/** Not life-threatening: a silence stills it. */
const FAST = syntheticRecord([{ rhythm: "sinus", seconds: 1200, bpm: 130, bpmDeviation: 0 }], {
  samplingRateHz: 250,
  seed: 6,
});

const started: Command[] = [];
let browser: Browser | undefined;
let bus: Bus | undefined;
let simulator: RunningSimulator | undefined;
afterEach(async () => {
  await browser?.close();
  await simulator?.stop();
  await Promise.all(started.splice(0).map(kill));
  await bus?.close();
});

const soon = (look: () => Promise<void> | void): Promise<void> =>
  vi.waitFor(look, { timeout: WITHIN_MS, interval: 200 });

const openAlarm = (page: Page, kind: string): Locator =>
  page.locator(`[data-testid="open-alarm"][data-kind="${kind}"]`);
const tachycardia = (page: Page): Locator => openAlarm(page, "extreme-tachycardia");

/** What is left of the bed's silence, s, as the page shows it. */
async function silenceLeft(page: Page): Promise<number> {
  const text = await page.locator("bed-view").getByTestId("silenced").first().locator(".time").innerText();
  const [, minutes, seconds] = /^(\d+):(\d\d)$/.exec(text) ?? [];
  return Number(minutes) * 60 + Number(seconds);
}

test("two screens at two gateways show the same alarms, behind the worker's death too: what is done at one shows at the other, a silence's countdown too", async () => {
  const run = randomBytes(4).toString("hex");
  const bed = `alarms-${run}`;
  const other = `fast-${run}`;
  const variables = {
    BUS: "kafka",
    KAFKA_BROKERS: inject("kafkaBrokers"),
    KAFKA_GROUP: `alarms-${run}`,
    KAFKA_PARTITIONS: String(PARTITIONS),
    PORT: "0",
    HOST: "127.0.0.1",
  };
  const own: Command[] = [];
  // The processes' own words tell why.
  onTestFailed(() => console.error(own.map(({ output }) => output()).join("\n---\n")));
  const begin = (name: string): Command => {
    const command = startCommand(`server/main/${name}.ts`, [], variables);
    started.push(command);
    own.push(command);
    return command;
  };
  const gateways = [begin("gateway"), begin("gateway")];
  const worker = begin("worker");

  bus = createKafkaBus({ brokers: [variables.KAFKA_BROKERS], partitions: PARTITIONS, clientId: "test" });
  await bus.start();
  const events: AlarmEvent[] = [];
  await bus.subscribe({
    group: `${bed}-test`,
    topics: [TOPICS.alarms],
    from: "latest",
    credits: 100_000,
    onMessage: ({ value }) => {
      const event = alarmCodec.decode(value);
      if (event.bed === bed) events.push(event);
    },
    onError: (error) => expect.unreachable(error.message),
  });
  const told = (step: string): AlarmEvent[] =>
    events.filter(
      (event) => event.step === step && (event.alarm === null || event.alarm.kind === "extreme-tachycardia"),
    );

  await worker.printed(/working/);
  const urls = await Promise.all(gateways.map((gateway) => gateway.address()));
  const opened = await openBrowser();
  browser = opened;
  const pages = await Promise.all(
    [DESKTOP, PHONE].map(async (viewport, n) => {
      const page = await opened.newPage({ viewport });
      page.setDefaultTimeout(WITHIN_MS);
      await page.goto(`${urls[n]}/#/bed/${bed}`);
      return page;
    }),
  );
  const [first, second] = pages;
  const source = { ...TACHYCARDIA, name: "synthetic/faster" };
  simulator = runSimulator({
    bus,
    beds: [
      { bed, source },
      { bed: other, source: { ...FAST, name: "synthetic/fast" } },
    ],
    speed: SPEED,
    loop: "no",
    frameMs: 200,
    seed: 1,
    epoch: run,
  });
  /** What the gateways answer, once it is the same. */
  const same = async (): Promise<BedAlarms> => {
    let answers: (BedAlarms | undefined)[] = [];
    await soon(async () => {
      answers = await Promise.all(
        urls.map(async (url) => {
          const { beds } = (await (await fetch(`${url}/api/alarms`)).json()) as { beds: BedAlarms[] };
          return beds.find((one) => one.bed === bed);
        }),
      );
      expect(answers[0]).toBeDefined();
      expect(answers[0]).toEqual(answers[1]);
    });
    return answers[0] as BedAlarms;
  };

  for (const page of pages) await tachycardia(page).waitFor();
  const raised = (await same()).alarms.find(({ kind }) => kind === "extreme-tachycardia");
  expect(raised).toMatchObject({ state: "active", sounding: true, acknowledged: null });

  await first.locator("alarm-actions").getByLabel("Your name").fill("Anna");
  await tachycardia(first).getByTestId("acknowledge").click();
  for (const page of pages) await tachycardia(page).getByText("acknowledged by Anna").waitFor();
  await second.locator("alarm-actions").getByLabel("Your name").fill("Bea");
  await second.getByTestId("pause").click();
  for (const page of pages)
    await page
      .locator("bed-view")
      .getByText(/Alarms paused/)
      .first()
      .waitFor();
  const before = await same();
  expect(before.pause).toMatchObject({ by: "Bea" });

  await kill(worker);
  // Given while nobody watches the bed: whoever does next heeds it, and knows that the pause is there already.
  await first.getByTestId("silence").or(first.getByTestId("unsilence")).first().click();
  for (const page of pages) expect(await tachycardia(page).count()).toBe(1);
  await begin("worker").printed(/working/);
  await soon(() => expect(events.at(-1)?.clockMs).toBeGreaterThan(before.clockMs));
  await soon(() => expect(told("refused").map(({ reason }) => reason)).toEqual(["nothing sounds"]));

  const after = await same();
  expect(after.pause).toEqual(before.pause);
  expect(after.alarms.find(({ kind }) => kind === "extreme-tachycardia")).toMatchObject({
    id: raised?.id,
    state: "active",
    sounding: false,
    acknowledged: { by: "Anna" },
  });
  await first.getByTestId("resume").click();
  for (const page of pages)
    await page
      .locator("bed-view")
      .getByText(/Alarms paused/)
      .first()
      .waitFor({ state: "detached" });
  for (const page of pages) await tachycardia(page).getByText("acknowledged by Anna").waitFor();
  expect(told("resumed")).toMatchObject([{ by: "Anna" }]);
  expect([...told("raised"), ...told("rose")]).toHaveLength(1);
  const sequences = events.map(({ sequence }) => sequence);
  expect(sequences).toEqual(sequences.map((_, n) => n + 1));

  await Promise.all(pages.map((page, n) => page.goto(`${urls[n]}/#/bed/${other}`)));
  for (const page of pages) await openAlarm(page, "tachycardia").waitFor();
  await second.getByTestId("silence").click();
  const begun = await Promise.all(pages.map(silenceLeft));
  for (const left of begun) expect(left).toBeLessThanOrEqual(120);
  await soon(async () => {
    const left = await Promise.all(pages.map(silenceLeft));
    for (const [n, seconds] of left.entries()) expect(seconds).toBeLessThan(begun[n] - 3);
    expect(Math.abs(left[0] - left[1])).toBeLessThanOrEqual(2 * SPEED);
  });
  await first.getByTestId("unsilence").click();
  for (const page of pages)
    await page.locator("bed-view").getByTestId("silenced").first().waitFor({ state: "detached" });
}, 360_000);
