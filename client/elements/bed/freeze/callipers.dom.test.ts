import { expect, test, vi } from "vitest";
import { syntheticRecord } from "../../../../data/synthetic/record.ts";
import { answering, drawn, sceneOf, textOf, the, within } from "../../../../testing/client/dom.ts";
import { beatOf, frameOf } from "../../../../testing/client/messages.ts";
import { BedView } from "../bed-view.ts";

const RATE = 250;
const SECONDS = 12;

/** The page of a bed that has heard 12 s of the generator's sinus rhythm in two leads, whose R peaks are known. */
async function bedPage({ withBeats = true } = {}) {
  answering({});
  const scene = sceneOf();
  const { ward } = scene;
  const { leads, annotations } = syntheticRecord([{ rhythm: "sinus", seconds: SECONDS, bpm: 70 }], {
    samplingRateHz: RATE,
    seed: 4,
  });
  const nowMs = performance.now();
  for (let first = 0; first < SECONDS * RATE; first += 50) {
    const cut = leads.map((lead) => ({ ...lead, samples: lead.samples.slice(first, first + 50) }));
    ward.take({ kind: "frame", frame: frameOf(first, { leads: cut }) }, nowMs);
  }
  const peaks = annotations.filter(({ symbol }) => symbol === "N").map(({ sample }) => sample);
  for (const peak of withBeats ? peaks : []) ward.beds.get("b1")?.addBeat(beatOf(peak));
  const view = await scene.show(Object.assign(new BedView(), { name: "b1" }));
  const press = async (key: string, more: KeyboardEventInit = {}): Promise<void> => {
    let at: Element = document.activeElement ?? document.body;
    while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    at.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true, ...more }));
    await drawn(view);
  };
  const lead = (index: number): HTMLElement => within(view, "frozen-lead")[index];
  const edge = (name: string, of = 0): SVGElement =>
    lead(of).shadowRoot?.querySelector(`[data-edge=${name}]`) as SVGElement;
  const differences = (): string[] =>
    within(view, "frozen-lead").map((one) =>
      textOf(one.shadowRoot?.querySelector("[data-testid=difference]") as Element),
    );
  const interval = (): string =>
    textOf(lead(0).shadowRoot?.querySelector("[data-testid=interval]") ?? document.createElement("p"));
  const lay = async (): Promise<void> => {
    await press("c");
    await vi.waitFor(() => expect(edge("time-1")).not.toBeNull());
    await vi.waitFor(() => expect(lead(0).shadowRoot?.activeElement).toBe(edge("time-1")));
  };
  return { ...scene, view, peaks, press, lead, edge, differences, interval, lay };
}

const words = (ms: number): string => `${ms.toFixed(0)} ms · ${(60_000 / ms).toFixed(1)} /min`;

test("callipers freeze what is live and lie on the last two beats, whose interval is the generator's", async () => {
  const { view, peaks, interval, lay } = await bedPage();
  expect(within(view, "frozen-lead")).toEqual([]);
  await lay();
  expect(within(view, "frozen-lead")).toHaveLength(2);
  const [one, other] = peaks.slice(-2);
  expect(interval()).toBe(words(((other - one) / RATE) * 1000));
});

test("an RR is measured by keys alone, to the sample: arrows by one, with Shift by ten, Tab from edge to edge", async () => {
  const { peaks, press, edge, interval, lay } = await bedPage({ withBeats: false });
  await lay();
  const value = (name: string): number => Number(edge(name).getAttribute("aria-valuenow"));
  const goTo = async (name: string, position: number): Promise<void> => {
    edge(name).focus();
    for (let left = position - value(name); left !== 0; left = position - value(name)) {
      const isFar = Math.abs(left) >= 10;
      await press(left < 0 ? "ArrowLeft" : "ArrowRight", { shiftKey: isFar });
    }
  };
  const [one, other] = [peaks[8], peaks[9]];
  await goTo("time-0", one);
  await goTo("time-1", other);
  const rrMs = ((other - one) / RATE) * 1000;
  expect(interval()).toBe(words(rrMs));
  expect(edge("time-1").getAttribute("aria-valuetext")).toMatch(new RegExp(`; interval ${words(rrMs)}$`));
  await press("ArrowRight");
  expect(interval()).toBe(words(rrMs + 4));
  const order = [0, 1].flatMap((of) =>
    [...(edge("time-0", of).closest("svg")?.querySelectorAll("[role=slider]") ?? [])].filter(
      (slider) => slider.getAttribute("tabindex") === "0",
    ),
  );
  expect(order.map((slider) => slider.getAttribute("aria-label"))).toEqual([
    "First edge in time",
    "Second edge in time",
    "MLII: first edge in voltage",
    "MLII: second edge in voltage",
    "V1: first edge in voltage",
    "V1: second edge in voltage",
  ]);
});

test("each lead tells its own difference; a level laid by key is left alone by the edges in time, until Delete", async () => {
  const { press, edge, differences, lay } = await bedPage();
  await lay();
  await press("ArrowRight", { shiftKey: true });
  const followed = differences();
  expect(followed[0]).not.toBe(followed[1]);
  for (const words of followed) expect(words).toMatch(/^Δ [+−]?\d\.\d\d mV$/);
  edge("level-1").focus();
  await press("ArrowUp", { shiftKey: true });
  const mv = (words: string): number => Number(words.slice(2, -3).replace("−", "-"));
  expect(mv(differences()[0]) - mv(followed[0])).toBeCloseTo(0.1, 5);
  expect(differences()[1]).toBe(followed[1]);
  const own = edge("level-1").getAttribute("aria-valuenow");
  edge("time-1").focus();
  await press("ArrowLeft");
  expect(edge("level-1").getAttribute("aria-valuenow")).toBe(own);
  await press("ArrowRight");
  edge("level-1").focus();
  await press("Delete");
  expect(differences()).toEqual(followed);
});

test("a hand drags an edge across all leads, and the strip where it takes none", async () => {
  const { view, press, edge, lead, interval, lay } = await bedPage();
  await lay();
  const at = (kind: string, of: number, x: number, y: number, pointerType = "mouse"): boolean =>
    lead(of).dispatchEvent(
      new PointerEvent(kind, { clientX: x, clientY: y, pointerId: 1, pointerType, button: 0, bubbles: true }),
    );
  vi.spyOn(lead(1), "setPointerCapture").mockImplementation(() => {});
  vi.spyOn(lead(0), "setPointerCapture").mockImplementation(() => {});
  const line = edge("time-1", 1).querySelector("line")?.getBoundingClientRect() as DOMRect;
  const before = Number(interval().split(" ")[0]);
  const pxPerSecond = 25 * 1.5 * (96 / 25.4);
  at("pointerdown", 1, line.x + 6, line.y + 30);
  at("pointermove", 1, line.x + 6 - 20, line.y + 30);
  at("pointerup", 1, line.x + 6 - 20, line.y + 30);
  await drawn(view);
  expect(Math.abs(before - Number(interval().split(" ")[0]) - (20 / pxPerSecond) * 1000)).toBeLessThanOrEqual(4);
  const until = (): string => textOf(the(view, ".scroll span"));
  const box = lead(0).getBoundingClientRect();
  const shown = until();
  at("pointerdown", 0, box.x + 60, box.y + 4);
  at("pointermove", 0, box.x + 60 + 2 * pxPerSecond, box.y + 4);
  at("pointerup", 0, box.x + 60 + 2 * pxPerSecond, box.y + 4);
  await drawn(view);
  expect(until()).not.toBe(shown);
  await press("c");
  expect(interval()).toBe("");
});

test("the interval is marched out, and callipers go with the frozen trace", async () => {
  const { view, press, lead, lay } = await bedPage();
  await lay();
  const marks = (): number => lead(1).shadowRoot?.querySelectorAll(".march").length ?? 0;
  expect(marks()).toBe(0);
  the(view, "[data-testid=march]").click();
  await drawn(view);
  expect(marks()).toBeGreaterThan(2);
  await press("Escape");
  expect(within(view, "frozen-lead")).toEqual([]);
});
