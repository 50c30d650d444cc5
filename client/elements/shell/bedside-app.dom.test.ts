import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { beatOf, conditionOf, frameOf } from "../../../testing/client/messages.ts";
import { drawn, sceneOf, the, within } from "../../../testing/client/dom.ts";
import { watchRenders } from "../../../testing/client/renders.ts";
import { BedsideApp } from "./bedside-app.ts";

const BEDS = Array.from({ length: 64 }, (_, i) => `b${i + 1}`);

beforeEach(() => {
  // The clock, which lets every tile look at its trace once a second, stands still.
  vi.useFakeTimers({ toFake: ["setInterval"] });
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  location.hash = "";
});

const wardOf64 = () => wardOf(BEDS);

async function wardOf(beds: readonly string[]) {
  const scene = sceneOf();
  const frames = (n: number): void => {
    for (const bed of beds) scene.ward.take({ kind: "frame", frame: frameOf(n * 50, { bed }) }, performance.now());
  };
  frames(0);
  const app = await scene.show(new BedsideApp(scene));
  const renders = watchRenders();
  const after = async (change: () => void): Promise<string[]> => {
    change();
    await drawn(app);
    return renders();
  };
  return { ...scene, app, frames, after };
}

const beat = (bed: string, sample: number) =>
  ({
    kind: "event",
    event: { topic: "beats", bed, cursor: "c", data: beatOf(sample, { bed, id: `${bed}/e1/${sample}` }), meta: {} },
  }) as const;

test("a beat of one of 64 beds renders that bed's tile and what shows the beat, and nothing else", async () => {
  // However long 64 tiles take: the beds' frames have just come.
  vi.spyOn(performance, "now").mockReturnValue(performance.now());
  const { ward, app, after } = await wardOf64();
  expect(within(app, "bed-tile")).toHaveLength(64);
  const shows = ["beat-chip", "bed-tile", "heart-rate", "signal-quality"].map((name) => `b1 ${name}`);
  expect(await after(() => ward.take(beat("b1", 20), 0))).toEqual(shows);
  expect(the(app, 'bed-tile[data-bed="b1"] ').shadowRoot?.textContent).toContain("b1");
  expect(await after(() => ward.take(beat("b1", 40), 0))).toEqual(["b1 bed-tile"]);
  expect(await after(() => ward.take(beat("b1", 40), 0))).toEqual([]);
});

test("frames render nothing", async () => {
  const { frames, after } = await wardOf64();
  expect(
    await after(() => {
      for (let n = 1; n < 5; n++) frames(n);
    }),
  ).toEqual([]);
});

test("a condition renders its bed's tile and what lists the alarms of all beds", async () => {
  const { ward, settings, after } = await wardOf64();
  // Else its tile comes first, and is connected again.
  await after(() => settings.setWard({ order: "beds" }));
  const data = conditionOf("asystole", 20, { bed: "b2", id: "b2/e1/asystole/20" });
  const renders = await after(() =>
    ward.take({ kind: "event", event: { topic: "conditions", bed: "b2", cursor: "c", data, meta: {} } }, 0),
  );
  const inTile = ["alarm-banner", "bed-tile", "heart-rate", "priority-mark"].map((name) => `b2 ${name}`);
  expect(renders).toEqual(["alarm-announcer", "alarm-banner", "alarm-list", ...inTile, "priority-mark", "ward-view"]);
});

test("the connection renders what tells of it", async () => {
  const { ward, after } = await wardOf64();
  const renders = await after(() => ward.setConnection({ status: "stale" }));
  expect(renders).toEqual(["alarm-list", "connection-state", "offline-banner"]);
});

test("an address shows its view, and a bed's view hears of its own beats alone", async () => {
  const { ward, app, after } = await wardOf64();
  location.hash = "#/bed/b3";
  await vi.waitFor(() => expect(within(app, "bed-view")).toHaveLength(1));
  expect(within(app, "ward-view")).toHaveLength(0);
  await after(() => {});
  expect(await after(() => ward.take(beat("b4", 20), 0))).toEqual([]);
  expect(await after(() => ward.take(beat("b3", 20), 0))).toContain("beat-table");
});

test("a bed opens at the top of its page, and the ward is as it was left", async () => {
  const { app, after } = await wardOf64();
  app.style.cssText = "width: 390px; height: 600px";
  const main = the(app, "main");
  await vi.waitFor(() => expect(main.scrollHeight).toBeGreaterThan(3000));
  main.scrollTop = 600;
  location.hash = "#/bed/b3";
  await vi.waitFor(() => expect(within(app, "bed-view")).toHaveLength(1));
  await after(() => {});
  const focused = (): Element | null => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at;
  };
  await vi.waitFor(() => expect(focused()?.localName).toBe("h1"));
  expect(main.scrollTop).toBe(0);
  location.hash = "#/";
  await vi.waitFor(() => expect(focused()?.getAttribute("href")).toBe("./#/bed/b3"));
  expect(main.scrollTop).toBe(600);
});

test("the tab says the most urgent alarm as it comes, and renders nothing for it", async () => {
  const { ward, after } = await wardOf64();
  ward.setConnection({ status: "live" });
  expect(document.title).toBe("Bedside");
  const data = conditionOf("ventricular-tachycardia", 20, { bed: "b4", id: "b4/e1/ventricular-tachycardia/20" });
  const event = { topic: "conditions", bed: "b4", cursor: "c", data, meta: {} } as const;
  expect(await after(() => ward.take({ kind: "event", event }, 0))).not.toContain("bedside-app");
  expect(document.title).toBe("●1 b4 VT – Bedside");
});

test("by key: arrows from tile to tile, Escape from a bed to the ward, ? tells the keys, one button leads to the alarms", async () => {
  const { ward, app } = await wardOf(BEDS.slice(0, 9));
  const press = (key: string): void => {
    (document.activeElement ?? document.body).dispatchEvent(
      new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true }),
    );
  };
  const focused = (): string | null => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at?.getAttribute("href") ?? null;
  };
  press("ArrowRight");
  expect(focused()).toBe("./#/bed/b1");
  press("ArrowRight");
  expect(focused()).toBe("./#/bed/b2");
  location.hash = "#/bed/b3";
  await vi.waitFor(() => expect(within(app, "bed-view")).toHaveLength(1));
  press("Escape");
  await vi.waitFor(() => expect(within(app, "ward-view")).toHaveLength(1));
  const data = conditionOf("asystole", 20, { bed: "b9", id: "b9/e1/asystole/20" });
  ward.take({ kind: "event", event: { topic: "conditions", bed: "b9", cursor: "c", data, meta: {} } }, 0);
  await vi.waitFor(() => expect(within(the(app, "alarm-list"), "a")).toHaveLength(1));
  the(app, ".skip").click();
  expect(focused()).toBe("./#/bed/b9");
  press("?");
  expect((the(the(app, "key-help"), "dialog") as HTMLDialogElement).open).toBe(true);
});

test("alarms that come move nothing on a phone", async () => {
  const { page } = await import("vitest/browser");
  await page.viewport(390, 844);
  const { ward, app, after } = await wardOf64();
  const top = (): number => the(app, "main").getBoundingClientRect().top;
  const before = top();
  for (const bed of ["b2", "b3", "b4"]) {
    const data = conditionOf("asystole", 20, { bed, id: `${bed}/e1/asystole/20` });
    await after(() =>
      ward.take({ kind: "event", event: { topic: "conditions", bed, cursor: "c", data, meta: {} } }, 0),
    );
  }
  expect(within(the(app, "alarm-list"), "li")).toHaveLength(3);
  expect(top()).toBe(before);
  await page.viewport(1280, 800);
});
