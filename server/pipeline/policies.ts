import { readFile } from "node:fs/promises";
import path from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import type { PolicyChanges, RhythmPolicy } from "../../contracts/rhythm-policy.ts";
import { isIdentifier } from "../../contracts/schema.ts";
import { quoted } from "../../contracts/words.ts";
import {
  changedPolicy,
  namedPolicy,
  POLICY_NAMES,
  type PolicyName,
  readPolicy,
} from "../../signal/rhythm/policy/policy.ts";
import type { Config } from "../config.ts";

/** What the file of POLICY_BEDS has for a bed. */
const BED_FIELDS = ["policy", "limits", "kinds"];

/** The policy of a name or a file. Throws BAD_POLICY, in one line that names the file, the field and the remedy. */
export async function openPolicy(nameOrFile: string): Promise<RhythmPolicy> {
  if (POLICY_NAMES.includes(nameOrFile as PolicyName)) return namedPolicy(nameOrFile as PolicyName);
  return readPolicy(await readJson(nameOrFile, `neither one of ${POLICY_NAMES.join(", ")} nor a file`), nameOrFile);
}

/** The policy of each bed, as POLICY and POLICY_BEDS have it. Throws BAD_POLICY. */
export async function openPolicies(
  config: Pick<Config, "POLICY" | "POLICY_BEDS">,
): Promise<(bed: string) => RhythmPolicy> {
  const usual = await openPolicy(config.POLICY);
  const ofBeds = config.POLICY_BEDS ? await openBeds(config.POLICY_BEDS, usual) : new Map<string, RhythmPolicy>();
  return (bed) => ofBeds.get(bed) ?? usual;
}

async function openBeds(file: string, usual: RhythmPolicy): Promise<Map<string, RhythmPolicy>> {
  const { beds, ...others } = objectIn(await readJson(file, "not a file"), file, "it");
  for (const name of Object.keys(others)) throw fault(file, `${quoted(name)} is not known, only beds`);
  const found = new Map<string, RhythmPolicy>();
  for (const [bed, given] of Object.entries(objectIn(beds, file, "beds"))) {
    const where = `beds.${bed}`;
    if (!isIdentifier(bed)) throw fault(file, `beds has ${quoted(bed)}, which is no name of a bed`);
    const { policy, ...changes } = objectIn(given, file, where);
    for (const name of Object.keys(changes)) {
      if (!BED_FIELDS.includes(name)) throw fault(file, `${where}.${name} is not known, only ${BED_FIELDS.join(", ")}`);
    }
    if (policy !== undefined && typeof policy !== "string") {
      throw fault(file, `${where}.policy must be ${POLICY_NAMES.join(", ")} or a file beside this one`);
    }
    const own = policy === undefined ? usual : await openPolicy(besides(file, policy));
    found.set(bed, changedPolicy(own, changes as PolicyChanges, `${file}, ${where}`));
  }
  return found;
}

/** A file's name is meant from the folder of the file that it stands in. */
const besides = (file: string, policy: string): string =>
  POLICY_NAMES.includes(policy as PolicyName) ? policy : path.resolve(path.dirname(file), policy);

const fault = (file: string, what: string): BedsideError => new BedsideError("BAD_POLICY", `${file}: ${what}`);

function objectIn(value: unknown, file: string, where: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw fault(file, `${where} must be an object`);
}

async function readJson(file: string, where: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    throw new BedsideError("BAD_POLICY", `alarm policy ${quoted(file)} is ${where} that can be read`, { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BedsideError("BAD_POLICY", `alarm policy ${quoted(file)} is not JSON`, { cause });
  }
}
