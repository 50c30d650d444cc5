import { BedsideError } from "../contracts/errors.ts";
import type { FrameLead } from "../contracts/frame.ts";
import { millivoltsIn } from "../contracts/voltage.ts";

/** What tells one lead from another before a sample is read. */
export type LeadLabel = Pick<FrameLead, "name" | "unit">;

/** The modified limb lead II, on which the model was trained, and the limb lead itself. */
const MODIFIED_LEAD_II = /^(?:ML|MOD)(?:II|2)$/;
const LEAD_II = /^(?:(?:ECG|EKG|LEAD|L|D)?II|LEAD2|D2)$/;

/** The ECG's other leads: limb, augmented, precordial, modified chest, bipolar chest, Frank's. */
const OTHER_LEAD =
  /^(?:(?:ECG|EKG|LEAD|L|D|ML)?I(?:II)?|(?:LEAD|L|D)[13]|ML(?:V|[13-6])|AV[RLF]|V(?:\d{1,2}R?|[XYZ])?|MCL\d?|C[CMSB]\d|[XYZ])$/;
const ECG = /^(?:ECG|EKG)/;

/**
 * Other signals of monitors and sleep laboratories, which come in mV, or without a unit, now and then: by the begin of a word, or
 * a word that may have a number.
 */
const NO_ECG = new RegExp(
  [
    "^(?:PLETH|PPG|RESP|OXI|PRESS|IMPED|EEG|EMG|EOG|ACCEL|GYR)",
    "^(?:N?I?BP|ABP|ART|AO|CVP|PAP|ICP|CPP|LAP|RAP|RVP|LVP|UAP|UVP|FAP|FEM|IMP|RSP|FLOW|AIRFLOW|NASAL|AWP)\\d*$",
    "^(?:SP?[AV]?O2|SAT|ET?CO2|CO2|PCG|BCG|SCG|ICG|ACC|MIC|SOUND|SNORE|EDA|GSR|TEMP|HR|PULSE|TRIGGER|MARKER)\\d*$",
  ].join("|"),
);

/**
 * Index of the lead to monitor; null where none is an ECG. Only a voltage is one (`millivoltsIn`), and one that is named otherwise
 * (RESP, EEG, ABP without a unit) is not. Of several, lead II by any of its names, MLII before others; else the first that has the
 * name of a lead of the ECG; else the first.
 */
export function pickLead(leads: readonly LeadLabel[]): number | null {
  return ecgLeads(leads).at(0) ?? null;
}

/** Indices of the leads that are an ECG, the one to monitor first, as `pickLead`. */
export function ecgLeads(leads: readonly LeadLabel[]): number[] {
  return leads
    .flatMap((lead, index) => {
      const rank = rankOf(lead);
      return rank === null ? [] : { index, rank };
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ index }) => index);
}

/** What the leads at two indices at most are called, told apart: a lead without a name, or with the other's, by its place from 1 on. */
export function distinctNames(leads: readonly LeadLabel[], [first, ...others]: readonly number[]): string[] {
  const nameOf = (index: number): string => leads[index].name || `lead ${index + 1}`;
  const name = nameOf(first);
  return [name, ...others.map((index) => (nameOf(index) === name ? `${name} (${index + 1})` : nameOf(index)))];
}

/** Index of the lead of a recording to monitor, as `pickLead`. Throws BAD_RECORD where none is an ECG. */
export function monitoredLead({
  name,
  leads,
}: {
  readonly name: string;
  readonly leads: readonly LeadLabel[];
}): number {
  const index = pickLead(leads);
  if (index === null) throw new BedsideError("BAD_RECORD", `record ${name}: ${withoutEcg(leads)}`);
  return index;
}

/** What to say where `pickLead` finds none. */
export function withoutEcg(leads: readonly LeadLabel[]): string {
  const named = leads.map(({ name, unit }) => `${name} (${unit === "" ? "mV" : unit})`).join(", ");
  return `none of its leads is an ECG in a unit of voltage: ${named}; correct name or unit (mV, uV, V) if one is`;
}

/** The lower the better. */
function rankOf({ name, unit }: LeadLabel): number | null {
  if (millivoltsIn(unit) === null) return null;
  const words = wordsOf(name);
  const some = (pattern: RegExp): boolean => words.some((word) => pattern.test(word));
  if (some(NO_ECG)) return some(ECG) ? 4 : null;
  if (some(OTHER_LEAD)) return 2;
  if (some(MODIFIED_LEAD_II)) return 0;
  if (some(LEAD_II)) return 1;
  return some(ECG) ? 2 : 3;
}

/** The words of a name in capitals; "Lead 2" and "ML II" are one word each, as is "mod.II". LL against RA is lead II. */
function wordsOf(name: string): readonly string[] {
  const spelt = name
    .normalize("NFKC")
    .toUpperCase()
    .replace(/(?<![\p{L}\p{N}])LL[^\p{L}\p{N}]+RA(?![\p{L}\p{N}])/gu, "II")
    .replace(/(?<![\p{L}\p{N}])(LEAD|ML|MOD|D)[^\p{L}\p{N}]+(I{1,3}|[123])(?![\p{L}\p{N}])/gu, "$1$2");
  return spelt.match(/[\p{L}\p{N}]+/gu) ?? [];
}
