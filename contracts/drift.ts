import { BedsideError } from "./errors.ts";

/** What can be injected, the unit of its value, and the values it takes; unit null: a whole number, or none, which is 0. */
export const INJECTION_KINDS = {
  em: { unit: "dB", min: -40, max: 60, what: "electrode motion noise (NSTDB) at this signal-to-noise ratio" },
  bw: { unit: "dB", min: -40, max: 60, what: "baseline wander (NSTDB) at this signal-to-noise ratio" },
  ma: { unit: "dB", min: -40, max: 60, what: "muscle artefact (NSTDB) at this signal-to-noise ratio" },
  white: { unit: "dB", min: -40, max: 60, what: "white noise at this signal-to-noise ratio" },
  wander: { unit: "mV", min: 0, max: 100, what: "slow sines of so many mV from peak to peak" },
  gain: { unit: "", min: 0, max: 100, what: "amplitude times this factor" },
  baseline: { unit: "mV", min: -100, max: 100, what: "baseline step of so many mV" },
  "lead-off": {
    unit: null,
    min: 0,
    max: 32,
    what: "every lead flat, as with an electrode fallen off; :2 the second one alone",
  },
  drop: { unit: "%", min: 0, max: 100, what: "this share of the frames is never sent" },
  duplicate: { unit: "%", min: 0, max: 100, what: "this share of the frames is sent twice" },
  late: { unit: "%", min: 0, max: 100, what: "this share of the frames is sent one to three frames late" },
} as const satisfies Record<string, { unit: string | null; min: number; max: number; what: string }>;

export type InjectionKind = keyof typeof INJECTION_KINDS;

/** One disturbance and when it holds, in seconds of event time since the epoch's start. */
export interface Injection {
  readonly kind: InjectionKind;
  /** In the kind's unit; of lead-off, which lead, counted from 1, or 0: all. */
  readonly value: number;
  readonly fromSeconds: number;
  /** Infinity: to the end. */
  readonly toSeconds: number;
}

const ITEM =
  /^(?<kind>[a-z-]+)(?::(?<value>-?\d+(?:\.\d+)?)(?<unit>dB|mV|%)?)?(?:@(?<from>\d+(?:\.\d+)?)(?:\.\.(?<to>\d+(?:\.\d+)?))?s)?$/;

/**
 * Reads the one grammar of injected drift, e.g. `em:6dB@60..120s,gain:0.5@200s,lead-off@30..40s,drop:5%`:
 * comma-separated `kind[:value[unit]][@from[..to]s]`; without `@` the whole epoch, without `..to` to its end.
 * Throws BAD_ARGUMENT that quotes the item at fault.
 */
export function parseDrift(text: string): Injection[] {
  if (text.trim() === "") return [];
  return text.split(",").map((item) => parseItem(item.trim()));
}

/** The grammar's text of `injections`; parseDrift reads it back. */
export function formatDrift(injections: readonly Injection[]): string {
  return injections
    .map(({ kind, value, fromSeconds, toSeconds }) => {
      const { unit } = INJECTION_KINDS[kind];
      const amount = unit !== null ? `:${value}${unit}` : value === 0 ? "" : `:${value}`;
      if (toSeconds !== Number.POSITIVE_INFINITY) return `${kind}${amount}@${fromSeconds}..${toSeconds}s`;
      return fromSeconds === 0 ? `${kind}${amount}` : `${kind}${amount}@${fromSeconds}s`;
    })
    .join(",");
}

function parseItem(item: string): Injection {
  const bad = (why: string): never => {
    throw new BedsideError("BAD_ARGUMENT", `drift "${item}": ${why}`);
  };
  const groups = ITEM.exec(item)?.groups;
  if (!groups) return bad("must read kind:value@from..to s, e.g. em:6dB@60..120s or gain:0.5@200s");
  const kind = groups["kind"] as InjectionKind;
  if (!Object.hasOwn(INJECTION_KINDS, kind)) {
    return bad(`unknown kind, must be one of ${Object.keys(INJECTION_KINDS).join(", ")}`);
  }
  const { unit, min, max } = INJECTION_KINDS[kind];
  if (unit !== null && groups["value"] === undefined)
    return bad(`${kind} needs a value, e.g. ${kind}:${max / 10}${unit}`);
  if (groups["unit"] !== undefined && groups["unit"] !== unit) return bad(`the unit of ${kind} is ${unit || "none"}`);
  const value = Number(groups["value"] ?? 0);
  if (unit === null && !Number.isInteger(value)) return bad(`${kind} takes a whole number`);
  if (value < min || value > max) return bad(`the value must be ${min} to ${max}`);
  const fromSeconds = Number(groups["from"] ?? 0);
  const toSeconds = groups["to"] === undefined ? Number.POSITIVE_INFINITY : Number(groups["to"]);
  if (toSeconds <= fromSeconds) return bad("the range ends before it begins");
  return { kind, value, fromSeconds, toSeconds };
}
