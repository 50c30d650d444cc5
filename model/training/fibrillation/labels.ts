import type { ChallengeAlarm } from "../../../data/challenge/alarms.ts";
import { CHALLENGE_ALARM_SECONDS } from "../../../data/challenge/alarms.ts";
import type { WfdbAnnotation } from "../../../data/wfdb/annotations.ts";

/** Of a second and what came before it: fibrillation, none of it, tachycardia (by its rate), or nothing that can be said. */
export type SecondLabel = "fibrillation" | "tachycardia" | "other" | "unsaid";
export type LabelSeconds = (endS: number) => SecondLabel;

/** A second is judged with so many before it; where these hold two rhythms nothing is said. */
const CONTEXT_SECONDS = 5;
const STEP_SECONDS = 0.5;
/** An alarm that is true has its cause in the 10 s before it. */
const CAUSE_SECONDS = 10;
const AFTER_SECONDS = 2;

const FIBRILLATION = /^\((?:VF|VFL|VFIB)$/;
const TACHYCARDIA = /^\(VT$/;
const NOISE = /^\(NOISE$/;

interface Change {
  readonly atS: number;
  readonly label: SecondLabel | "noise";
}

/**
 * By the annotators of a database: rhythms (`+`), and fibrillation's begin and end (`[` `]`). Noise is none of it, but beside
 * fibrillation or tachycardia, which may go on in it, says nothing.
 */
export function annotatedSeconds(annotations: readonly WfdbAnnotation[], samplingRateHz: number): LabelSeconds {
  const changes = annotations.flatMap(({ sample, symbol, aux }): Change[] => {
    const atS = sample / samplingRateHz;
    if (symbol === "[") return [{ atS, label: "fibrillation" }];
    if (symbol === "]") return [{ atS, label: "other" }];
    return symbol === "+" ? [{ atS, label: rhythmLabel(aux) }] : [];
  });
  const hides = (change?: Change): boolean => change?.label === "fibrillation" || change?.label === "tachycardia";
  const told = changes.map(({ atS, label }, i): { atS: number; label: SecondLabel } => {
    if (label !== "noise") return { atS, label };
    return { atS, label: hides(changes[i - 1]) || hides(changes[i + 1]) ? "unsaid" : "other" };
  });
  const labelAt = (atS: number): SecondLabel => told.findLast((change) => change.atS <= atS)?.label ?? "other";
  return (endS) => {
    const label = labelAt(endS - STEP_SECONDS);
    for (let back = 0; back < CONTEXT_SECONDS; back += STEP_SECONDS) {
      if (labelAt(endS - back) !== label) return "unsaid";
    }
    return label;
  };
}

function rhythmLabel(aux: string): Change["label"] {
  const name = aux.replaceAll("\0", "").trim();
  if (NOISE.test(name)) return "noise";
  if (FIBRILLATION.test(name)) return "fibrillation";
  return TACHYCARDIA.test(name) ? "tachycardia" : "other";
}

/**
 * By the label of a bedside monitor's alarm: a true one of fibrillation tells of the seconds around it, one of ventricular tachycardia of
 * nothing; every other recording is taken for one without fibrillation.
 */
export function alarmedSeconds({ kind, isTrue }: Pick<ChallengeAlarm, "kind" | "isTrue">): LabelSeconds {
  if (!isTrue || !kind.startsWith("Ventricular")) return () => "other";
  if (kind !== "Ventricular_Flutter_Fib") return () => "unsaid";
  return (endS) =>
    endS >= CHALLENGE_ALARM_SECONDS - CAUSE_SECONDS && endS <= CHALLENGE_ALARM_SECONDS + AFTER_SECONDS
      ? "fibrillation"
      : "unsaid";
}
