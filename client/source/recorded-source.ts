import type { Static, TSchema } from "typebox";
import { Value } from "typebox/value";
import { isHeardAs } from "../../contracts/epoch.ts";
import {
  BeatRangeSchema,
  ConditionRangeSchema,
  EpisodeListSchema,
  type EpisodesQuery,
  HistoryStateSchema,
} from "../../contracts/history.ts";
import type { EcgSource, Stretch } from "./ecg-source.ts";
import { joinFrames } from "./join-frames.ts";

/** What the gateway's history has (GET /api/history, /api/events, /api/beds/:bed/signal …). */
export const recordedSource: EcgSource = {
  state: () => getChecked("api/history", HistoryStateSchema),

  async strip(stretch: Stretch) {
    const { bed, from, to, epoch } = stretch;
    const range = `from=${from}&to=${to}`;
    const place = `api/beds/${encodeURIComponent(bed)}`;
    const [bytes, told, open] = await Promise.all([
      get(`${place}/signal?${range}`).then((response) => response.arrayBuffer()),
      getChecked(`${place}/beats?${range}`, BeatRangeSchema),
      getChecked(`${place}/conditions?${range}`, ConditionRangeSchema),
    ]);
    const joined = joinFrames(new Uint8Array(bytes), epoch);
    const isOwn = (one: { readonly epoch: string }): boolean =>
      isHeardAs(one.epoch, epoch) || isHeardAs(epoch, one.epoch);
    return (
      joined && {
        ...stretch,
        ...joined,
        beats: told.beats.filter(isOwn),
        relabelled: told.relabelled,
        conditions: open.conditions.filter(({ condition }) => isOwn(condition)),
        rhythms: open.rhythms.filter(isOwn),
      }
    );
  },

  episodes(query: Partial<EpisodesQuery>) {
    const asked = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
    const words = asked.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
    return getChecked(`api/events?${words.join("&")}`, EpisodeListSchema);
  },
};

async function getChecked<S extends TSchema>(path: string, schema: S): Promise<Static<S>> {
  const value: unknown = await (await get(path)).json();
  if (!Value.Check(schema, value))
    throw new Error("The server answers in a way that this page does not know: load the page again.");
  return value as Static<S>;
}

async function get(path: string): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path);
  } catch (cause) {
    throw new Error("The server can't be reached: what happened can't be looked at now.", { cause });
  }
  if (response.ok) return response;
  const { error } = ((await response.json().catch(() => null)) ?? {}) as { error?: { message?: unknown } };
  throw new Error(String(error?.message ?? `the server answered ${response.status}`));
}
