import { LeadChoice, type SwitchRules } from "../../server/pipeline/bed/lead-choice.ts";
import { createSignalChain } from "../../signal/chain.ts";
import type { ChainEvent } from "../../signal/events.ts";

/** What a lead's chain hears that bears on which lead is heard. */
export function hear(millivolts: Float32Array, rateHz: number): ChainEvent[] {
  const events: ChainEvent[] = [];
  const chain = createSignalChain({ inputRateHz: rateHz });
  chain.push(millivolts, millivolts.length, (event) => {
    if (event.type === "qrs" || event.type === "quality" || event.type === "gap") events.push(event);
  });
  return events;
}

/** R peaks, ascending, and switches of a bed with these two leads, the preferred one first. */
export function choose(
  [preferred, other]: readonly [readonly ChainEvent[], readonly ChainEvent[]],
  rateHz: number,
  rules: SwitchRules,
): { readonly peaks: readonly number[]; readonly switches: number } {
  const peaks: number[] = [];
  let switches = 0;
  const choice = new LeadChoice(rateHz, rules);
  const take = (event: ChainEvent, lead: number): void =>
    choice.take(event, lead, (told) => {
      if (told.type === "qrs") peaks.push(told.sample);
      else if (told.type === "lead") switches++;
    });
  let next = 0;
  for (const event of preferred) {
    while (next < other.length && other[next].decidedAt < event.decidedAt) take(other[next++], 1);
    take(event, 0);
  }
  while (next < other.length) take(other[next++], 1);
  return { peaks: peaks.sort((a, b) => a - b), switches };
}
