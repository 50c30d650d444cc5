import { msg, str } from "@lit/localize";
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
  const means = msg("How fast the samples' own time passes against this screen's clock, over the last 20 s of frames.");
  const fact = (words: string, isBad = false): Fact => ({ name: "pace", words, isBad, means });
  switch (pace) {
    case "real-time":
      return fact(msg("real time"));
    case "replay":
      return fact(msg(str`replay × ${twoDigits(factor ?? 1)}`));
    case "slow":
      return fact(msg(str`slowed × ${twoDigits(factor ?? 1)}`), true);
    case "mixed":
      return fact(msg("beds at different speeds"), true);
    case "unknown":
      return fact(msg("speed not known yet"));
  }
}

function behindFact({ behindMs, ahead, uncertaintyMs }: FeedTruth): Fact {
  const known = msg(
    str`The server's clock is known here to within ${seconds(uncertaintyMs)} s, in which the figure may be too high.`,
  );
  const means = `${msg("From when a sample was sent, by its sender's clock, to when it is drawn, by the server's; the worst of all beds.")} ${known}`;
  const fact = (words: string, isBad = false): Fact => ({ name: "behind", words, isBad, means });
  if (ahead)
    return fact(msg(str`delay unknown: ${ahead.bed}'s sender has a clock ${seconds(ahead.value)} s ahead`), true);
  if (!behindMs) return fact(msg("delay not known yet"));
  const delay = seconds(behindMs.value);
  const words =
    uncertaintyMs > TRUTH_LIMITS.behindMs / 4 ? msg(str`up to ${delay} s behind`) : msg(str`${delay} s behind`);
  return fact(`${of(behindMs)}${words}`, behindMs.bed !== null);
}

function lostFact({ lost }: FeedTruth): Fact {
  const means = msg("Samples of the last minute that never came, or came too late to be drawn; the worst of all beds.");
  if (!lost) return { name: "lost", words: msg("loss not known yet"), isBad: false, means };
  return {
    name: "lost",
    words: `${of(lost)}${msg(str`${percent(lost.value)} % lost`)}`,
    isBad: lost.bed !== null,
    means,
  };
}

const UNCHECKED: Readonly<Record<UncheckedReason, () => string>> = {
  "no-model": () => msg("the server names no model"),
  "no-share": () => msg("it has no gate"),
  "another-model": () => msg("beats are of another model"),
  "few-beats": () => msg("too few beats yet"),
};

export function modelFact(trust: ModelTrust): Fact {
  const means = msg(
    "Whether the model rejects more of the last five minutes' beats than three times its share of sound beats of patients it had not seen. It does not say that each class is right.",
  );
  const fact = (words: string, isBad: boolean): Fact => ({ name: "model", words, isBad, means });
  switch (trust.verdict) {
    case "trusted":
      return fact(
        trust.checked < trust.beds
          ? msg(str`model trusted, ${trust.checked} of ${trust.beds} beds`)
          : msg("model trusted"),
        false,
      );
    case "doubted":
      return fact(msg(str`model doubted: ${trust.bed}, ${Math.round(100 * trust.rejected)} % rejected`), true);
    case "unchecked":
      return fact(msg(str`model not checked: ${UNCHECKED[trust.reason]()}`), trust.reason !== "few-beats");
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
