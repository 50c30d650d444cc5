import { LitElement, html } from "lit";
import { expect, test, vi } from "vitest";
import { sceneOf, the, within } from "../../../testing/client/dom.ts";
import { frameOf } from "../../../testing/client/messages.ts";
import { EcgTrace } from "./ecg-trace.ts";
import { TraceSheetElement } from "./trace-sheet.ts";

/** Two beds' traces, 300 × 100 px, one below the other on one sheet: b1's line is flat, b2's goes up and down by 1 mV. */
class TwoBeds extends LitElement {
  protected override render() {
    return html`<div
      id="beds"
      style="position: relative; isolation: isolate; display: flex; flex-direction: column"
    ></div>`;
  }
}
customElements.define("two-beds", TwoBeds);

async function twoBeds() {
  const scene = sceneOf();
  const go = (from: number, to: number): void => {
    for (const [bed, adu] of [
      ["b1", 0],
      ["b2", 100],
    ] as const) {
      for (let n = from; n < to; n++) {
        const frame = { ...frameOf(n * 50), bed };
        frame.leads[0].samples.forEach((_, at, samples) => {
          samples[at] = at % 25 < 12 ? adu : -adu;
        });
        scene.ward.take({ kind: "frame", frame }, performance.now());
      }
    }
  };
  go(0, 1);
  const host = await scene.show(new TwoBeds());
  const beds = the(host, "#beds");
  const sheet = new TraceSheetElement();
  beds.append(sheet);
  const traces = ["b1", "b2"].map((name) => {
    const trace = Object.assign(new EcgTrace(), { bed: scene.ward.beds.get(name), sheet });
    trace.style.cssText = "display: block; width: 300px; height: 100px";
    beds.append(trace);
    return trace;
  });
  await Promise.all([sheet, ...traces].map((element) => element.updateComplete));
  go(1, 20);
  return { beds, sheet, traces, go, painter: scene.painter };
}

const sweepOf = (sheet: TraceSheetElement): HTMLCanvasElement => within(sheet, "canvas")[1] as HTMLCanvasElement;

/** Of the line behind the trace's window, from its highest to its lowest point, CSS px; null where there is none. */
function heightAt(sheet: TraceSheetElement, trace: EcgTrace): number | null {
  const { y } = sheet.placeOf(trace);
  const pen = sweepOf(sheet).getContext("2d") as CanvasRenderingContext2D;
  const { width, height, data } = pen.getImageData(0, y, 300 * devicePixelRatio, 100 * devicePixelRatio);
  const rows: number[] = [];
  for (let at = 0; at < width * height; at++) {
    if (data[4 * at + 3] > 120 && data[4 * at + 1] > data[4 * at] + 60) rows.push(Math.floor(at / width));
  }
  return rows.length === 0 ? null : ((rows.at(-1) ?? 0) - rows[0]) / devicePixelRatio;
}

const isOpen = (trace: EcgTrace): boolean => !trace.hasAttribute("closed");

test("each trace is drawn on the sheet where it stands", async () => {
  const { sheet, traces } = await twoBeds();
  expect(within(sheet, "canvas")).toHaveLength(2);
  expect(traces.flatMap((trace) => within(trace, "canvas"))).toEqual([]);
  await vi.waitFor(() => {
    const [b1, b2] = traces.map((trace) => heightAt(sheet, trace));
    expect(b1).toBeLessThan(5);
    expect(b2).toBeGreaterThan(15);
    expect(traces.map(isOpen)).toEqual([true, true]);
  }, 8000);
});

test("a window that has moved is closed before it can be seen, until its own bed's trace is drawn there", async () => {
  const { sheet, traces, go } = await twoBeds();
  const [first, second] = traces;
  await vi.waitFor(() => expect(heightAt(sheet, second)).toBeGreaterThan(15), 8000);
  first.style.order = "1";
  // Before the frame is painted; what lies behind its window is the other bed's until then.
  expect(sheet.placeOf(second).y).toBe(0);
  expect(heightAt(sheet, second)).toBeLessThan(5);
  await new Promise((resolve) => requestAnimationFrame(resolve));
  expect(traces.map(isOpen)).toEqual([false, false]);
  go(20, 40);
  await vi.waitFor(() => {
    expect(traces.map(isOpen)).toEqual([true, true]);
    expect(heightAt(sheet, first)).toBeLessThan(5);
    expect(heightAt(sheet, second)).toBeGreaterThan(15);
  }, 8000);
});

test("a bed that takes another's place does not show the other's picture, and one that leaves takes its own along", async () => {
  const { sheet, traces } = await twoBeds();
  const [first, second] = traces;
  await vi.waitFor(() => expect(traces.map((trace) => heightAt(sheet, trace))).not.toContain(null), 8000);
  second.bed = Object.create(second.bed, { bed: { value: "b3" } });
  await vi.waitFor(() => expect(heightAt(sheet, second)).toBeNull());
  expect(traces.map(isOpen)).toEqual([true, false]);
  expect(heightAt(sheet, first)).not.toBeNull();
  first.remove();
  // Where the first one stood.
  expect(sheet.placeOf(second).y).toBe(0);
  await vi.waitFor(() => expect(heightAt(sheet, second)).toBeNull());
});

test("a trace that is shown no more is drawn no more, from the moment another may stand there", async () => {
  const { sheet, traces, painter, go } = await twoBeds();
  const [first, second] = traces;
  await vi.waitFor(() => expect(traces.map(isOpen)).toEqual([true, true]), 8000);
  const drawn = (): string[] => [...painter.wanted].map(({ bed }) => bed);
  expect(drawn()).toEqual(["b1", "b2"]);
  first.style.display = "none";
  sheet.look();
  expect(drawn()).toEqual(["b2"]);
  go(20, 40);
  await vi.waitFor(() => expect(heightAt(sheet, second)).toBeGreaterThan(15), 8000);
  first.style.display = "block";
  await vi.waitFor(() => {
    expect(isOpen(first)).toBe(true);
    expect(heightAt(sheet, first)).toBeLessThan(5);
  }, 8000);
});

test("while a sheet of another size is stretched, nothing is seen through any window", async () => {
  const { beds, sheet, traces } = await twoBeds();
  await vi.waitFor(() => expect(traces.map(isOpen)).toEqual([true, true]), 8000);
  beds.style.height = "400px";
  await new Promise((resolve) => requestAnimationFrame(resolve));
  sheet.look();
  expect(traces.map(isOpen)).toEqual([false, false]);
  await vi.waitFor(() => expect(traces.map(isOpen)).toEqual([true, true]), 8000);
});

test("a trace that stays where it is goes on being seen, whatever else it shows", async () => {
  const { traces } = await twoBeds();
  const [first] = traces;
  await vi.waitFor(() => expect(traces.map(isOpen)).toEqual([true, true]), 8000);
  first.filter = "diagnostic";
  await first.updateComplete;
  expect(isOpen(first)).toBe(true);
});
