import { median } from "d3";
import type { Alarm } from "../../contracts/alarm.ts";
import { CONDITION_KINDS, type ConditionKind, PRIORITIES } from "../../contracts/condition.ts";
import type { EpisodeComparison, PolicyComparison } from "../../contracts/policy-comparison.ts";
import type { LeftOut } from "../../contracts/scoring.ts";
import { type RaisedCondition, scoreEpisodes } from "../../scoring/episodes/match.ts";
import type { RhythmReference } from "../../scoring/episodes/reference.ts";
import { EPISODE_ROWS, type EpisodeRow, tellsOf } from "../../scoring/episodes/rows.ts";
import type { Span } from "../../scoring/episodes/spans.ts";
import type { ReplayedLog } from "./record-log.ts";
import type { ReferenceOf } from "./references.ts";
import { toRecordLog } from "./replay.ts";

/** One record under both policies. */
interface Pair {
  readonly record: string;
  readonly policy: ReplayedLog;
  readonly against: ReplayedLog;
  readonly truth: RhythmReference | null;
}

/**
 * What the second policy changes of what the first would have raised. `replayed`: the logs of both; a record that one of them lacks is
 * in no figure.
 */
export function comparePolicies(
  facts: Pick<PolicyComparison, "policies" | "model">,
  replayed: { readonly policy: readonly ReplayedLog[]; readonly against: readonly ReplayedLog[] },
  references: readonly ReferenceOf[],
  leftOut: readonly LeftOut[],
): PolicyComparison {
  const pairs = replayed.policy.flatMap((policy): Pair[] => {
    const against = replayed.against.find(({ record }) => record === policy.record);
    const truth = references.find(({ record }) => record === policy.record)?.truth ?? null;
    return against ? [{ record: policy.record, policy, against, truth }] : [];
  });
  const hours = pairs.reduce((sum, { policy }) => sum + policy.seconds, 0) / 3600;
  const rate = (isOne: (alarm: Alarm) => boolean): Pick<PolicyComparison["byKind"][number], "count" | "perHour"> => {
    const of = (which: "policy" | "against"): number =>
      pairs.flatMap((pair) => raisedIn(pair[which]).filter(isOne)).length;
    const count = { policy: of("policy"), against: of("against") };
    const [policy, against] = [count.policy / hours, count.against / hours];
    return { count, perHour: { policy, against, difference: against - policy } };
  };
  const compared = new Set(pairs.map(({ record }) => record));
  const looked = references.flatMap(({ record, holdOut }) => (holdOut !== null && compared.has(record) ? holdOut : []));
  return {
    version: 1,
    ...facts,
    hours,
    holdOuts: [...new Set(looked)],
    byPriority: PRIORITIES.map((priority) => ({ priority, ...rate((alarm) => alarm.priority === priority) })),
    byKind: (Object.keys(CONDITION_KINDS) as ConditionKind[])
      .map((kind) => ({ kind, ...rate((alarm) => alarm.kind === kind) }))
      .filter(({ count }) => count.policy + count.against > 0),
    episodes: episodesOf(pairs),
    records: pairs.map(({ record, policy, against, truth }) => ({
      record,
      seconds: policy.seconds,
      isAnnotated: truth !== null,
      alarms: { policy: raisedIn(policy).length, against: raisedIn(against).length },
      differs: JSON.stringify(toRecordLog(policy).alarms) !== JSON.stringify(toRecordLog(against).alarms),
    })),
    ...(leftOut.length > 0 && { leftOut }),
  };
}

/** Each alarm of a log once, as the worst that it became: a pause that goes on is an asystole's alarm. */
function raisedIn({ steps }: ReplayedLog): Alarm[] {
  const alarms: Alarm[] = [];
  for (const { step, alarm } of steps) {
    if (alarm === null) continue;
    const before = step === "rose" ? alarms.findLastIndex(({ id }) => id === alarm.id) : -1;
    if (before >= 0) alarms[before] = alarm;
    else if (step === "raised" || step === "rose") alarms.push(alarm);
  }
  return alarms;
}

function episodesOf(pairs: readonly Pair[]): EpisodeComparison[] {
  const told = pairs.flatMap(({ truth, ...pair }) => (truth === null ? [] : { ...pair, truth }));
  const hasClasses = told.some(({ truth }) => truth.hasClasses);
  return EPISODE_ROWS.flatMap((row) => {
    const among = told.filter(({ truth }) => tellsOf(row, truth, hasClasses));
    const episodes = among.flatMap(({ record, truth, policy, against }) => {
      const other = delaysOf(row, truth, against);
      return delaysOf(row, truth, policy).map(({ from, to, delay }, i) => ({
        record,
        from,
        to,
        delays: { policy: delay, against: other[i].delay },
      }));
    });
    if (episodes.length === 0) return [];
    const missed = (which: "policy" | "against"): number =>
      episodes.filter(({ delays }) => delays[which] === null).length;
    const added = episodes.flatMap(({ delays: { policy, against } }) =>
      policy === null || against === null ? [] : against - policy,
    );
    return {
      name: row.name,
      label: row.label,
      records: among.map(({ record }) => record),
      reference: episodes.length,
      missed: { policy: missed("policy"), against: missed("against") },
      medianDelaySeconds: {
        policy: median(episodes, ({ delays }) => delays.policy) ?? null,
        against: median(episodes, ({ delays }) => delays.against) ?? null,
      },
      addedDelaySeconds: median(added) ?? null,
      changed: episodes.flatMap(({ record, from, to, delays: { policy, against } }) => {
        if ((policy === null) === (against === null)) return [];
        return { record, from, to, missedBy: policy === null ? ("policy" as const) : ("against" as const) };
      }),
    };
  });
}

/** Each annotated episode in order, with the delay of what found it, s; null: nothing did. */
function delaysOf(
  row: EpisodeRow,
  truth: RhythmReference,
  log: ReplayedLog,
): (Span & { readonly delay: number | null })[] {
  const { missed, delays } = scoreEpisodes(row, truth, raisedOf(log));
  const missedFrom = new Set(missed.map(({ from }) => from));
  let found = 0;
  // Where nothing is raised each episode is missed, in order.
  return scoreEpisodes(row, truth, []).missed.map(({ from, to }) => ({
    from,
    to,
    delay: missedFrom.has(from) ? null : delays[found++],
  }));
}

const raisedOf = ({ seconds, conditions }: ReplayedLog): RaisedCondition[] =>
  conditions.map(({ kind, beginSeconds, endSeconds, toldSeconds }) => ({
    kind,
    from: beginSeconds,
    to: endSeconds ?? seconds,
    saidAt: toldSeconds,
  }));
