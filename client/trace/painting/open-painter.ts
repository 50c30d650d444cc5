import { onAnimationFrame } from "../drawing/animation.ts";
import { TraceEngine } from "./engine.ts";
import { painterOf, type PainterMessage, type PainterNews, type TracePainter } from "./painter.ts";

/** What a worker says first: whether it has animation frames. */
export interface Ready {
  readonly ready: boolean;
}

/** A painter on this thread. */
export function paintHere(): TracePainter {
  const engine = new TraceEngine((news) => heard(news));
  const { painter, heard } = painterOf((message) => engine.take(message));
  onAnimationFrame((nowMs) => engine.draw(nowMs));
  return painter;
}

/**
 * A painter on a worker's thread; on this one where there is no OffscreenCanvas, or no worker begins. What it is told until
 * that is known waits.
 */
export function openPainter(): TracePainter {
  const canLeave = "transferControlToOffscreen" in HTMLCanvasElement.prototype && typeof Worker === "function";
  if (!canLeave) return paintHere();
  const waiting: PainterMessage<HTMLCanvasElement>[] = [];
  let post = (message: PainterMessage<HTMLCanvasElement>): void => {
    waiting.push(message);
  };
  const { painter, heard } = painterOf((message) => post(message));
  const begin = (toEngine: (message: PainterMessage<HTMLCanvasElement>) => void): void => {
    worker.onmessage = ({ data }: MessageEvent<PainterNews>) => heard(data);
    worker.onerror = null;
    post = toEngine;
    for (const message of waiting.splice(0)) post(message);
  };
  const beginHere = (): void => {
    worker.terminate();
    const engine = new TraceEngine(heard);
    onAnimationFrame((nowMs) => engine.draw(nowMs));
    begin((message) => engine.take(message));
  };
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "traces" });
  worker.onerror = beginHere;
  worker.onmessage = ({ data }: MessageEvent<Ready>) => {
    if (data.ready) begin(toWorker(worker));
    else beginHere();
  };
  return painter;
}

/** So many samples' messages go at once where no frame is painted, as in a tab that is hidden. */
const MOST_WAITING = 256;

/**
 * Samples go frame by frame, all beds' in one message; anything else at once, and what waits before it. Samples' and canvases' memory goes over; arrival
 * is told in Unix ms, since each thread's clock begins at its own zero.
 */
function toWorker(worker: Worker): (message: PainterMessage<HTMLCanvasElement>) => void {
  let waiting: PainterMessage[] = [];
  let memory: Transferable[] = [];
  const flush = (): void => {
    if (waiting.length === 0) return;
    worker.postMessage(waiting, memory);
    [waiting, memory] = [[], []];
  };
  onAnimationFrame(flush);
  return (message) => {
    if (message.kind === "told" && message.told.kind === "samples") {
      const { told } = message;
      memory.push(...told.samples.leads.flatMap((lead) => lead?.buffer ?? []));
      waiting.push({ ...message, told: { ...told, nowMs: told.nowMs + performance.timeOrigin } });
      if (waiting.length >= MOST_WAITING) flush();
      return;
    }
    if (message.kind === "sheet") {
      const paper = message.paper.transferControlToOffscreen();
      const sweep = message.sweep.transferControlToOffscreen();
      memory.push(paper, sweep);
      waiting.push({ ...message, paper, sweep });
    } else waiting.push(message);
    flush();
  };
}
