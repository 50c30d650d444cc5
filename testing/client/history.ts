import { vi } from "vitest";
import type { CommandRequest } from "../../contracts/command.ts";
import type { ConditionKind } from "../../contracts/condition.ts";
import { encodeFrame } from "../../contracts/frame.ts";
import { lengthPrefix } from "../../contracts/frame-stream.ts";
import type { Episode, EpisodeList, HistoryState, Relabel } from "../../contracts/history.ts";
import { alarmEventAt } from "../gateway/alarms.ts";
import { beatAt, conditionAt, frameAt } from "../gateway/messages.ts";

/** What GET /api/history answers where all is well. */
export const historyStateWith = (change: Partial<HistoryState> = {}): HistoryState => ({
  state: "on",
  trouble: null,
  reachesBackToMs: { signal: 1e12, beats: 1e12, alarms: 1e12 },
  isReadingBack: false,
  lost: 0,
  bytes: 1e6,
  maxBytes: 2e9,
  maxAgeMs: 6e8,
  ...change,
});

/** An alarm of b1 that was raised at these seconds of event time and is over. */
export function episodeOf(kind: ConditionKind, seconds: readonly number[], change: Partial<Episode> = {}): Episode {
  const { alarm } = alarmEventAt("b1", kind, seconds[0] * 250, {
    alarm: { state: "cleared", ended: true, version: 3 },
  });
  if (!alarm) throw new Error("no alarm");
  const raises = seconds.map((second) => ({ timeMs: 1e12 + second * 1000, epoch: "e1" }));
  const { timeMs } = raises[raises.length - 1];
  return {
    alarm,
    raisedTimeMs: timeMs,
    raises,
    changedTimeMs: timeMs + 5000,
    acknowledged: null,
    dismissed: null,
    notes: [],
    ...change,
  };
}

/** A gateway whose history has these alarms, a minute of two leads at 250 Hz and a beat each second, V the fifth; a tachycardia without a rate. */
export function answeringHistory(all: readonly Episode[]) {
  let episodes = [...all];
  const relabelled: Relabel[] = [];
  const commands: Record<string, unknown>[] = [];
  const asked: URL[] = [];
  const beats = Array.from({ length: 60 }, (_, i) => beatAt("b1", i * 250, { beatClass: i === 4 ? "V" : "N" }));
  const condition = { ...conditionAt("b1", "ventricular-tachycardia", "begin", 12 * 250), limitBpm: 100 };
  const conditions = [{ condition, endTimeMs: 1e12 + 40_000 }];
  const signal = (): Uint8Array<ArrayBuffer> => {
    const parts = Array.from({ length: 60 }, (_, i) => encodeFrame(frameAt("b1", i, { samples: 250 })));
    return Uint8Array.from(parts.flatMap((bytes) => [...lengthPrefix(bytes.length), ...bytes]));
  };
  const list = (query: URLSearchParams): EpisodeList => {
    const has = (name: string, value: string): boolean => [value, "", null].includes(query.get(name));
    const from = Number(query.get("from") ?? 0);
    const found = episodes.filter(
      ({ alarm, raisedTimeMs }) =>
        has("id", alarm.id) && has("kinds", alarm.kind) && has("beds", alarm.bed) && raisedTimeMs >= from,
    );
    return { episodes: found, more: false };
  };
  /** What the gateway's history makes of a command. */
  const heed = ({ action, alarm, beat, by, reason }: CommandRequest): void => {
    const say = (change: (one: Episode) => Partial<Episode>): void => {
      episodes = episodes.map((one) => (one.alarm.id === alarm?.id ? { ...one, ...change(one) } : one));
    };
    if (action === "dismiss") say(() => ({ dismissed: { by, reason, atMs: 1e12 } }));
    if (action === "reinstate") say(() => ({ dismissed: null }));
    if (action === "note") say(({ notes }) => ({ notes: [...notes, { by, atMs: 1e12, text: reason ?? "" }] }));
    if (action === "relabel" && beat?.beatClass)
      relabelled.push({ beat: beat.id, beatClass: beat.beatClass, by, atMs: 1e12 });
  };
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    if (init?.method === "POST") {
      const command = JSON.parse(String(init.body)) as CommandRequest;
      commands.push(command);
      heed(command);
      return Response.json({}, { status: 202 });
    }
    asked.push(url);
    const what = url.pathname.split("/").at(-1);
    if (what === "history") return Response.json(historyStateWith());
    if (what === "events") return Response.json(list(url.searchParams));
    if (what === "signal") return new Response(signal());
    if (what === "beats") return Response.json({ bed: "b1", beats, relabelled, missing: false });
    return Response.json({ bed: "b1", conditions, rhythms: [], missing: false });
  });
  return { asked, commands };
}
