import { msg } from "@lit/localize";
import type { TSchema, Static } from "typebox";
import { Value } from "typebox/value";
import {
  type ApiError,
  ApiErrorSchema,
  type BedDetail,
  BedDetailSchema,
  type BeatList,
  BeatListSchema,
  type Model,
  ModelSchema,
  type WardInfo,
  WardInfoSchema,
} from "../contracts/api.ts";
import {
  type BeatRange,
  BeatRangeSchema,
  type ConditionRange,
  ConditionRangeSchema,
  type HistoryState,
  HistoryStateSchema,
  type Trend,
  TrendSchema,
} from "../contracts/history.ts";
import { type Provenance, ProvenanceSchema } from "../contracts/provenance.ts";
import { type Simulation, SimulationSchema } from "../contracts/simulation.ts";
import { type Report, REPORT_PATH, ReportSchema } from "../contracts/report.ts";

/** What classifies the beats; null where the gateway has no model to name, or can't be asked. */
export function fetchModel(): Promise<Model | null> {
  return getJson("api/model", ModelSchema);
}

/** What holds for all screens of the ward; null where the gateway can't be asked. */
export function fetchWardInfo(): Promise<WardInfo | null> {
  return getJson("api/ward", WardInfoSchema);
}

/** The last beats of a bed, oldest first; null where the gateway does not know it, or can't be asked. */
export function fetchBeats(bed: string, limit: number): Promise<BeatList | null> {
  return getJson(`api/beds/${encodeURIComponent(bed)}/beats?limit=${limit}`, BeatListSchema);
}

/** A bed with its last conditions; null as above. */
export function fetchBed(bed: string): Promise<BedDetail | null> {
  return getJson(`api/beds/${encodeURIComponent(bed)}`, BedDetailSchema);
}

/** What the simulator that plays the bed last said; null where none has said that it does, or can't be asked. */
export function fetchSimulation(bed: string): Promise<Simulation | null> {
  return getJson(`api/beds/${encodeURIComponent(bed)}/simulation`, SimulationSchema);
}

/** The models' report; null where there is none, or it can't be asked. */
export function fetchReport(): Promise<Report | null> {
  return getJson(REPORT_PATH.slice(1), ReportSchema);
}

/** Where a beat comes from; the reason in words where that can't be told. */
export function fetchProvenance(beat: string): Promise<Provenance | string> {
  return askJson(`api/provenance?beat=${encodeURIComponent(beat)}`, ProvenanceSchema);
}

/** Whether what happens is kept, and since when; null where the gateway can't be asked. */
export function fetchHistoryState(): Promise<HistoryState | null> {
  return getJson("api/history", HistoryStateSchema);
}

/** How a bed was from one event time to another, Unix ms, in steps of `stepMs`; or why that can't be told. */
export function fetchTrend(bed: string, fromMs: number, toMs: number, stepMs: number): Promise<Trend | string> {
  const range = `from=${Math.floor(fromMs)}&to=${Math.ceil(toMs)}&step=${stepMs}`;
  return askJson(`api/beds/${encodeURIComponent(bed)}/trend?${range}`, TrendSchema);
}

/** A bed's beats of a range of event time, oldest first; or why they can't be told. */
export function fetchBeatsOf(bed: string, fromMs: number, toMs: number): Promise<BeatRange | string> {
  return askJson(`api/beds/${encodeURIComponent(bed)}/beats?from=${fromMs}&to=${toMs}`, BeatRangeSchema);
}

/** What was open at a bed in a range of event time; or why that can't be told. */
export function fetchConditionsOf(bed: string, fromMs: number, toMs: number): Promise<ConditionRange | string> {
  return askJson(`api/beds/${encodeURIComponent(bed)}/conditions?from=${fromMs}&to=${toMs}`, ConditionRangeSchema);
}

/** A bed's signal of a range of event time, as contracts/frame-stream.ts has it; or why it can't be told. */
export async function fetchSignal(bed: string, fromMs: number, toMs: number): Promise<Uint8Array | string> {
  try {
    const response = await fetch(`api/beds/${encodeURIComponent(bed)}/signal?from=${fromMs}&to=${toMs}`);
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : reasonIn(await response.json());
  } catch {
    return noAnswer();
  }
}

const noAnswer = (): string => msg("The server does not answer. When it is back, try again.");

const reasonIn = (value: unknown): string =>
  Value.Check(ApiErrorSchema, value)
    ? (value as ApiError).error.message
    : msg("The server's answer is none that this page understands: load the page again.");

/** The answer, or in words why there is none. */
async function askJson<S extends TSchema>(path: string, schema: S): Promise<Static<S> | string> {
  try {
    const response = await fetch(path);
    const value: unknown = await response.json();
    return response.ok && Value.Check(schema, value) ? (value as Static<S>) : reasonIn(value);
  } catch {
    return noAnswer();
  }
}

async function getJson<S extends TSchema>(path: string, schema: S): Promise<Static<S> | null> {
  try {
    const response = await fetch(path, { headers: { accept: "application/json" } });
    if (!response.ok) return null;
    const value: unknown = await response.json();
    return Value.Check(schema, value) ? (value as Static<S>) : null;
  } catch {
    // The socket tells of a server that is gone; here nothing more is known.
    return null;
  }
}
