import { numberOf, shown } from "../cells.ts";
import { ROW_SAMPLES } from "../format.ts";
import { NONE, type Parts } from "./layout.ts";
import { partOf } from "./names.ts";

/** A number at a name's end, behind the same stem in all of its kind: t0, sample_12, V3, 0.008, "17 ms". */
const NUMBERED = /^(.*?)(\d+(?:[.,]\d+)?)(\D{0,6})$/;
/** Steps between numbers that were rounded differ by so much of their mean. */
const STEP_TOLERANCE = 0.5;

interface Numbered {
  readonly cell: number;
  readonly number: number;
}

/** What a header's names say: the parts; the cells, in their order, that only the rows can tell apart; or a refusal. */
export type Named = { readonly parts: Parts } | { readonly unnamed: readonly number[] } | { readonly refusal: string };

/** A line of names, or of numbers that rise by the same step and stand for names, in place of samples. */
export function isHeader(cells: readonly string[]): boolean {
  const isMissing = (cell: string): boolean => cell === "" || /^[+-]?(nan|inf|infinity)$/i.test(cell);
  const texts = cells.filter((cell) => Number.isNaN(numberOf(cell)) && !isMissing(cell));
  if (2 * texts.length > cells.length) return true;
  const values = cells.map(numberOf);
  const steps = values.map((value, at) => value - values[at - 1]);
  const rising = steps.filter((step) => step > 0).toSorted((a, b) => a - b);
  const usual = rising[rising.length >> 1];
  const even = values.filter((_, at) => Math.abs(steps[at] - usual) <= STEP_TOLERANCE * usual);
  // A ramp of samples does the same, but within 0 to 1.
  return 2 * even.length > cells.length && Math.max(...even) > 1;
}

/** What the columns with these names are. */
export function named(names: readonly string[]): Named {
  const samples = numberedAlike(names);
  const rest = names.map((_, cell) => cell).filter((cell) => !samples.includes(cell));
  const unknown = rest.filter((cell) => partOf(names[cell]) === null);
  const labels = rest.filter((cell) => partOf(names[cell]) === "label");
  if (labels.length > 1) {
    const [a, b] = labels.map((cell) => columnOf(names, cell));
    return { refusal: `${a} and ${b} may both be the label: name the other one id, or delete it` };
  }
  const [labelCell = NONE] = labels;
  const parts = (sampleCells: readonly number[]): Named => ({
    parts: { sampleCells, labelCell, indexCell: NONE, isProven: true },
  });
  if (samples.length === ROW_SAMPLES) {
    if (unknown.length === 0) return parts(samples);
    return { refusal: `${columnOf(names, unknown[0])}, which tells neither label nor id: name it so, or delete it` };
  }
  if (samples.length === ROW_SAMPLES + 1 && unknown.length === 0 && labels.length === 0) return { unnamed: samples };
  const all = samples.length > ROW_SAMPLES ? [] : [...samples, ...unknown].toSorted((a, b) => a - b);
  if (all.length === ROW_SAMPLES && rest.length > unknown.length) return parts(all);
  // Numbers from first to last, or names that say nothing: as if there were no header.
  if (rest.length === unknown.length && names.length <= ROW_SAMPLES + 2)
    return { unnamed: names.map((_, cell) => cell) };
  const count = samples.length > ROW_SAMPLES ? samples.length : all.length;
  return { refusal: `the header names ${count} columns that may be samples, where a row has ${ROW_SAMPLES}` };
}

const columnOf = (names: readonly string[], cell: number): string =>
  `column ${cell + 1} is named ${shown(names[cell])}`;

/** The cells whose names are alike but for a number that rises by one step, in the order of their numbers. */
function numberedAlike(names: readonly string[]): number[] {
  const groups = new Map<string, Numbered[]>();
  names.forEach((name, cell) => {
    const found = NUMBERED.exec(name);
    if (!found) return;
    const stem = `${found[1]}|${found[3]}`.toLowerCase();
    groups.set(stem, [...(groups.get(stem) ?? []), { cell, number: Number(found[2].replace(",", ".")) }]);
  });
  const largest = [...groups.values()].reduce((most, group) => (group.length > most.length ? group : most), []);
  const sorted = largest.toSorted((a, b) => a.number - b.number);
  const step = (sorted[sorted.length - 1]?.number - sorted[0]?.number) / (sorted.length - 1);
  const isEven = sorted.every(({ number }, at) => {
    if (at === 0) return true;
    return Math.abs(number - sorted[at - 1].number - step) <= STEP_TOLERANCE * step;
  });
  return step > 0 && isEven ? sorted.map(({ cell }) => cell) : [];
}
