import { onAnimationFrame } from "../drawing/animation.ts";
import { TraceEngine } from "./engine.ts";
import type { Ready } from "./open-painter.ts";
import type { PainterMessage } from "./painter.ts";

/** Draws all traces of a page on a thread of its own (open-painter.ts). */
const engine = new TraceEngine((news) => self.postMessage(news, { transfer: [] }));

self.onmessage = ({ data }: MessageEvent<readonly PainterMessage[]>) => {
  for (const message of data) {
    if (message.kind === "told" && message.told.kind === "samples") {
      const { told } = message;
      engine.take({ ...message, told: { ...told, nowMs: told.nowMs - performance.timeOrigin } });
    } else engine.take(message);
  }
};

const ready = typeof requestAnimationFrame === "function";
if (ready) onAnimationFrame((nowMs) => engine.draw(nowMs));
self.postMessage({ ready } satisfies Ready, { transfer: [] });
