import type { TSchema, Static } from "typebox";
import { Value } from "typebox/value";
import {
  type BedDetail,
  BedDetailSchema,
  type BeatList,
  BeatListSchema,
  type Model,
  ModelSchema,
  type WardInfo,
  WardInfoSchema,
} from "../contracts/api.ts";
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
