import type { JSHandle, Locator, Page } from "playwright-core";
import type { EcgTrace } from "../client/elements/parts/ecg-trace.ts";

/** Labels stand in the topmost rows of a trace, CSS px. */
const LABEL_ROWS = 18;

export const tile = (page: Page, bed: string): Locator => page.locator(`bed-tile[data-bed="${bed}"]`);

/** A copy of what a trace shows: its canvas may be drawn by another thread, and reads nothing; it may be one of many on a sheet. */
const copyOf = (parent: Locator): Promise<JSHandle<HTMLCanvasElement>> =>
  parent
    .locator("ecg-trace")
    .first()
    .evaluateHandle((element) => {
      const trace = element as EcgTrace;
      const { x, y } = trace.sheet?.placeOf(trace) ?? { x: 0, y: 0 };
      const [, sweep] = (trace.sheet ?? trace).renderRoot.querySelectorAll("canvas");
      const copy = document.createElement("canvas");
      copy.width = Math.round(trace.clientWidth * devicePixelRatio);
      copy.height = Math.round(trace.clientHeight * devicePixelRatio);
      copy.getContext("2d")?.drawImage(sweep, -x, -y);
      return copy;
    });

/** The picture on a trace's canvas, as text to compare. */
export async function picture(parent: Locator): Promise<string> {
  return (await copyOf(parent)).evaluate((canvas) => canvas.toDataURL());
}

/** How many pixels of a trace's label rows have the colour that the page gives to a beat class. */
export async function labelPixels(parent: Locator, beatClass: string): Promise<number> {
  return (await copyOf(parent)).evaluate(
    (canvas, { name, rows }) => {
      const probe = document.createElement("canvas").getContext("2d");
      const context = canvas.getContext("2d");
      if (!probe || !context) return 0;
      probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(`--beat-${name}`).trim();
      probe.fillRect(0, 0, 1, 1);
      const wanted = probe.getImageData(0, 0, 1, 1).data;
      const { data } = context.getImageData(0, 0, canvas.width, Math.round(rows * devicePixelRatio));
      let count = 0;
      for (let i = 0; i < data.length; i += 4) {
        const distance = [0, 1, 2].reduce((sum, channel) => sum + Math.abs(data[i + channel] - wanted[channel]), 0);
        if (data[i + 3] > 150 && distance < 30) count++;
      }
      return count;
    },
    { name: beatClass, rows: LABEL_ROWS },
  );
}

/** For each whole label on a trace: how far, in CSS px, the line's highest point near it is from the label's middle. */
export async function labelOffsets(parent: Locator): Promise<number[]> {
  return (await copyOf(parent)).evaluate((canvas, rows) => {
    const context = canvas.getContext("2d");
    if (!context) return [];
    const { width, height } = canvas;
    const { data } = context.getImageData(0, 0, width, height);
    const rowCount = Math.round(rows * devicePixelRatio);
    const isLine = (at: number): boolean => data[at + 3] > 120 && data[at + 1] > data[at] + 60;
    const isLabel = (x: number): boolean => {
      for (let y = 0; y < rowCount; y++) {
        const at = 4 * (y * width + x);
        if (data[at + 3] > 60 && !isLine(at)) return true;
      }
      return false;
    };
    const offsets: number[] = [];
    const reach = 24 * devicePixelRatio;
    for (let x = 0; x < width; x++) {
      if (!isLabel(x)) continue;
      const from = x;
      while (x < width && isLabel(x)) x++;
      const middle = (from + x - 1) / 2;
      let peak = { x: middle, y: height };
      for (let near = Math.max(0, Math.round(middle - reach)); near < Math.min(width, middle + reach); near++) {
        for (let y = rowCount; y < peak.y; y++) if (isLine(4 * (y * width + near))) peak = { x: near, y };
      }
      const isWhole = x - from > 4 && middle > 2 * reach && middle < width - reach;
      if (isWhole && peak.y < height) offsets.push((peak.x - middle) / devicePixelRatio);
    }
    return offsets;
  }, LABEL_ROWS);
}

/** From the lowest to the highest point of a trace's line, CSS px. */
export async function lineHeight(parent: Locator): Promise<number> {
  return (await copyOf(parent)).evaluate((canvas) => {
    const { width, height } = canvas;
    const data = canvas.getContext("2d")?.getImageData(0, 0, width, height).data ?? [];
    let top = height;
    let bottom = 0;
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] < 120 || data[at + 1] < data[at] + 60) continue;
      const y = Math.floor(at / 4 / width);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    return (bottom - top) / devicePixelRatio;
  });
}

/** The heart rate in figures; null where the screen shows none. */
export async function heartRate(parent: Locator): Promise<number | null> {
  const text = (await parent.getByTestId("heart-rate").first().innerText()).trim();
  return /^\d+$/.test(text) ? Number(text) : null;
}
