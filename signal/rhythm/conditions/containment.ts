import { CONDITION_KINDS, type ConditionKind, type ConditionKindInfo } from "../../../contracts/condition.ts";

/** Of each kind, all that it contains, directly or through what it contains, but for itself. */
export const CONTAINED: ReadonlyMap<ConditionKind, ReadonlySet<ConditionKind>> = new Map(
  (Object.keys(CONDITION_KINDS) as ConditionKind[]).map((kind) => [kind, containedIn(kind)]),
);

function containedIn(kind: ConditionKind): Set<ConditionKind> {
  const found = new Set<ConditionKind>();
  const ahead = [kind];
  for (let of = ahead.pop(); of !== undefined; of = ahead.pop()) {
    for (const part of (CONDITION_KINDS[of] as ConditionKindInfo).contains ?? []) {
      if (found.has(part as ConditionKind)) continue;
      found.add(part as ConditionKind);
      ahead.push(part as ConditionKind);
    }
  }
  found.delete(kind);
  return found;
}
