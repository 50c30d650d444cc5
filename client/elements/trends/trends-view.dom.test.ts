import { expect, test, vi } from "vitest";
import type { HistoryState, Trend, TrendPoint } from "../../../contracts/history.ts";
import { drawn, sceneOf, textOf, the, within } from "../../../testing/client/dom.ts";
import { historyStateWith } from "../../../testing/client/history.ts";
import { TrendsView } from "./trends-view.ts";

const point = (timeMs: number): TrendPoint => ({
  timeMs,
  signalMs: 10_000,
  heartRateBpm: 72,
  minBpm: 60,
  maxBpm: 90,
  beats: { N: 11, S: 0, V: 1, F: 0, Q: 0 },
  quality: 0.9,
  alarms: { high: 0, medium: 0, low: 0 },
  conditionMs: {},
});

/** A gateway that has a bed's last two minutes; what was asked of it. */
function answeringTrends(points: (from: number, to: number) => TrendPoint[], state: Partial<HistoryState> = {}): URL[] {
  const asked: URL[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    if (url.pathname === "/api/history") return Response.json(historyStateWith(state));
    asked.push(url);
    const of = (name: string): number => Number(url.searchParams.get(name));
    const trend: Trend = { bed: "b1", stepMs: of("step"), points: points(of("from"), of("to")) };
    return Response.json(trend);
  });
  return asked;
}

const shown = async (): Promise<TrendsView> => {
  const view = await sceneOf().show(Object.assign(new TrendsView(), { bed: "b1" }));
  await vi.waitFor(() => expect(view.trend).not.toBeNull());
  await drawn(view);
  return view;
};

const labels = (view: TrendsView): (string | null)[] =>
  within(view, ".plot").map((plot) => plot.getAttribute("aria-label"));

test("an hour up to now, each panel drawn, its last values said", async () => {
  const asked = answeringTrends((_, to) => [point(Math.floor(to / 10_000) * 10_000 - 10_000)]);
  const view = await shown();
  // The overview's, and its own.
  expect(asked).toHaveLength(2);
  const { searchParams } = asked[1];
  expect(Number(searchParams.get("to")) - Number(searchParams.get("from"))).toBeCloseTo(3_600_000, -2);
  expect(labels(view)[0]).toBe("Heart rate, last: highest 90, mean 72, lowest 60");
  expect(labels(view)[1]).toBe("Ventricular and early beats, last: V (PVC) 6, S 0");
  await vi.waitFor(() => expect(within(view, ".plot canvas")).toHaveLength(5));
});

test("a longer time is asked for in longer steps; one that is dragged over, alone", async () => {
  const asked = answeringTrends(() => [point(0)]);
  const view = await shown();
  within(view, ".choices button")
    .find((button) => textOf(button) === "7 days")
    ?.click();
  await vi.waitFor(() => expect(asked.at(-1)?.searchParams.get("step")).toBe("1800000"));
  within(view, "trend-panel")[0].dispatchEvent(
    new CustomEvent("zoom", { detail: { fromMs: 1_000_000, toMs: 1_600_000 } }),
  );
  await vi.waitFor(() => expect(asked.at(-1)?.search).toBe("?from=1000000&to=1600000&step=10000"));
});

test("where nothing is kept that is said, and why where it can't be told", async () => {
  answeringTrends(() => []);
  const view = await shown();
  expect(textOf(view)).toContain("Nothing is kept of b1 in this time");
  vi.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError("no way"));
  within(view, ".choices button")[0].click();
  await vi.waitFor(() => expect(textOf(view)).toContain("The server does not answer"));
});

test("that nothing is being kept is said above lines that look as ever", async () => {
  answeringTrends((_, to) => [point(to - 10_000)], { state: "failed", trouble: "the disk is full" });
  const view = await shown();
  await vi.waitFor(() => expect(textOf(view)).toContain("Nothing is being kept at this moment: the disk is full"));
});

/** What each live region below `view` tells while `act` goes on, as it changes. */
async function toldDuring(view: TrendsView, act: () => Promise<void>): Promise<string[]> {
  const told: string[] = [];
  const watch = new MutationObserver((changes) => {
    told.push(
      ...new Set(
        changes.map(({ target }) => (target instanceof Element ? textOf(target) : (target.textContent ?? ""))),
      ),
    );
  });
  for (const region of within(view, "[role=status]")) {
    watch.observe(region, { childList: true, characterData: true, subtree: true });
  }
  await act();
  watch.disconnect();
  return told.filter((words) => words !== "");
}

test("live regions tell the stretch that a button chooses, and that messages are lost, once each: not what grows with the time", async () => {
  let lost = 0;
  answeringTrends((_, to) => [point(to - 10_000)]);
  const fetched = vi.mocked(fetch).getMockImplementation();
  vi.mocked(fetch).mockImplementation(async (input) => {
    const isState = String(input).endsWith("api/history");
    return isState ? Response.json(historyStateWith({ lost: lost++ })) : (fetched?.(input) ?? Response.error());
  });
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  try {
    const view = await shown();
    const slider = the(view, "[role=slider]");
    expect(slider.getAttribute("aria-valuetext")).toBe("1 h, up to now");
    const before = [slider.getAttribute("aria-valuenow"), view.trend];
    const told = await toldDuring(view, async () => {
      for (let turn = 0; turn < 3; turn++) {
        const { trend } = view;
        await vi.advanceTimersByTimeAsync(10_000);
        await vi.waitFor(() => expect(view.trend).not.toBe(trend));
        await drawn(view);
      }
    });
    expect(told).toEqual(["Not everything could be kept since the server began: something is missing."]);
    expect(Number(textOf(the(view, "[data-testid=lost]")).replace(/.*: /, ""))).toBeGreaterThan(2);
    expect(slider.getAttribute("aria-valuetext")).toBe("1 h, up to now");
    expect(slider.getAttribute("aria-valuenow")).toBe(before[0]);
    const [earlier] = within(view, "[aria-label=Earlier]");
    const chosen = await toldDuring(view, async () => {
      earlier.click();
      await drawn(view);
    });
    expect(chosen).toHaveLength(1);
    expect(chosen[0]).toMatch(/^\d+ \w+ \d{4}, [\d:]+ to \d+ \w+ \d{4}, [\d:]+$/);
  } finally {
    vi.useRealTimers();
  }
});

test("an overview shows where what is looked at lies; keys and a drag on it choose another stretch", async () => {
  const asked = answeringTrends((_, to) => [point(to - 60_000)]);
  const view = await shown();
  const spanOf = ({ searchParams }: URL): number =>
    (Number(searchParams.get("to")) - Number(searchParams.get("from"))) / 60_000;
  expect(asked.map(spanOf).map(Math.round)).toEqual([360, 60]);
  const brush = (): number[] => {
    const rect = the(view, "trend-overview").shadowRoot?.querySelector("[data-testid=brush]");
    return ["x", "width"].map((name) => Math.round(Number(rect?.getAttribute(name))));
  };
  expect(brush()).toEqual([833, 167]);
  const slider = the(view, "trend-overview [role=slider], [role=slider]");
  const press = (key: string): boolean => slider.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  press("ArrowUp");
  await vi.waitFor(() => expect(Math.round(spanOf(asked[asked.length - 1]))).toBe(30));
  await vi.waitFor(() => expect(within(view, "trend-overview")).toHaveLength(1));
  await drawn(view);
  // Another stretch, dragged beside the brush: from a tenth to three tenths of the overview, which is 6 h again.
  const { left, width, top } = slider.getBoundingClientRect();
  vi.spyOn(slider, "setPointerCapture").mockImplementation(() => {});
  const pointer = (type: string, share: number): boolean =>
    slider.dispatchEvent(new PointerEvent(type, { clientX: left + share * width, clientY: top + 5, pointerId: 1 }));
  const before = asked.length;
  pointer("pointerdown", 0.1);
  pointer("pointermove", 0.3);
  pointer("pointerup", 0.3);
  await vi.waitFor(() => expect(asked.length).toBeGreaterThanOrEqual(before + 2));
  const overviewMinutes = spanOf(asked[before - 2]);
  expect(spanOf(asked[before + 1])).toBeCloseTo(0.2 * overviewMinutes, -1);
});
