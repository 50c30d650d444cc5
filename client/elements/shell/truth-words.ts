import type { ModelTrust, UncheckedReason } from "../../ward/model-trust.ts";
import type { FeedTruth, Worst } from "../../ward/feed-truth.ts";
import { TRUTH_LIMITS } from "../../ward/feed-truth.ts";

/** One figure of the strip. */
export interface Fact {
  readonly name: "pace" | "behind" | "lost" | "model";
  readonly words: string;
  /** It is not as it should be. */
  readonly isBad: boolean;
  /** How it is measured, and how far that can be trusted. */
  readonly means: string;
}

export const feedFacts = (truth: FeedTruth): readonly Fact[] => [paceFact(truth), behindFact(truth), lostFact(truth)];

function paceFact({ pace, factor }: FeedTruth): Fact {
  const means = "How fast the samples' own time passes against this screen's clock, over the last 20 s of frames.";
  const fact = (words: string, isBad = false): Fact => ({ name: "pace", words, isBad, means });
  switch (pace) {
    case "real-time":
      return fact("real time");
    case "replay":
      return fact(`replay × ${twoDigits(factor ?? 1)}`);
    case "slow":
      return fact(`slowed × ${twoDigits(factor ?? 1)}`, true);
    case "mixed":
      return fact("beds at different speeds", true);
    case "unknown":
      return fact("speed not known yet");
  }
}

function behindFact({ behindMs, ahead, uncertaintyMs }: FeedTruth): Fact {
  const known = `The server's clock is known here to within ${seconds(uncertaintyMs)} s, in which the figure may be too high.`;
  const means = `From when a sample was sent, by its sender's clock, to when it is drawn, by the server's; the worst of all beds. ${known}`;
  const fact = (words: string, isBad = false): Fact => ({ name: "behind", words, isBad, means });
  if (ahead) return fact(`delay unknown: ${ahead.bed}'s sender has a clock ${seconds(ahead.value)} s ahead`, true);
  if (!behindMs) return fact("delay not known yet");
  const most = uncertaintyMs > TRUTH_LIMITS.behindMs / 4 ? "up to " : "";
  return fact(`${of(behindMs)}${most}${seconds(behindMs.value)} s behind`, behindMs.bed !== null);
}

function lostFact({ lost }: FeedTruth): Fact {
  const means = "Samples of the last minute that never came, or came too late to be drawn; the worst of all beds.";
  if (!lost) return { name: "lost", words: "loss not known yet", isBad: false, means };
  return { name: "lost", words: `${of(lost)}${percent(lost.value)} % lost`, isBad: lost.bed !== null, means };
}

const UNCHECKED: Readonly<Record<UncheckedReason, string>> = {
  "no-model": "the server names no model",
  "no-share": "it has no gate",
  "another-model": "beats are of another model",
  "few-beats": "too few beats yet",
};

export function modelFact(trust: ModelTrust): Fact {
  const means =
    "Whether the model rejects more of the last five minutes' beats than three times its share of sound beats of patients it had not seen. It does not say that each class is right.";
  const fact = (words: string, isBad: boolean): Fact => ({ name: "model", words, isBad, means });
  switch (trust.verdict) {
    case "trusted":
      return fact(
        `model trusted${trust.checked < trust.beds ? `, ${trust.checked} of ${trust.beds} beds` : ""}`,
        false,
      );
    case "doubted":
      return fact(`model doubted: ${trust.bed}, ${Math.round(100 * trust.rejected)} % rejected`, true);
    case "unchecked":
      return fact(`model not checked: ${UNCHECKED[trust.reason]}`, trust.reason !== "few-beats");
  }
}

const of = ({ bed }: Worst): string => (bed === null ? "" : `${bed} `);

const seconds = (ms: number): string => (ms / 1000).toFixed(1);

/** Never 0.0 where something was lost. */
function percent(share: number): string {
  const value = 100 * share;
  if (value > 0 && value < 0.05) return "< 0.1";
  return value >= 10 ? value.toFixed(0) : value.toFixed(1);
}

/** 8, 1.5, 0.83. */
const twoDigits = (value: number): string => String(Number(value.toPrecision(2)));
