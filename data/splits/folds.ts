/**
 * `count` folds of `records`, none split: each record is held out once. Records are dealt out in the order given, so
 * the folds depend on nothing else.
 */
export function recordFolds(records: readonly string[], count: number): { train: string[]; heldOut: string[] }[] {
  return Array.from({ length: count }, (_, fold) => ({
    train: records.filter((__, index) => index % count !== fold),
    heldOut: records.filter((__, index) => index % count === fold),
  }));
}
