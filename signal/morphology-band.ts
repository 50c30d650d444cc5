import { CHAIN_RATE_HZ } from "./events.ts";
import { bandPass } from "./filters.ts";

/** Diagnostic shape with the baseline steadied, without the phase tricks that need the future: 0.5–35 Hz. */
export const MORPHOLOGY_BAND = bandPass(2, 0.5, 35, CHAIN_RATE_HZ);
