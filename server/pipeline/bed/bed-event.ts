import { BedsideError } from "../../../contracts/errors.ts";
import type {
  BeatEvent,
  ChainEvent,
  GapEvent,
  OtherEvent,
  QrsEvent,
  QualityEvent,
  WaveformEvent,
} from "../../../signal/events.ts";
import type { StateReader, StateWriter } from "../../../signal/state.ts";

/** What is heard of a bed, in order of decision. */
export type BedEvent =
  | QrsEvent
  | QualityEvent
  | WaveformEvent
  | GapEvent
  | BeatToClassify
  | Other
  | LeadSwitch
  | Advance
  | End;

/** A beat; its probabilities come with the classifier's turn. */
export interface BeatToClassify {
  readonly type: "beat";
  readonly event: BeatEvent;
  /** Index, among the leads in use, of the one that it was read in. */
  readonly lead: number;
  /** False where that lead is not the one that is heard: evidence, of which nothing is published. */
  readonly isHeard: boolean;
  /** [4], of N, S, V, F. */
  probabilities: Float32Array | null;
}

/** Evidence from the lead in use that is not heard. */
export interface Other {
  readonly type: "other";
  readonly event: OtherEvent;
}

/** From here on the lead of this index, among those in use, is heard. */
export interface LeadSwitch {
  readonly type: "lead";
  readonly lead: number;
  readonly decidedAt: number;
}

/** All that was decided before `toSample` has been heard. */
export interface Advance {
  readonly type: "advance";
  readonly toSample: number;
}

/** The epoch ends. */
export interface End {
  readonly type: "end";
  readonly atSample: number;
}

/** What the chain of the lead of that index hears. */
export const bedEvent = (event: ChainEvent, lead: number): BedEvent =>
  event.type === "beat" ? { type: "beat", event, lead, isHeard: true, probabilities: null } : event;

/** The order of these is part of the snapshot's format. */
const TYPES = [
  "qrs",
  "quality",
  "waveform",
  "gap",
  "beat",
  "advance",
  "end",
  "other",
  "lead",
] as const satisfies readonly BedEvent["type"][];
const STATES = ["good", "noisy", "lead-off"] as const satisfies readonly QualityEvent["state"][];

export function saveEvents(events: readonly BedEvent[], to: StateWriter): void {
  to.number(events.length);
  for (const event of events) {
    to.number(TYPES.indexOf(event.type));
    saveEvent(event, to);
  }
}

export function loadEvents(from: StateReader): BedEvent[] {
  return Array.from({ length: from.number() }, () => loadEvent(from));
}

function saveEvent(event: BedEvent, to: StateWriter): void {
  switch (event.type) {
    case "qrs":
      to.number(event.sample);
      to.number(event.decidedAt);
      saveNullable(event.rrMs, to);
      to.flag(event.foundLate);
      break;
    case "quality":
      to.number(event.sample);
      to.number(event.decidedAt);
      to.number(event.signalQuality);
      to.number(STATES.indexOf(event.state));
      to.flag(event.isSuspect);
      break;
    case "waveform":
      to.number(event.sample);
      to.number(event.decidedAt);
      to.number(event.fibrillation);
      break;
    case "gap":
      to.number(event.from);
      to.number(event.to);
      to.number(event.decidedAt);
      break;
    case "beat":
      saveBeat(event.event, to);
      to.number(event.lead);
      to.flag(event.isHeard);
      to.flag(event.probabilities !== null);
      if (event.probabilities) to.array(event.probabilities);
      break;
    case "advance":
      to.number(event.toSample);
      break;
    case "end":
      to.number(event.atSample);
      break;
    case "other":
      saveEvents([event.event], to);
      break;
    case "lead":
      to.number(event.lead);
      to.number(event.decidedAt);
  }
}

function loadEvent(from: StateReader): BedEvent {
  const index = from.number();
  const type = TYPES[index];
  switch (type) {
    case "qrs":
      return {
        type,
        sample: from.number(),
        decidedAt: from.number(),
        rrMs: loadNullable(from),
        foundLate: from.flag(),
      };
    case "quality":
      return {
        type,
        sample: from.number(),
        decidedAt: from.number(),
        signalQuality: from.number(),
        state: STATES[from.number()],
        isSuspect: from.flag(),
      };
    case "waveform":
      return { type, sample: from.number(), decidedAt: from.number(), fibrillation: from.number() };
    case "gap":
      return { type, from: from.number(), to: from.number(), decidedAt: from.number() };
    case "beat":
      return {
        type,
        event: loadBeat(from),
        lead: from.number(),
        isHeard: from.flag(),
        probabilities: from.flag() ? Float32Array.from(from.array()) : null,
      };
    case "advance":
      return { type, toSample: from.number() };
    case "end":
      return { type, atSample: from.number() };
    case "other":
      return { type, event: loadOther(from) };
    case "lead":
      return { type, lead: from.number(), decidedAt: from.number() };
    default:
      throw new BedsideError("BAD_SNAPSHOT", `the snapshot holds an event of the unknown type ${index}`);
  }
}

function loadOther(from: StateReader): OtherEvent {
  const [event] = loadEvents(from);
  if (event?.type === "qrs" || event?.type === "quality" || event?.type === "waveform") return event;
  throw new BedsideError("BAD_SNAPSHOT", `the snapshot holds a ${event?.type} of a lead that is not heard`);
}

function saveBeat(event: BeatEvent, to: StateWriter): void {
  to.number(event.sample);
  to.number(event.decidedAt);
  saveNullable(event.rrMs, to);
  saveNullable(event.heartRateBpm, to);
  to.flag(event.foundLate);
  to.number(event.signalQuality);
  saveNullable(event.pWave, to);
  to.array(event.noise);
  to.array(event.window);
  to.array(event.features);
}

const loadBeat = (from: StateReader): BeatEvent => ({
  type: "beat",
  sample: from.number(),
  decidedAt: from.number(),
  rrMs: loadNullable(from),
  heartRateBpm: loadNullable(from),
  foundLate: from.flag(),
  signalQuality: from.number(),
  pWave: loadNullable(from),
  noise: Float32Array.from(from.array()),
  window: Float32Array.from(from.array()),
  features: Float32Array.from(from.array()),
});

/** NaN stands for null, which no event holds. */
export const saveNullable = (value: number | null, to: StateWriter): void => to.number(value ?? Number.NaN);

export function loadNullable(from: StateReader): number | null {
  const value = from.number();
  return Number.isNaN(value) ? null : value;
}
