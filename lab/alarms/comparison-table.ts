import type { PolicyComparison } from "../../contracts/policy-comparison.ts";
import { decimals } from "../../kit/figures.ts";
import { alignRight } from "../../scoring/tables.ts";

type Rate = PolicyComparison["byKind"][number]["perHour"];

/** What one policy changes against another, for people. */
export function comparisonTable(comparison: PolicyComparison): string {
  const { policies, hours, byPriority, byKind, episodes, records } = comparison;
  const annotated = records.filter(({ isAnnotated }) => isAnnotated).length;
  const differing = records.filter(({ differs }) => differs);
  const rates = alignRight([
    ["alarms an hour", "policy", "against", "difference"],
    ...byPriority.map(({ priority, perHour }) => [priority, ...rateCells(perHour)]),
    ...byKind.map(({ kind, perHour }) => [`  ${kind}`, ...rateCells(perHour)]),
  ]);
  const changed = episodes.flatMap(({ label, changed: ones }) =>
    ones.map(
      ({ record, from, to, missedBy }) =>
        `Missed by ${missedBy} alone: ${label}, ${record} at ${from.toFixed(1)}–${to.toFixed(1)} s`,
    ),
  );
  return [
    `policy   ${policies.policy}\nagainst  ${policies.against}\n${records.length} records, ${hours.toFixed(2)} bed-hours`,
    rates,
    annotated === 0 ? "No record has annotations: what is missed can't be told." : episodeTable(comparison, annotated),
    ...(changed.length > 0 ? [changed.join("\n")] : []),
    differing.length === 0
      ? "Alarms are the same in each record."
      : alignRight([
          [`alarms differ in ${differing.length} of ${records.length}`, "policy", "against"],
          ...differing.map(({ record, alarms }) => [record, String(alarms.policy), String(alarms.against)]),
        ]),
  ].join("\n\n");
}

const episodeTable = ({ episodes }: PolicyComparison, annotated: number): string =>
  alignRight([
    [`episodes of ${annotated} annotated`, "in all", "missed", "against", "delay s", "against", "added s"],
    ...episodes
      .filter(({ reference }) => reference > 0)
      .map(({ label, reference, missed, medianDelaySeconds: delay, addedDelaySeconds }) => [
        label,
        String(reference),
        String(missed.policy),
        String(missed.against),
        decimals(delay.policy, 1),
        decimals(delay.against, 1),
        signed(addedDelaySeconds, 1),
      ]),
  ]);

const rateCells = ({ policy, against, difference }: Rate): string[] => [
  policy.toFixed(2),
  against.toFixed(2),
  signed(difference, 2),
];

const signed = (value: number | null, digits: number): string =>
  value !== null && value > 0 ? `+${decimals(value, digits)}` : decimals(value, digits);
