/** The modified limb lead II, on which the model was trained, and what comes near it. */
const PREFERRED_LEADS: readonly string[] = ["MLII", "II", "ML2", "LEAD II"];

/** Index of the lead to monitor: the first preferred one there is, else the first lead. */
export function pickLead(names: readonly string[]): number {
  const upper = names.map((name) => name.toUpperCase());
  for (const preferred of PREFERRED_LEADS) {
    const index = upper.indexOf(preferred);
    if (index >= 0) return index;
  }
  return 0;
}
