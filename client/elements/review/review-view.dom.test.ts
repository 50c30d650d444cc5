import { afterEach, expect, test, vi } from "vitest";
import { choose, drawn, sceneOf, textOf, the, within } from "../../../testing/client/dom.ts";
import { answeringHistory, episodeOf } from "../../../testing/client/history.ts";
import { rememberName } from "../../controllers/own-name.ts";
import { ReviewView } from "./review-view.ts";

const EPISODES = [
  episodeOf("ventricular-tachycardia", [12, 20, 30]),
  episodeOf("asystole", [25]),
  episodeOf("tachycardia", [15], { acknowledged: { by: "Ben", reason: null, timeMs: 1e12 } }),
];
const [VT, ASYSTOLE, TACHYCARDIA] = EPISODES.map(({ alarm }) => alarm.id);

afterEach(() => {
  location.hash = "";
  localStorage.clear();
});

async function reviewing(alarm: string | null) {
  const gateway = answeringHistory(EPISODES);
  const scene = sceneOf();
  const view = await scene.show(Object.assign(new ReviewView(), { alarm }));
  const until = (look: () => void): Promise<void> =>
    vi.waitFor(
      async () => {
        await drawn(view);
        look();
      },
      { timeout: 10_000 },
    );
  const find = (name: string): HTMLElement[] => within(view, `[data-testid=${name}]`);
  await until(() => expect(find("episode")).toHaveLength(3));
  if (alarm !== null)
    await until(() => expect(find("raise").length + within(view, ".screen ecg-strip").length).toBeGreaterThan(1));
  return { ...gateway, view, until, find };
}

const fill = (view: ReviewView, name: string, value: string): void => {
  const field = the(view, `input[name=${name}]`) as HTMLInputElement;
  field.value = value;
  field.dispatchEvent(new Event("input"));
};

test("lists all alarms with what became of them; by kind, bed and time only those are asked for", async () => {
  const { view, asked, until, find } = await reviewing(null);
  expect(find("episode").map(({ dataset }) => dataset["kind"])).toEqual([
    "ventricular-tachycardia",
    "asystole",
    "tachycardia",
  ]);
  expect(textOf(view)).toContain("Acknowledged by Ben");
  await choose(the(view, "[data-testid=kind]"), "asystole");
  await until(() => expect(find("episode").map(({ dataset }) => dataset["kind"])).toEqual(["asystole"]));
  await choose(the(view, "[data-testid=kind]"), "");
  await choose(the(view, "[data-testid=hours]"), "12");
  await until(() => expect(find("none")).toHaveLength(1));
  const last = asked.findLast(({ pathname }) => pathname === "/api/events")?.searchParams;
  expect(Date.now() - Number(last?.get("from"))).toBeCloseTo(12 * 3_600_000, -4);
  expect(last?.get("limit")).toBe("50");
});

test("down and up go to the next and the one before, though not while somebody writes", async () => {
  const { view, until } = await reviewing(ASYSTOLE);
  const press = (key: string, target: EventTarget = view): boolean =>
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true }));
  press("ArrowDown");
  expect(decodeURIComponent(location.hash)).toBe(`#/events/${TACHYCARDIA}`);
  press("ArrowUp");
  expect(decodeURIComponent(location.hash)).toBe(`#/events/${VT}`);
  await until(() => expect(within(view, "input[name=reason]")).toHaveLength(1));
  press("ArrowDown", the(view, "input[name=reason]"));
  expect(decodeURIComponent(location.hash)).toBe(`#/events/${VT}`);
});

test("each time it was raised has its ten seconds before and after, the last one first shown", async () => {
  const { view, asked, until, find } = await reviewing(VT);
  const strips = (): (string | null | undefined)[] =>
    within(view, ".screen ecg-strip").map((strip) =>
      strip.shadowRoot?.querySelector("svg")?.getAttribute("aria-label"),
    );
  await until(() => expect(strips()).toHaveLength(2));
  expect(textOf(the(view, "header"))).toContain("Heart rate not known, limit 100/min");
  const pressed = (): number[] => find("raise").flatMap((raise, i) => (raise.ariaPressed === "true" ? [i] : []));
  expect(pressed()).toEqual([2]);
  const before = strips();
  find("raise")[0].click();
  await until(() => expect(strips()).toHaveLength(2));
  expect(pressed()).toEqual([0]);
  expect(strips()).not.toEqual(before);
  const signal = asked.findLast(({ pathname }) => pathname.endsWith("/signal"))?.searchParams;
  expect([signal?.get("from"), signal?.get("to")]).toEqual([String(1e12 - 1000), String(1e12 + 22_000)]);
});

test("a beat is given another class, and the class it was told stands beside it", async () => {
  const { view, commands, until } = await reviewing(VT);
  await until(() => expect(within(view, ".screen ecg-strip")).toHaveLength(2));
  rememberName("Anna");
  const [beat] = within(view, ".screen ecg-strip").flatMap((strip) => [
    ...(strip.shadowRoot?.querySelectorAll<SVGElement>("[data-testid=beat]") ?? []),
  ]);
  beat.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  await until(() => expect(within(view, "[data-testid=relabel]")).toHaveLength(1));
  within(view, "[data-testid=relabel] [data-class=S]")[0].click();
  await until(() => expect(textOf(view)).toContain("was N"));
  expect(commands).toMatchObject([
    { action: "relabel", by: "Anna", alarm: null, beat: { id: beat.getAttribute("data-beat"), beatClass: "S" } },
  ]);
});

test("dismissed with a reason and a name, noted, and taken back", async () => {
  const { view, commands, until, find } = await reviewing(ASYSTOLE);
  await until(() => expect(find("dismiss")).toHaveLength(1));
  find("dismiss")[0].click();
  await until(() => expect(textOf(find("said")[0])).toBe("Give a reason, or the note, first."));
  fill(view, "reason", "lead moved");
  find("dismiss")[0].click();
  await until(() => expect(textOf(find("said")[0])).toBe("Give your name first."));
  expect(commands).toEqual([]);
  rememberName("Anna");
  find("dismiss")[0].click();
  await until(() => expect(find("dismissed").map(textOf)).toEqual([expect.stringMatching(/by Anna.*: lead moved$/)]));
  fill(view, "reason", "turned over");
  find("note")[0].click();
  await until(() => expect(find("noted").map(textOf)).toEqual([expect.stringMatching(/Anna: turned over$/)]));
  find("reinstate")[0].click();
  await until(() => expect(find("dismissed")).toEqual([]));
  expect(commands).toMatchObject([
    { action: "dismiss", alarm: { id: ASYSTOLE, version: 3 }, by: "Anna", reason: "lead moved" },
    { action: "note", reason: "turned over" },
    { action: "reinstate", reason: null },
  ]);
});

test("its strip is kept as WFDB, EDF+ and picture under names of its own; paper is as long as its seconds", async () => {
  const { view, until, find } = await reviewing(VT);
  await until(() => expect(find("wfdb")).toHaveLength(1));
  const kept: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    kept.push(this.download);
  });
  for (const name of ["wfdb", "edf", "png"]) find(name)[0].click();
  await until(() => expect(kept).toHaveLength(5));
  const name = "b1_ventricular-tachycardia_2001-09-09T01-47-10";
  expect(kept.toSorted()).toEqual([".atr", ".dat", ".edf", ".hea", ".png"].map((end) => `${name}${end}`));
  const paper = vi.spyOn(globalThis, "print").mockImplementation(() => {});
  find("print")[0].click();
  expect(paper).toHaveBeenCalledOnce();
  // On paper 10 s at 25 mm/s, behind the mark, in true millimetres: CSS has 96 px in 25.4 mm.
  const svg = within(view, ".paper ecg-strip")[0].shadowRoot?.querySelector("svg");
  const trueMm = ((svg?.getBoundingClientRect().width ?? 0) / 96) * 25.4;
  const drawnMm = Number(svg?.getAttribute("viewBox")?.split(" ")[2]);
  expect(trueMm).toBeCloseTo(drawnMm, 1);
  expect(drawnMm).toBeGreaterThanOrEqual(250);
  expect(drawnMm).toBeLessThan(265);
});
