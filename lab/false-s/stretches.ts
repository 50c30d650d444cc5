import type { Stretch } from "../../scoring/reference.ts";

const FIBRILLATION: readonly string[] = ["(AFIB", "(AFL"];

/**
 * Where a record is in atrial fibrillation or flutter, by its rhythm annotations (`+`): each lasts to the next one, the last to the
 * record's end, `length` samples. `to` is the last sample within.
 */
export function fibrillationOf(
  annotations: readonly { readonly sample: number; readonly symbol: string; readonly aux: string }[],
  length: number,
): Stretch[] {
  const rhythms = annotations.filter(({ symbol }) => symbol === "+").toSorted((a, b) => a.sample - b.sample);
  return rhythms.flatMap(({ sample, aux }, i) => {
    const end = rhythms[i + 1]?.sample ?? length;
    const isOne = FIBRILLATION.includes(aux.replace(/\0+$/, "").trim());
    return isOne && end > sample ? [{ from: sample, to: end - 1 }] : [];
  });
}
