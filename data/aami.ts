import type { BeatClass } from "../contracts/beat.ts";

/**
 * WFDB beat symbols by ANSI/AAMI EC57 class (ecgcodes; de Chazal et al. 2004, Table I). MIT-BIH does not use B, n, r and
 * ?: a bundle branch block of no stated side, a supraventricular escape, R-on-T, a beat of the learning period.
 */
const SYMBOLS: Readonly<Record<BeatClass, string>> = { N: "NLRejBn", S: "AaJS", V: "VEr", F: "F", Q: "/fQ?" };

const CLASS_OF = new Map<string, BeatClass>(
  Object.entries(SYMBOLS).flatMap(([name, symbols]) =>
    [...symbols].map((symbol) => [symbol, name as BeatClass] as const),
  ),
);

/** The EC57 class of a WFDB annotation symbol, null where it is no beat's (a rhythm, noise, a waveform onset …). */
export const beatClassOf = (symbol: string): BeatClass | null => CLASS_OF.get(symbol) ?? null;

export const isBeatSymbol = (symbol: string): boolean => CLASS_OF.has(symbol);
