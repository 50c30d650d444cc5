import { msg, str } from "@lit/localize";
import type { Unmonitored } from "../../contracts/socket.ts";

/** What the page says of a bed that nobody monitors. */
export interface UnmonitoredWords {
  readonly label: string;
  /** On the trace, and behind the label where it is read out. */
  readonly short: string;
  /** What it means, and what to do. */
  readonly long: string;
}

const notMonitored = (): string => msg("Not monitored");

/** By the reasons of UnmonitoredSchema. */
const WORDS: Readonly<Record<string, () => UnmonitoredWords>> = {
  refused: () => ({
    label: notMonitored(),
    short: msg("what it sends is refused"),
    long: msg(
      "What is sent for this bed can't be used and is refused: no beats are read, and no alarm will come. Its sender must be put right; the topic ecg.deadletter.v1 keeps what was refused.",
    ),
  }),
  "no-worker": () => ({
    label: notMonitored(),
    short: msg("no worker classifies it"),
    long: msg(
      "Data come, but no worker says anything of them: no beats are read, and no alarm will come. Is a worker running (npm run worker)?",
    ),
  }),
  "no-frames": () => ({
    label: msg("No data"),
    short: msg("and no worker says so"),
    long: msg(
      "Its data have stopped, and no worker says so: when they come back, no alarm will come either. Is a worker running (npm run worker)?",
    ),
  }),
};

/** A reason that this version does not know is given as the gateway put it. */
export function wordsFor({ reason, message }: Pick<Unmonitored, "reason" | "message">): UnmonitoredWords {
  if (Object.hasOwn(WORDS, reason)) return WORDS[reason]();
  return { label: notMonitored(), short: message, long: msg(str`Nobody monitors this bed: ${message}.`) };
}
