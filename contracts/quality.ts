/*
 * Two things are called quality, both 0 to 1:
 * - `signalQuality`: how clean a stretch of the signal is, a second or a beat's window, as signal/quality judges;
 * - a reading's: how far noise has left the reading of one beat alone, as the model's gate judges (model/gate), or the
 *   signal's over its window where the model has no gate. It is the field `quality` of a beat (ecg.beats.v1), which keeps
 *   its name on the wire, and of a bed, which has its last beat's.
 */

/**
 * Below which quality what happens: the one place of these thresholds. They are part of the alarm policy: its label
 * (contracts/rhythm-policy.ts) changes with them.
 */
export const QUALITY_POLICY = {
  /** Signal: a second of less is noisy. */
  noisySecond: 0.3,
  /** Reading, of a model with a gate: a beat of less is rejected (class Q). The gate's output is shifted to have it here. */
  gatedReading: 0.5,
  /** Reading, of a model without a gate, which is the signal's over the window: a beat of less is rejected. */
  ungatedReading: 0.1,
} as const;
