import { readFileSync } from "node:fs";
import { type Static, Type } from "typebox";
import { Compile } from "typebox/compile";
import { BedsideError } from "../../contracts/errors.ts";
import type { Immutable } from "../../contracts/schema.ts";

/** From nothing to all that holds an alarm behind its condition's end. */
const LATCHES = ["none", "status-line", "sound-and-text"] as const;
const latch = Type.Enum([...LATCHES]);
const seconds = (minimum: number, maximum: number) => Type.Number({ minimum, maximum });

/** How alarms are shown and sound. Its numbers have ranges, so that no file can make alarms silent for good. */
export const PresentationPolicySchema = Type.Object(
  {
    version: Type.String({ minLength: 1, maxLength: 64 }),
    latching: Type.Object(
      { high: latch, medium: latch, low: latch, technical: latch },
      {
        additionalProperties: false,
        description: "what is left of an alarm nobody has acknowledged when its condition has ended",
      },
    ),
    shownSeconds: seconds(5, 60),
    silenceSeconds: seconds(10, 120),
    pauseSeconds: seconds(10, 300),
    reminderSeconds: seconds(10, 600),
    escalateAfterSeconds: Type.Object(
      { high: seconds(10, 3600), medium: seconds(10, 3600), low: seconds(10, 3600) },
      {
        additionalProperties: false,
        description: "without acknowledgement: low becomes medium, others are told at a second station",
      },
    ),
    confirmSeconds: Type.Number({
      minimum: 15,
      maximum: 600,
      description: "after a worker's death: until the next one has said again that a condition is open",
    }),
  },
  { $id: "PresentationPolicy", additionalProperties: false },
);
export type PresentationPolicy = Immutable<Static<typeof PresentationPolicySchema>>;

const compiled = Compile(PresentationPolicySchema);

/** `value` as a policy. Throws BAD_CONFIG that names the field at fault, `place`, and what it may be. */
export function presentationPolicy(value: unknown, place: string): PresentationPolicy {
  const fail = (what: string): never => {
    throw new BedsideError("BAD_CONFIG", `presentation policy ${place}: ${what}`);
  };
  if (!compiled.Check(value)) {
    const [first] = compiled.Errors(value);
    return fail(`${first?.instancePath.slice(1).replaceAll("/", ".") || "it"} ${first?.message ?? "is wrong"}`);
  }
  const { latching, silenceSeconds, pauseSeconds, reminderSeconds, escalateAfterSeconds: after } = value;
  const rank = (one: (typeof LATCHES)[number]): number => LATCHES.indexOf(one);
  if (latching.high === "none") fail('latching.high is "none": an alarm of high priority must outlast its condition');
  if (rank(latching.medium) > rank(latching.high) || rank(latching.low) > rank(latching.medium)) {
    fail("latching holds a lower priority longer than a higher one");
  }
  if (after.high > after.medium || after.medium > after.low) {
    fail("escalateAfterSeconds lets a higher priority wait longer than a lower one");
  }
  if (reminderSeconds >= Math.min(silenceSeconds, pauseSeconds)) {
    fail(`reminderSeconds is ${reminderSeconds}: a silence or pause would be over before its first reminder`);
  }
  return value;
}

/** The policy in a JSON file. Throws BAD_CONFIG. */
export function readPresentationPolicy(file: string | URL): PresentationPolicy {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new BedsideError("BAD_CONFIG", `presentation policy ${file}: cannot be read as JSON`, { cause });
  }
  return presentationPolicy(value, String(file));
}

/** The one that stands beside this file. */
export const PRESENTATION = readPresentationPolicy(new URL("presentation.json", import.meta.url));

/** Of canaries, which nobody sees: each alarm is over when its condition is, so that the next one is raised. No file may say so. */
export const CANARY_PRESENTATION: PresentationPolicy = {
  ...PRESENTATION,
  version: "canary-1",
  latching: { high: "none", medium: "none", low: "none", technical: "none" },
  shownSeconds: 0,
};
