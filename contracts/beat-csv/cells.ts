import { BEAT_CLASSES } from "../beat.ts";
import { NO_LABEL } from "./format.ts";

/** A value this far outside of 0 to 1 is rounding. */
const ROUNDING = 1e-6;
const SHOWN = 24;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const MISSING = /^[+-]?(nan|na|n\/a|null|none|inf|infinity|\?|-|)$/i;

/** The number that a cell's text is, with a decimal point or comma; NaN for all else. */
export function numberOf(text: string): number {
  const pointed = text.includes(",") ? text.replace(",", ".") : text;
  return NUMBER.test(pointed) ? Number(pointed) : Number.NaN;
}

/** From 0 to 1, but for rounding; false of NaN. */
export const isSample = (value: number): boolean => value >= -ROUNDING && value <= 1 + ROUNDING;

export const isWhole = (text: string): boolean => {
  const value = numberOf(text);
  return Number.isInteger(value) && value >= 0;
};

/** A cell that is no number and does not say either that it has none. */
export const isWord = (text: string): boolean => Number.isNaN(numberOf(text)) && !MISSING.test(text);

/** The class that a cell's text names: 0 to 4 in any form, or a letter of BEAT_CLASSES in either case; -1 for all else. */
export function classOf(text: string): number {
  const letter = BEAT_CLASSES.findIndex((name) => name === text.toUpperCase());
  const label = letter === -1 ? numberOf(text) : letter;
  return Number.isInteger(label) && label >= 0 && label < BEAT_CLASSES.length ? label : NO_LABEL;
}

export const isLabel = (text: string): boolean => text === "" || classOf(text) !== NO_LABEL;

/** A label that can't be a sample. */
export const provesLabel = (text: string): boolean => classOf(text) > 1 || (isWord(text) && isLabel(text));

/** Part of a cell, for a message: short, and without characters that do something. */
export function shown(text: string, quoted = true): string {
  const safe = text.replace(/[\p{C}]/gu, "\uFFFD");
  const part = safe.length > SHOWN ? `${safe.slice(0, SHOWN)}…` : safe;
  return quoted ? `"${part}"` : part;
}
