import { expect, test, vi } from "vitest";
import { answering, drawn, sceneOf, textOf, the, within } from "../../../../testing/client/dom.ts";
import { beatOf, conditionOf, frameOf } from "../../../../testing/client/messages.ts";
import { kiosk } from "../../../controllers/kiosk.ts";
import "../../shell/key-help.ts";
import { BedView } from "../bed-view.ts";
import { FROZEN_FOR_MS } from "./freeze.ts";

const RATE = 250;

/** The page of a bed with two leads and 20 s of signal, below the page's keys. */
async function bedPage() {
  answering({});
  location.hash = "#/bed/b1";
  const scene = sceneOf();
  const { ward } = scene;
  const [lead] = frameOf(0).leads;
  const send = (from: number, to: number): void => {
    for (let first = from * RATE; first < to * RATE; first += 50) {
      // Teeth of 1.1 s: no two seconds look alike.
      const samples = Int16Array.from({ length: 50 }, (_, at) => (first + at) % 275);
      const leads = [
        { ...lead, samples },
        { ...lead, name: "V1", samples },
      ];
      ward.take({ kind: "frame", frame: frameOf(first, { leads }) }, performance.now());
    }
  };
  send(0, 20);
  await scene.show(document.createElement("key-help") as BedView);
  const view = await scene.show(Object.assign(new BedView(), { name: "b1" }));
  const press = async (key: string, more: KeyboardEventInit = {}): Promise<void> => {
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
    await drawn(view);
  };
  const signs = (): string[] => within(view, "[data-testid=frozen]").map(textOf);
  const tools = (): string => textOf(the(view, "trace-tools"));
  return { ...scene, view, send, press, signs, tools };
}

const pictures = (view: BedView): string[] =>
  within(view, "frozen-lead").map((lead) => (the(lead, "canvas") as HTMLCanvasElement).toDataURL());

test("F freezes all leads, which say so; rate, alarms and the page's other keys go on; F again is live", async () => {
  const { view, ward, send, press, signs } = await bedPage();
  await press("f");
  expect(signs()).toHaveLength(2);
  for (const sign of signs()) expect(sign).toMatch(/^FROZEN \d\d:\d\d:20 0:00 ago$/);
  const blank = pictures(view);
  await vi.waitFor(() => expect(pictures(view)[1]).not.toBe(blank[1]));
  await drawn(view);
  const before = pictures(view);
  send(20, 25);
  const condition = conditionOf("tachycardia", 21 * RATE, { heartRateBpm: 131, limitBpm: 120 });
  for (const [topic, data] of [
    ["conditions", condition],
    ["beats", beatOf(24 * RATE)],
  ] as const)
    ward.take({ kind: "event", event: { topic, bed: "b1", cursor: "c", data, meta: {} } } as never, performance.now());
  await drawn(view);
  expect(within(view, ".open alarm-banner")).toHaveLength(1);
  expect(textOf(the(view, "heart-rate"))).toContain("131");
  expect(pictures(view)).toEqual(before);
  expect(signs()[0]).toMatch(/:20 /);
  await press("F");
  expect(signs()).toEqual([]);
});

test("Escape leads from frozen traces to live ones, and then to the ward; a field keeps its letters", async () => {
  const { view, press, signs } = await bedPage();
  await press("f");
  // Elsewhere, F is the wall screen.
  expect(kiosk.isOn).toBe(false);
  await press("Escape");
  expect([signs(), location.hash]).toEqual([[], "#/bed/b1"]);
  await press("Escape");
  expect(location.hash).toBe("#/");
  const field = document.createElement("input");
  view.renderRoot.append(field);
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "f", bubbles: true, composed: true }));
  await drawn(view);
  expect(signs()).toEqual([]);
});

test("without letters as keys the button freezes, and leaving the bed is live again", async () => {
  const { view, settings, press, signs } = await bedPage();
  settings.set({ letterKeys: false });
  await press("f");
  expect(signs()).toEqual([]);
  the(view, "[data-testid=freeze]").click();
  await drawn(view);
  expect(signs()).toHaveLength(2);
  view.name = "b2";
  await drawn(view);
  view.name = "b1";
  await drawn(view);
  expect(signs()).toEqual([]);
});

test("arrows and buttons scroll all leads to what was before", async () => {
  const { view, press, tools } = await bedPage();
  await press("f");
  // As soon as the leads have a size.
  await vi.waitFor(async () => {
    await press("End");
    await press("ArrowLeft");
    expect(tools()).toMatch(/until \d\d:\d\d:19/);
  });
  await press("ArrowLeft", { shiftKey: true });
  expect(tools()).toMatch(/until \d\d:\d\d:14/);
  the(view, "[data-testid=later]").click();
  await drawn(view);
  expect(tools()).toMatch(/until \d\d:\d\d:19/);
  await press("End");
  expect((the(view, "[data-testid=later]") as HTMLButtonElement).disabled).toBe(true);
});

test("a letter on a frozen trace leads to its beat, but not while something is measured", async () => {
  const { view, ward, press } = await bedPage();
  const data = beatOf(19 * RATE);
  ward.take({ kind: "event", event: { topic: "beats", bed: "b1", cursor: "c", data, meta: {} } }, 0);
  await press("f");
  const lead = within(view, "frozen-lead")[0];
  vi.spyOn(lead, "setPointerCapture").mockImplementation(() => {});
  // 1 s before the right edge of 25 mm/s at 1.5 × 96 px an inch; what finds no whole sample stays blank there.
  const pressAt = (y: number): void => {
    const { right, top } = lead.getBoundingClientRect();
    const at = { clientX: right - 25 * 1.5 * (96 / 25.4), clientY: top + y, pointerId: 1, button: 0, bubbles: true };
    for (const kind of ["pointerdown", "pointerup"]) lead.dispatchEvent(new PointerEvent(kind, at));
    lead.dispatchEvent(new MouseEvent("click", at));
  };
  await vi.waitFor(() => expect((the(lead, "canvas") as HTMLCanvasElement).width).toBeGreaterThan(300));
  await press("c");
  pressAt(9);
  await press("c");
  pressAt(60);
  expect(location.hash).toBe("#/bed/b1");
  pressAt(9);
  expect(location.hash).toBe(`#/beat/${encodeURIComponent(data.id)}`);
  location.hash = "#/bed/b1";
});

test("traces that nobody touches are live again after two minutes, which is said before", async () => {
  const { view, press, signs } = await bedPage();
  const clock = vi.spyOn(performance, "now");
  const at = performance.now();
  clock.mockImplementation(() => at);
  await press("f");
  clock.mockImplementation(() => at + FROZEN_FOR_MS - 15_500);
  view.requestUpdate();
  for (const sign of within(view, "frozen-sign")) (sign as BedView).requestUpdate();
  await drawn(view);
  expect(signs()[0]).toMatch(/1:44 ago live again in 16 s$/);
  clock.mockImplementation(() => at + FROZEN_FOR_MS);
  view.requestUpdate();
  await drawn(view);
  expect(signs()).toEqual([]);
});
