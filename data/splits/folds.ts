/**
 * `count` folds of `records`, none split: each record is held out once. Each database's records (`database/record`) are dealt out
 * in the order given, so that every fold has its share of each, and the folds depend on nothing else.
 */
export function recordFolds(records: readonly string[], count: number): { train: string[]; heldOut: string[] }[] {
  const dealt = new Map<string, number>();
  const foldOf = records.map((name) => {
    const database = name.slice(0, name.indexOf("/") + 1);
    const index = dealt.get(database) ?? 0;
    dealt.set(database, index + 1);
    return index % count;
  });
  return Array.from({ length: count }, (_, fold) => ({
    train: records.filter((__, index) => foldOf[index] !== fold),
    heldOut: records.filter((__, index) => foldOf[index] === fold),
  }));
}
