import { formatDrift, type Injection } from "./drift.ts";
import { FRAME_LIMITS } from "./frame-shape.ts";

const JOINT = " + ";
/** As long as a frame's source may be. */
const MAX_LENGTH = FRAME_LIMITS.maxNameLength;

/**
 * What a frame names as its source: a recording and what is mixed into it, e.g. "mitdb/208 + em:6dB, lead-off". Who looks at the
 * samples has it from themselves, wherever they went since. Shortened to kinds, then to their number, where it is too long.
 */
export function sourceName(record: string, injections: readonly Injection[]): string {
  if (injections.length === 0) return record;
  const always = injections.map((one) => ({ ...one, fromSeconds: 0, toSeconds: Number.POSITIVE_INFINITY }));
  const words = [
    formatDrift(always).replaceAll(",", ", "),
    [...new Set(injections.map(({ kind }) => kind))].join(", "),
  ];
  const number = `${injections.length} disturbances`;
  const fitting = [...words, number].find((text) => `${record}${JOINT}${text}`.length <= MAX_LENGTH) ?? number;
  return `${record.slice(0, MAX_LENGTH - JOINT.length - fitting.length)}${JOINT}${fitting}`;
}

/** The recording, and what is mixed into it; null: nothing. */
export function readSourceName(source: string): { readonly record: string; readonly injected: string | null } {
  const at = source.indexOf(JOINT);
  return at < 0
    ? { record: source, injected: null }
    : { record: source.slice(0, at), injected: source.slice(at + JOINT.length) };
}
