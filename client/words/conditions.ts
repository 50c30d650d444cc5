import { msg } from "@lit/localize";
import type { AlarmStep } from "../../contracts/alarm.ts";
import { type ConditionKind, conditionKind, type ConditionSubject, type Priority } from "../../contracts/condition.ts";

interface Words {
  readonly label: string;
  /** Where there is room for a few letters alone; none: the label. */
  readonly short?: string;
}

/** As contracts/condition.ts has them, in the page's language. */
const WORDS: Readonly<Record<ConditionKind, () => Words>> = {
  asystole: () => ({ label: msg("Asystole") }),
  "ventricular-fibrillation": () => ({ label: msg("Ventricular fibrillation"), short: msg("VF") }),
  "ventricular-tachycardia": () => ({ label: msg("Ventricular tachycardia"), short: msg("VT") }),
  "extreme-bradycardia": () => ({ label: msg("Extreme bradycardia"), short: msg("Ext. brady") }),
  "extreme-tachycardia": () => ({ label: msg("Extreme tachycardia"), short: msg("Ext. tachy") }),
  "ventricular-run": () => ({ label: msg("Ventricular run"), short: msg("V run") }),
  "ventricular-rhythm": () => ({ label: msg("Ventricular rhythm"), short: msg("V rhythm") }),
  pause: () => ({ label: msg("Pause") }),
  "atrial-fibrillation": () => ({ label: msg("Atrial fibrillation"), short: msg("AF") }),
  "supraventricular-tachycardia": () => ({ label: msg("Supraventricular tachycardia"), short: msg("SVT") }),
  bradycardia: () => ({ label: msg("Bradycardia"), short: msg("Brady") }),
  tachycardia: () => ({ label: msg("Tachycardia"), short: msg("Tachy") }),
  "r-on-t": () => ({ label: msg("R-on-T") }),
  couplet: () => ({ label: msg("Couplet") }),
  bigeminy: () => ({ label: msg("Bigeminy") }),
  trigeminy: () => ({ label: msg("Trigeminy") }),
  "frequent-pvcs": () => ({ label: msg("Frequent PVCs"), short: msg("PVCs") }),
  "missed-beat": () => ({ label: msg("Missed beat") }),
  "irregular-rhythm": () => ({ label: msg("Irregular rhythm"), short: msg("Irregular") }),
  "lead-off": () => ({ label: msg("Lead off") }),
  "noisy-signal": () => ({ label: msg("Noisy signal"), short: msg("Noisy") }),
  "signal-suspect": () => ({ label: msg("Gain or polarity suspect"), short: msg("Gain?") }),
  "no-data": () => ({ label: msg("No data") }),
};

/** Of a kind that this version does not know, as the contract makes words of its name. */
const wordsOf = (kind: string): Words =>
  Object.hasOwn(WORDS, kind) ? WORDS[kind as ConditionKind]() : conditionKind(kind);

const withLead = (words: string, lead: string): string => (lead === "" ? words : `${words}: ${lead}`);

/** In words, e.g. "Asystole" or "Lead off: MLII". */
export const conditionWords = ({ kind, lead }: ConditionSubject): string => withLead(wordsOf(kind).label, lead);

/** The same in a few letters, e.g. "VT" or "Lead off: MLII". */
export function conditionShort({ kind, lead }: ConditionSubject): string {
  const { label, short = label } = wordsOf(kind);
  return withLead(short, lead);
}

const PRIORITIES: Readonly<Record<Priority, () => Required<Words>>> = {
  high: () => ({ label: msg("high priority"), short: msg("high") }),
  medium: () => ({ label: msg("medium priority"), short: msg("medium") }),
  low: () => ({ label: msg("low priority"), short: msg("low") }),
};

/** "high priority" */
export const priorityWords = (priority: Priority): string => PRIORITIES[priority]().label;

/** "high" */
export const priorityShort = (priority: Priority): string => PRIORITIES[priority]().short;

const STEPS: Readonly<Record<AlarmStep, () => string>> = {
  raised: () => msg("raised"),
  rose: () => msg("rose"),
  ended: () => msg("ended"),
  latched: () => msg("latched"),
  acknowledged: () => msg("acknowledged"),
  silenced: () => msg("silenced"),
  paused: () => msg("paused"),
  resounded: () => msg("sounds again"),
  reminded: () => msg("reminded"),
  escalated: () => msg("escalated"),
  cleared: () => msg("cleared"),
  refused: () => msg("refused"),
  unsilenced: () => msg("silence over"),
  resumed: () => msg("pause over"),
};

/** A step of an alarm, e.g. "raised". */
export const stepWords = (step: AlarmStep): string => STEPS[step]();
