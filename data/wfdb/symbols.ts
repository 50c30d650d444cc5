import { BedsideError } from "../../contracts/errors.ts";

/** Annotation codes in order, from 1 (WFDB annot(5), ecgcodes); null where a code has no symbol. */
const SYMBOLS: readonly (string | null)[] =
  'N L R a V F J A S E j / Q ~ - | - s T * D " = p B ^ t + u ? ! [ ] e n @ x f ( ) r'
    .split(" ")
    .map((symbol) => (symbol === "-" ? null : symbol));

const CODES = new Map(SYMBOLS.flatMap((symbol, index) => (symbol === null ? [] : [[symbol, index + 1] as const])));

/** Codes from here on are no annotation's. */
const END_OF_CODES = 50;

/** A code without a symbol is written as its number in brackets. */
export const symbolOf = (code: number): string => SYMBOLS[code - 1] ?? `[${code}]`;

/** Throws BAD_ARGUMENT for a symbol that has no code. */
export function codeOf(symbol: string): number {
  const code = CODES.get(symbol) ?? Number(/^\[(\d+)\]$/.exec(symbol)?.[1]);
  if (!(code > 0 && code < END_OF_CODES)) {
    throw new BedsideError("BAD_ARGUMENT", `no annotation code for the symbol "${symbol}"`);
  }
  return code;
}
