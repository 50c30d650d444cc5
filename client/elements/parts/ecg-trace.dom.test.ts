import { expect, test, vi } from "vitest";
import { sceneOf, textOf, the } from "../../../testing/client/dom.ts";
import { countPixels } from "../../../testing/client/line-pixels.ts";
import { beatOf, conditionOf, frameOf } from "../../../testing/client/messages.ts";
import { speak } from "../../locales/locale.ts";
import { CSS_PX_PER_MM, fittingScale } from "../../trace/drawing/calibration.ts";
import type { MonitoredBed } from "../../ward/monitored-bed.ts";
import { EcgTrace } from "./ecg-trace.ts";

/** A trace of 400 × 120 px, its bed's frames of `ago` ms ago (none: null). */
async function traceOf(agoMs: number | null) {
  const scene = sceneOf();
  scene.ward.take({ kind: "frame", frame: frameOf(0) }, performance.now() - (agoMs ?? 0));
  const bed = scene.ward.beds.get("b1") as MonitoredBed;
  if (agoMs === null) bed.trace = null;
  const trace = Object.assign(new EcgTrace(), { bed });
  trace.style.cssText = "width: 400px; height: 120px";
  return { ...scene, bed, trace: await scene.show(trace) };
}

const canvas = (trace: EcgTrace, name: string): HTMLCanvasElement => the(trace, `canvas.${name}`) as HTMLCanvasElement;
const picture = (trace: EcgTrace, name: string): string => canvas(trace, name).toDataURL();

test("a lead is drawn on its paper without any render, and says which it is", async () => {
  const { ward, trace } = await traceOf(0);
  expect(the(trace, ".picture").getAttribute("aria-label")).toBe("ECG, lead II");
  await vi.waitFor(() => expect(canvas(trace, "paper").width).toBe(400 * devicePixelRatio));
  const before = picture(trace, "sweep");
  for (let n = 1; n <= 10; n++) {
    const frame = frameOf(n * 50);
    frame.leads[0].samples.fill(100);
    ward.take({ kind: "frame", frame }, performance.now());
  }
  await vi.waitFor(() => expect(picture(trace, "sweep")).not.toBe(before), 5000);
  expect(textOf(trace)).toBe("");
});

test("another speed is another paper", async () => {
  const { settings, trace } = await traceOf(0);
  await vi.waitFor(() => expect(canvas(trace, "paper").width).toBe(400 * devicePixelRatio));
  settings.set({ speedMmPerS: 50 });
  const cleared = canvas(trace, "sweep");
  const context = cleared.getContext("2d") as CanvasRenderingContext2D;
  context.fillRect(0, 0, 1, 1);
  await vi.waitFor(() => expect(context.getImageData(0, 0, 1, 1).data[3]).toBe(0));
});

test("a trace whose frames have stopped says so, and for how long", async () => {
  const { trace } = await traceOf(12_000);
  expect(textOf(trace)).toBe("NO DATA 12 s");
  expect(the(trace, ".picture").getAttribute("aria-label")).toBe("ECG, lead II, no data for 12 seconds");
});

test("before the first frame it waits", async () => {
  const { trace } = await traceOf(null);
  expect(textOf(trace)).toBe("Waiting for data");
});

test("a lead that is off is hatched in the colour of technical alarms, says so in it, and has no line", async () => {
  const { bed, trace, ward } = await traceOf(0);
  const said = vi.spyOn(CanvasRenderingContext2D.prototype, "fillText");
  const colours = (): { line: number; technical: number } => {
    const { data } = canvas(trace, "sweep").getContext("2d")?.getImageData(0, 0, 400, 120) ?? { data: [] };
    return countPixels(data);
  };
  const go = async (from: number): Promise<void> => {
    for (let n = from; n < from + 10; n++) ward.take({ kind: "frame", frame: frameOf(n * 50) }, performance.now());
  };
  await go(1);
  await vi.waitFor(() => expect(colours().line).toBeGreaterThan(50), 8000);
  bed.addCondition(conditionOf("lead-off", 0, { lead: "V1" }));
  expect(trace.bed.conditions.isLeadOff("II")).toBe(false);
  bed.addCondition(conditionOf("lead-off", 0, { lead: "II" }));
  await go(11);
  await vi.waitFor(() => expect(colours().technical).toBeGreaterThan(200), 8000);
  expect(colours().line).toBe(0);
  expect(said.mock.calls.map(([words]) => words)).toContain("Lead off: II");
  trace.requestUpdate();
  await trace.updateComplete;
  expect(the(trace, ".picture").getAttribute("aria-label")).toMatch(/^ECG, lead II, off/);
});

test("what stands where a lead is off is in the page's language", async () => {
  const root = document.createElement("p");
  await speak("de", root);
  try {
    const { bed, ward } = await traceOf(0);
    const said = vi.spyOn(CanvasRenderingContext2D.prototype, "fillText");
    bed.addCondition(conditionOf("lead-off", 0, { lead: "II" }));
    for (let n = 1; n <= 10; n++) ward.take({ kind: "frame", frame: frameOf(n * 50) }, performance.now());
    await vi.waitFor(() => expect(said.mock.calls.map(([words]) => words)).toContain("Ableitung ab: II"), 8000);
    expect(said.mock.calls.map(([words]) => words)).not.toContain("Lead off: II");
  } finally {
    await speak("en", root);
  }
});

test("where letters open beats, a press on one leads to its beat; elsewhere, and in a tile, to nothing", async () => {
  const { bed, trace, ward } = await traceOf(0);
  for (let n = 1; n <= 10; n++) ward.take({ kind: "frame", frame: frameOf(n * 50) }, performance.now());
  const beat = beatOf(100);
  bed.addBeat(beat);
  const pressAt = (x: number, y: number): void => {
    const { left, top } = trace.getBoundingClientRect();
    trace.dispatchEvent(new MouseEvent("click", { clientX: left + x, clientY: top + y }));
  };
  // 0.4 s of a sweep that began at its left edge, at the scale of a trace of this size.
  const mm = fittingScale(400, 120) * CSS_PX_PER_MM;
  const x = Math.round(8 * mm) + 0.4 * 25 * mm;
  location.hash = "#/";
  await vi.waitFor(() => {
    trace.isOpen = false;
    pressAt(x, 9);
    trace.isOpen = true;
    pressAt(x + 40, 9);
    pressAt(x, 60);
    expect(location.hash).toBe("#/");
    pressAt(x, 9);
    expect(location.hash).toBe(`#/beat/${encodeURIComponent(beat.id)}`);
  }, 8000);
  location.hash = "#/";
});

test("tall beats are laid into the trace from the data: the factor stands beside the pulse, and in words", async () => {
  const { trace, ward } = await traceOf(0);
  const said = vi.spyOn(CanvasRenderingContext2D.prototype, "fillText");
  // 2.4 mV up and 1.2 mV down twice a second, 8 s at once: as fast as play-out follows.
  for (let n = 1; n <= 40; n++) {
    const frame = frameOf(n * 50);
    frame.leads[0].samples.forEach((_, at) => {
      const phase = ((n * 50 + at) % 125) / 125;
      frame.leads[0].samples[at] = phase < 0.08 ? 480 : phase < 0.16 ? -240 : 0;
    });
    ward.take({ kind: "frame", frame }, performance.now());
  }
  await vi.waitFor(() => expect(said.mock.calls.map(([words]) => words)).toContain("×½"), 8000);
  trace.requestUpdate();
  await trace.updateComplete;
  expect(the(trace, ".picture").getAttribute("aria-label")).toContain(", at 0.5 of the gain chosen");
});
