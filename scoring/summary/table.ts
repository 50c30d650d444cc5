import type { FigureSet, Summary } from "../../contracts/scoring.ts";
import type { Interval } from "../bootstrap.ts";
import { SCORED_CLASSES } from "../figures.ts";
import { alignRight, fraction, percent } from "../tables.ts";

/** One set of records every way it is scored, a line each; then the standard's own rules and the calibration. */
export function summaryTable(name: string, summary: Summary): string {
  const { intervals, average, ec57, without232, gate, calibration } = summary;
  const gross = (what: string, { beats }: FigureSet): string[] => [
    what,
    percent(beats.accuracy),
    fraction(beats.macroF1),
    ...SCORED_CLASSES.map((one) => fraction(beats.classes[one].f1)),
  ];
  const table = alignRight([
    [name, "acc. %", "macro-F1", ...SCORED_CLASSES.map((one) => `F1 ${one}`)],
    gross("gross", summary),
    [
      `  ${100 * intervals.level} % over records`,
      between(intervals.accuracy, percent),
      between(intervals.macroF1, fraction),
      ...SCORED_CLASSES.map((one) => between(intervals.classes[one].f1, fraction)),
    ],
    [
      "average of records",
      percent(average.accuracy),
      fraction(average.macroF1),
      ...SCORED_CLASSES.map((one) => fraction(average.classes[one].f1)),
    ],
    gross("from 5:00 (EC57)", ec57),
    ...(without232 ? [gross("without record 232", without232)] : []),
    gross(`where called (${percent(gate.coverage)} %)`, gate.covered),
    gross("nothing rejected", gate.ungated),
  ]);
  const rules = (["V", "S"] as const).map((one) => {
    const { se, ppv, fpr } = ec57.standard[one];
    return `${one} Se ${percent(se)}, +P ${percent(ppv)}, FPR ${percent(fpr)} %`;
  });
  const { all, covered } = calibration;
  return [
    table,
    `By the standard's rules, from 5:00: ${rules.join("; ")}`,
    `Calibration: ECE ${fraction(all.ece)}, Brier ${fraction(all.brier)}; where called ${fraction(covered.ece)}, ${fraction(covered.brier)}`,
  ].join("\n");
}

const between = (interval: Interval | null, text: (value: number) => string): string =>
  interval ? `${text(interval[0])}–${text(interval[1])}` : "–";
