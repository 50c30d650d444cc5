import { CONDITION_KINDS, type ConditionKind } from "../../../contracts/condition.ts";
import { QUALITY_POLICY } from "../../../contracts/quality.ts";
import {
  type PolicyChanges,
  POPULATIONS,
  RhythmLimitsSchema,
  type RhythmLimits,
  type RhythmPolicy,
} from "../../../contracts/rhythm-policy.ts";
import adult from "./adult.json" with { type: "json" };
import { checkChanges, checkFile, checkWhole, fault } from "./faults.ts";
import neonate from "./neonate.json" with { type: "json" };
import paediatric from "./paediatric.json" with { type: "json" };

/** Counts the rules of signal/rhythm: changes whenever equal limits give other conditions. */
const RULES_VERSION = 4;

const FILES: Readonly<Record<PolicyName, unknown>> = { adult, paediatric, neonate };

/** The policies that come with the product, one for each population. */
export const POLICY_NAMES = POPULATIONS;
export type PolicyName = (typeof POLICY_NAMES)[number];

const named = new Map<PolicyName, RhythmPolicy>();

/** The policy that comes with the product under this name. */
export function namedPolicy(name: PolicyName): RhythmPolicy {
  let policy = named.get(name);
  if (!policy) named.set(name, (policy = readPolicy(FILES[name], name)));
  return policy;
}

/** The policy that a parsed file holds. Throws BAD_POLICY, in one line that names `where`, the field and the remedy. */
export function readPolicy(file: unknown, where: string): RhythmPolicy {
  checkFile(file, where);
  const { base, name, version, population, limits, kinds } = file as PolicyChanges &
    Pick<RhythmPolicy, "name" | "version" | "population"> & { readonly base?: PolicyName };
  const under = base && namedPolicy(base);
  return whole(
    {
      name,
      version,
      population,
      limits: { ...under?.limits, ...limits } as RhythmLimits,
      kinds: kindsWith(under?.kinds ?? CONDITION_KINDS_POLICY, kinds),
    },
    where,
  );
}

/** A policy with changes, for itself as a bed's. Throws BAD_POLICY. */
export function changedPolicy(policy: RhythmPolicy, changes: PolicyChanges, where: string): RhythmPolicy {
  checkChanges(changes, where);
  return whole(
    { ...policy, limits: { ...policy.limits, ...changes.limits }, kinds: kindsWith(policy.kinds, changes.kinds) },
    where,
  );
}

function whole(policy: Omit<RhythmPolicy, "label">, where: string): RhythmPolicy {
  for (const name of Object.keys(RhythmLimitsSchema.properties)) {
    if (!Object.hasOwn(policy.limits, name)) {
      throw fault(where, `limits.${name} is missing: give it, or a base, one of ${POLICY_NAMES.join(", ")}`);
    }
  }
  checkWhole(policy, where);
  return { ...policy, label: label(policy) };
}

type Kinds = RhythmPolicy["kinds"];

const CONDITION_KINDS_POLICY = Object.fromEntries(
  Object.entries(CONDITION_KINDS).map(([kind, { priority }]) => [kind, { priority, enabled: true }]),
) as Kinds;

const kindsWith = (kinds: Kinds, changes: PolicyChanges["kinds"] = {}): Kinds =>
  Object.fromEntries(
    Object.entries(kinds).map(([kind, policy]) => [kind, { ...policy, ...changes[kind as ConditionKind] }]),
  ) as Kinds;

function label({ name, version, limits, kinds }: Omit<RhythmPolicy, "label">): string {
  const decides = [RULES_VERSION, sorted(limits), Object.entries(kinds).map(([kind, of]) => [kind, sorted(of)])];
  return `${name}-${version}:${hash(JSON.stringify([...decides, sorted(QUALITY_POLICY)]))}`;
}

const sorted = (object: object): [string, unknown][] => Object.entries(object).toSorted(([a], [b]) => (a < b ? -1 : 1));

/** FNV-1a of 64 bits (Fowler, Noll, Vo; RFC 9923) over the text's UTF-16 code units, 16 hex digits. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) {
    value = BigInt.asUintN(64, (value ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  }
  return value.toString(16).padStart(16, "0");
}
