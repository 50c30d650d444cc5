/** A part of a whole; null where there is no whole to divide by. */
export const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

/** What stands where a figure was not measured or can't be told. */
const UNKNOWN = "–";

/** As English has it, unless the one who shows figures says otherwise. */
let language = "en-GB";
let point = ".";

/** From here on figures are written as this language (a BCP 47 tag) does. */
export function writeFiguresIn(tag: string): void {
  language = tag;
  point = (0.5).toLocaleString(tag).replaceAll(/\d/g, "");
}

type Figure = number | null | undefined;

/** A fraction as "93.4 %". */
export const percent = (fraction: Figure, digits = 1): string =>
  fraction === null || fraction === undefined ? UNKNOWN : `${percentFigure(fraction, digits)} %`;

/** A fraction as "93.40": in per cent, for a column whose head has the sign. */
export const percentFigure = (fraction: Figure, digits = 2): string => decimals(fraction && 100 * fraction, digits);

/** A number with so many decimals. */
export const decimals = (value: Figure, digits: number): string =>
  value === null || value === undefined ? UNKNOWN : value.toFixed(digits).replace(".", point);

/** A count as "12,345". */
export const grouped = (count: number): string => count.toLocaleString(language);
