import type { BeatEvent, ChainEvent, GapEvent, QrsEvent, QualityEvent, SignalChain } from "../../signal/events.ts";
import { createSignalChain } from "../../signal/chain.ts";

export interface Heard {
  readonly all: ChainEvent[];
  readonly qrs: QrsEvent[];
  readonly beats: BeatEvent[];
  readonly quality: QualityEvent[];
  readonly gaps: GapEvent[];
}

/** Sorts events by their type. */
export function sorted(all: ChainEvent[]): Heard {
  return {
    all,
    qrs: all.filter((event) => event.type === "qrs"),
    beats: all.filter((event) => event.type === "beat"),
    quality: all.filter((event) => event.type === "quality"),
    gaps: all.filter((event) => event.type === "gap"),
  };
}

/** Pushes samples in chunks of `chunk`. */
function pushInChunks(
  chain: SignalChain,
  millivolts: Float32Array,
  chunk: number,
  emit: (event: ChainEvent) => void,
): void {
  for (let at = 0; at < millivolts.length; at += chunk) {
    const part = millivolts.subarray(at, at + chunk);
    chain.push(part, part.length, emit);
  }
}

/** All that a chain says of a whole recording, the end included. */
export function listen(millivolts: Float32Array, inputRateHz: number, chunk = millivolts.length): Heard {
  const all: ChainEvent[] = [];
  const emit = (event: ChainEvent): void => void all.push(event);
  const chain = createSignalChain({ inputRateHz });
  pushInChunks(chain, millivolts, chunk, emit);
  chain.end(emit);
  return sorted(all);
}
