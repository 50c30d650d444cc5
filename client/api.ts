import { Type } from "typebox";
import { Value } from "typebox/value";
import { type Beat, BeatSchema } from "../contracts/beat.ts";

const ModelSchema = Type.Object({
  info: Type.Object({ name: Type.String(), engine: Type.String(), hash: Type.String() }),
});
const BeatsSchema = Type.Object({ beats: Type.Array(BeatSchema) });

/** What classifies the beats. */
export interface ModelSummary {
  readonly name: string;
  readonly engine: string;
  readonly hash: string;
}

/** null where the gateway has no model to name, or can't be asked. */
export async function fetchModel(): Promise<ModelSummary | null> {
  const value = await getJson("/api/model");
  return Value.Check(ModelSchema, value) ? value.info : null;
}

/** The last beats of a bed, oldest first; none where the gateway does not know them. */
export async function fetchBeats(bed: string, limit: number): Promise<Beat[]> {
  const value = await getJson(`/api/beds/${encodeURIComponent(bed)}/beats?limit=${limit}`);
  return Value.Check(BeatsSchema, value) ? value.beats : [];
}

async function getJson(path: string): Promise<unknown> {
  try {
    const response = await fetch(path, { headers: { accept: "application/json" } });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
