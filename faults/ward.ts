import type { BusMessage } from "../bus/bus.ts";
import { encodeFrame, type Frame } from "../contracts/frame.ts";
import { TOPICS } from "../contracts/topics.ts";
import { openSources } from "../simulator/open-sources.ts";
import { Player } from "../simulator/player.ts";
import type { Source } from "../simulator/source.ts";

const FRAME_SECONDS = 0.2;
/** Beds that play the same recording begin so far apart. */
const APART_SECONDS = 47;

/** A frame, and when it is due, seconds of signal since the ward began. */
export interface Due {
  readonly atSeconds: number;
  readonly frame: Frame;
}

/**
 * The frames of a ward in the order in which they are due. Recordings of MIT-BIH where `physionetDir` has them, else the synthetic
 * beds; all that outputs are made of follows from these frames alone, their clocks included.
 */
export async function wardFrames(beds: number, seconds: number, physionetDir: string): Promise<Due[]> {
  const { sources } = await openSources(physionetDir);
  const epochStartMs = Date.now();
  const all: Due[] = [];
  for (let i = 0; i < beds; i++) {
    const source = sources[i % sources.length];
    const { samplingRateHz } = source;
    const begin = Math.floor(i / sources.length) * APART_SECONDS * samplingRateHz;
    const part = cut(source, begin, begin + seconds * samplingRateHz);
    const player = new Player(`b${String(i + 1).padStart(3, "0")}`, part, "ward", FRAME_SECONDS * samplingRateHz, "no");
    while (player.nextLength > 0) {
      const { frame } = player.next(0);
      const atSeconds = (frame.firstSample + frame.leads[0].samples.length) / samplingRateHz;
      const producedAtMs = Math.round(epochStartMs + 1000 * atSeconds);
      all.push({ atSeconds, frame: { ...frame, epochStartMs, producedAtMs } });
    }
  }
  return all.toSorted((a, b) => a.atSeconds - b.atSeconds);
}

/** When each bed's signals end, Unix ms by the clock that its frames are of. */
export function endsOf(frames: readonly Frame[]): ReadonlyMap<string, number> {
  const ends = new Map<string, number>();
  for (const { bed, epochStartMs, firstSample, samplingRateHz, leads } of frames) {
    const endMs = epochStartMs + (1000 * (firstSample + leads[0].samples.length)) / samplingRateHz;
    ends.set(bed, Math.max(ends.get(bed) ?? 0, endMs));
  }
  return ends;
}

export const toMessage = (frame: Frame): BusMessage => ({
  topic: TOPICS.frames,
  key: frame.bed,
  value: encodeFrame(frame),
});

const cut = (source: Source, begin: number, end: number): Source => ({
  ...source,
  leads: source.leads.map((lead) => ({ ...lead, samples: lead.samples.slice(begin, end) })),
  annotations: [],
});
