import type { Unmonitored } from "../../contracts/socket.ts";

/** What the page says of a bed that nobody monitors. */
export interface UnmonitoredWords {
  readonly label: string;
  /** On the trace, and behind the label where it is read out. */
  readonly short: string;
  /** What it means, and what to do. */
  readonly long: string;
}

const NOT_MONITORED = "Not monitored";

/** By the reasons of UnmonitoredSchema. */
const WORDS: Readonly<Record<string, UnmonitoredWords>> = {
  refused: {
    label: NOT_MONITORED,
    short: "what it sends is refused",
    long: "What is sent for this bed can't be used and is refused: no beats are read, and no alarm will come. Its sender must be put right; the topic ecg.deadletter.v1 keeps what was refused.",
  },
  "no-worker": {
    label: NOT_MONITORED,
    short: "no worker classifies it",
    long: "Data come, but no worker says anything of them: no beats are read, and no alarm will come. Is a worker running (npm run worker)?",
  },
  "no-frames": {
    label: "No data",
    short: "and no worker says so",
    long: "Its data have stopped, and no worker says so: when they come back, no alarm will come either. Is a worker running (npm run worker)?",
  },
};

/** A reason that this version does not know is given as the gateway put it. */
export function wordsFor({ reason, message }: Pick<Unmonitored, "reason" | "message">): UnmonitoredWords {
  if (Object.hasOwn(WORDS, reason)) return WORDS[reason];
  return { label: NOT_MONITORED, short: message, long: `Nobody monitors this bed: ${message}.` };
}
