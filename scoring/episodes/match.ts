import type { ConditionKind } from "../../contracts/condition.ts";
import type { RhythmReference } from "./reference.ts";
import type { EpisodeRow } from "./rows.ts";
import { durationOf, intersection, type Span, touches, union, without } from "./spans.ts";

/** A condition that the monitor raised: from its onset to its end, and when it was said. Seconds. */
export interface RaisedCondition extends Span {
  readonly kind: ConditionKind;
  readonly saidAt: number;
}

/** What a row counts in one record, or in several together. */
export interface EpisodeCounts {
  /** Scored time, s. */
  readonly seconds: number;
  /** Reference episodes, and those of them that were found. */
  readonly reference: number;
  readonly found: number;
  /** Episodes of the monitor, and those of them that are right. */
  readonly raised: number;
  readonly right: number;
  /** Of the reference's time what the monitor's episodes cover, and of theirs what is right. */
  readonly referenceSeconds: number;
  readonly foundSeconds: number;
  readonly raisedSeconds: number;
  readonly rightSeconds: number;
  /** Second by second: TP, FN, FP, TN. */
  readonly bySecond: readonly [number, number, number, number];
  /** From an episode's begin to when it was said, of those found; 0 where that was before. */
  readonly delays: readonly number[];
}

/** Those of one record, with where the errors are. */
export interface ScoredEpisodes extends EpisodeCounts {
  readonly missed: readonly Span[];
  readonly wrong: readonly Span[];
}

/** Fiducial points may differ by so much (EC57, as WFDB's rxr). */
export const EPISODE_SLACK_SECONDS = 0.15;

/**
 * Scores one row in one record, episode by episode as EC57 and WFDB's epicmp do: an episode of the reference is found where one
 * of the monitor's overlaps it, however briefly, and one of the monitor's is right where it overlaps one of the reference's. What is not scored is cut
 * out of the reference's; an episode of the monitor's that begins there is passed over unless it is right.
 * `skipSeconds`: not scored at the record's begin.
 */
export function scoreEpisodes(
  row: EpisodeRow,
  truth: RhythmReference,
  conditions: readonly RaisedCondition[],
  skipSeconds = 0,
): ScoredEpisodes {
  // Episodes without a pause between them are one.
  const whole = union(row.reference(truth));
  const others = row.unscored ? without(row.unscored(truth), whole) : [];
  const learning = skipSeconds > 0 ? [{ from: 0, to: Math.min(skipSeconds, truth.seconds) }] : [];
  const unscored = union([...truth.unlabelled, ...others, ...learning]).filter(({ from, to }) => to > from);
  const reference = without(whole, unscored);
  const accepted = row.accepted ? without(row.accepted(truth), truth.unlabelled) : reference;
  const own = conditions.filter(({ kind }) => row.kinds.includes(kind));
  const finders = conditions.filter(({ kind }) => [...row.kinds, ...row.containers].includes(kind));

  // What remains of one episode around a hole is one.
  const episodes = whole.flatMap((episode) => {
    const parts = without([episode], unscored);
    return parts.length > 0 ? [parts] : [];
  });
  const findersOf = (parts: readonly Span[]): readonly RaisedCondition[] =>
    finders.filter((finder) => parts.some((part) => touches(part, finder, EPISODE_SLACK_SECONDS)));
  const found = episodes.filter((parts) => findersOf(parts).length > 0);
  const missed = episodes.filter((parts) => !found.includes(parts));
  const delays = found.map((parts) =>
    Math.max(0, Math.min(...findersOf(parts).map(({ saidAt }) => saidAt)) - parts[0].from),
  );

  const raised = union(own).flatMap((span) => {
    const isRight = accepted.some((part) => touches(part, span, EPISODE_SLACK_SECONDS));
    const begin = { from: span.from, to: span.from };
    const passedOver = unscored.some((hole) => touches(hole, begin, EPISODE_SLACK_SECONDS));
    return isRight || !passedOver ? [{ span, isRight }] : [];
  });
  const wrong = raised.filter(({ isRight }) => !isRight);
  const said = without(union(own), unscored);
  const covered = without(union(finders), unscored);
  return {
    seconds: truth.seconds - durationOf(intersection(unscored, [{ from: 0, to: truth.seconds }])),
    reference: episodes.length,
    found: found.length,
    raised: raised.length,
    right: raised.length - wrong.length,
    referenceSeconds: durationOf(reference),
    foundSeconds: durationOf(intersection(reference, covered)),
    raisedSeconds: durationOf(said),
    rightSeconds: durationOf(intersection(reference, said)),
    bySecond: secondBySecond(truth.seconds, reference, said, unscored),
    delays,
    missed: missed.map((parts) => ({ from: parts[0].from, to: parts[parts.length - 1].to })),
    wrong: wrong.map(({ span }) => span),
  };
}

/** Each whole second by what half of it or more is; one that is not scored for as long counts nowhere. */
function secondBySecond(
  seconds: number,
  reference: readonly Span[],
  said: readonly Span[],
  unscored: readonly Span[],
): EpisodeCounts["bySecond"] {
  const [inReference, inSaid, inUnscored] = [reference, said, unscored].map((spans) => shares(spans, seconds));
  const counts: [number, number, number, number] = [0, 0, 0, 0];
  for (let second = 0; second < Math.floor(seconds); second++) {
    if (inUnscored[second] >= 0.5) continue;
    const isReference = inReference[second] >= 0.5;
    const isSaid = inSaid[second] >= 0.5;
    counts[isReference ? (isSaid ? 0 : 1) : isSaid ? 2 : 3]++;
  }
  return counts;
}

/** Of each second, the share that lies in spans that do not overlap. */
function shares(spans: readonly Span[], seconds: number): Float64Array {
  const share = new Float64Array(Math.floor(seconds));
  for (const { from, to } of spans) {
    for (let second = Math.max(0, Math.floor(from)); second < Math.min(share.length, to); second++) {
      share[second] += Math.min(to, second + 1) - Math.max(from, second);
    }
  }
  return share;
}
