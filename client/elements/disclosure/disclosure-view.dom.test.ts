import { expect, test, vi } from "vitest";
import { encodeFrame } from "../../../contracts/frame.ts";
import { lengthPrefix } from "../../../contracts/frame-stream.ts";
import type { BeatClass } from "../../../contracts/beat.ts";
import { drawn, sceneOf, textOf, the } from "../../../testing/client/dom.ts";
import { historyStateWith } from "../../../testing/client/history.ts";
import { countPixels } from "../../../testing/client/line-pixels.ts";
import { beatOf, conditionOf, frameOf } from "../../../testing/client/messages.ts";
import { DisclosureView } from "./disclosure-view.ts";

const HOUR_MS = 3_600_000;
/** Begin of the hour of which there is signal; its second half hour, a frame a second. */
const HOUR = 300_000 * HOUR_MS;
const FROM_S = 1800;
const TO_S = 3000;

const framesOf = (): Uint8Array<ArrayBuffer> => {
  const parts: number[] = [];
  for (let second = FROM_S; second < TO_S; second++) {
    const bytes = encodeFrame(frameOf(250 * second, { epochStartMs: HOUR, leads: [leadOf(250)] }));
    parts.push(...lengthPrefix(bytes.length), ...bytes);
  }
  return Uint8Array.from(parts);
};
const leadOf = (count: number) => ({ ...frameOf(0).leads[0], samples: new Int16Array(count) });

/** From a minute behind the first signal on, for a minute. */
const OFF = [HOUR + (FROM_S + 60) * 1000, HOUR + (FROM_S + 120) * 1000] as const;

/** A gateway that keeps that of b1, with a beat a second, and lead-off of `off`; what was asked of it. */
function answeringHour(off: string | null = null): URL[] {
  const asked: URL[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    const of = (name: string): number => Number(url.searchParams.get(name));
    const isOfHour = of("from") < HOUR + HOUR_MS && of("to") > HOUR;
    if (url.pathname === "/api/history") return Response.json(historyStateWith());
    asked.push(url);
    if (url.pathname.endsWith("/signal")) return new Response(isOfHour ? framesOf() : new Uint8Array());
    if (url.pathname.endsWith("/trend")) {
      const point = { timeMs: HOUR, signalMs: 1_200_000, heartRateBpm: 60, minBpm: 60, maxBpm: 60, quality: 1 };
      const rest = { beats: { N: 1, S: 0, V: 0, F: 0, Q: 0 }, alarms: { high: 0, medium: 0, low: 0 }, conditionMs: {} };
      return Response.json({ bed: "b1", stepMs: HOUR_MS, points: isOfHour ? [{ ...point, ...rest }] : [] });
    }
    if (url.pathname.endsWith("/conditions")) {
      const condition = { ...conditionOf("lead-off", 0), beginTimeMs: OFF[0], lead: off };
      const conditions = off === null ? [] : [{ condition, endTimeMs: OFF[1] }];
      return Response.json({ bed: "b1", conditions, rhythms: [], missing: false });
    }
    const classOf = (second: number): BeatClass => (second === FROM_S + 7 ? "V" : "N");
    const beats = Array.from({ length: TO_S - FROM_S }, (_, at) =>
      beatOf(250 * (FROM_S + at), { timeMs: HOUR + 1000 * (FROM_S + at), beatClass: classOf(FROM_S + at) }),
    );
    return Response.json({ bed: "b1", beats: isOfHour ? beats : [], relabelled: [], missing: false });
  });
  return asked;
}

const shown = async (subject: string): Promise<DisclosureView> => {
  const view = await sceneOf().show(Object.assign(new DisclosureView(), { subject }));
  await vi.waitFor(() => expect(view.told).not.toBe("Reading the hour …"));
  await drawn(view);
  return view;
};

test("without a time it opens at the newest hour of which signal is kept, also of a bed that sends no more", async () => {
  vi.useFakeTimers({ now: HOUR + 50 * HOUR_MS + 1234, toFake: ["Date"] });
  try {
    const asked = answeringHour();
    const view = await shown("b1");
    expect(textOf(the(view, "[data-testid=told]"))).toMatch(/^Signal from \d\d:30:00 to \d\d:50:00$/);
    expect(asked.filter(({ pathname }) => pathname.endsWith("/signal")).map(({ search }) => search)).toEqual([
      `?from=${HOUR}&to=${HOUR + HOUR_MS}`,
    ]);
  } finally {
    vi.useRealTimers();
  }
});

test("without a time the last minute that has signal is brought into sight", async () => {
  answeringHour();
  vi.useFakeTimers({ now: HOUR + FROM_S * 1000, toFake: ["Date"] });
  const main = document.createElement("main");
  try {
    main.style.cssText = "height: 400px; overflow: auto; display: block";
    const view = Object.assign(new DisclosureView(), { subject: "b1" });
    const scene = sceneOf();
    await scene.show(view);
    view.parentElement?.append(main);
    main.append(view);
    await vi.waitFor(() => expect(main.scrollTop).toBeGreaterThan(24 * 30));
    expect(main.scrollTop).toBeLessThan(24 * 60);
  } finally {
    vi.useRealTimers();
    main.remove();
  }
});

test.each([
  ["II", true],
  ["V5", false],
])("where lead %s was off, the line of II is hatched instead: %s", async (lead, isHatched) => {
  answeringHour(lead);
  const view = await shown(`b1@${HOUR}`);
  const canvas = the(view, "canvas") as HTMLCanvasElement;
  const rowOf = (minute: number): { line: number; technical: number } => {
    const row = 24 * devicePixelRatio;
    const left = 60 * devicePixelRatio;
    const pen = canvas.getContext("2d") as CanvasRenderingContext2D;
    const { data } = pen.getImageData(left, minute * row, canvas.width - left, row);
    return countPixels(data);
  };
  expect(rowOf(30).line).toBeGreaterThan(100);
  expect(rowOf(31).line > 0).toBe(!isHatched);
  expect(rowOf(31).technical > 100).toBe(isHatched);
  expect(textOf(view).includes("Hatched: the lead was off.")).toBe(isHatched);
});

test("an hour that is asked for is shown, with or without signal", async () => {
  const asked = answeringHour();
  const view = await shown(`b1@${HOUR + 3 * HOUR_MS + 5}`);
  expect(textOf(the(view, "[data-testid=told]"))).toBe("No signal of b1 is kept of this hour.");
  expect(asked.some(({ pathname }) => pathname.endsWith("/trend"))).toBe(false);
});

test("walking by key tells the time, and of the beats there those that were not there before", async () => {
  answeringHour();
  const view = await shown(`b1@${HOUR + (FROM_S + 1) * 1000}`);
  const region = the(view, "[data-testid=moment]");
  const press = async (key: string): Promise<string> => {
    the(view, "canvas").dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    await drawn(view);
    return textOf(region).replace(/^\d\d:/, "");
  };
  expect(textOf(region)).toBe("");
  expect(await press("ArrowRight")).toBe("30:02 N");
  expect(await press("ArrowRight")).toBe("30:03 V");
  expect(await press("ArrowDown")).toBe("31:03 N N N N N N N N N");
  await press("ArrowUp");
  await press("ArrowUp");
  expect(textOf(region)).toContain("No beat was found here.");
});
