import { BedsideError } from "../../../contracts/errors.ts";
import { type Frame, frameEnd } from "../../../contracts/frame.ts";
import { listed, quoted } from "../../../contracts/words.ts";
import type { LeadLabel } from "../../../signal/leads.ts";

const DAY_SECONDS = 86_400;

/** What a frame of an epoch under way must agree with. */
export interface Agreed {
  readonly samplingRateHz: number;
  readonly labels: readonly LeadLabel[];
  /** Index of the sample that comes next. */
  readonly position: number;
}

/** What a frame contradicts its epoch in; null where it does not. */
export function contradiction({ firstSample, samplingRateHz, leads }: Frame, epoch: Agreed): string | null {
  const { labels } = epoch;
  let same = leads.length === labels.length;
  for (let i = 0; same && i < leads.length; i++) {
    same = leads[i].name === labels[i].name && leads[i].unit === labels[i].unit;
  }
  if (!same) return otherLeads(leads, labels);
  if (samplingRateHz !== epoch.samplingRateHz) {
    return `samplingRateHz is ${samplingRateHz}, the epoch began with ${epoch.samplingRateHz}`;
  }
  return tooFarAhead(firstSample, epoch.position, samplingRateHz);
}

function otherLeads(leads: readonly LeadLabel[], labels: readonly LeadLabel[]): string {
  const changed = leads.find(({ unit }, index) => unit !== labels[index]?.unit);
  const sameNames = leads.length === labels.length && leads.every(({ name }, index) => name === labels[index].name);
  if (sameNames && changed) return `the unit of lead ${changed.name} has become ${quoted(changed.unit)}`;
  const [names, begun] = [leads, labels].map((some) => listed(some.map(({ name }) => name)));
  return `leads are ${names}, the epoch began with ${begun}`;
}

/** What is wrong with a jump from one index to another; null where it is not beyond 24 h. */
export function tooFarAhead(firstSample: number, position: number, samplingRateHz: number): string | null {
  const seconds = (firstSample - position) / samplingRateHz;
  if (seconds <= DAY_SECONDS) return null;
  const hours = (seconds / 3600).toFixed(1);
  return `firstSample is ${firstSample}, ${hours} h ahead of the epoch's ${position}: begin another epoch`;
}

/** Whether the frame's signal was there when it was produced, by a day at the most: who sees an epoch's first frame can judge no more. */
export const isPlausible = (frame: Frame): boolean =>
  frame.epochStartMs + (frameEnd(frame) / frame.samplingRateHz) * 1000 - frame.producedAtMs <= DAY_SECONDS * 1000;

export const badFrame = ({ sequence, bed, epoch }: Frame, what: string): BedsideError =>
  new BedsideError("BAD_FRAME", `frame ${sequence} of bed ${bed}, epoch ${epoch}: ${what}`);
