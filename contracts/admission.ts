import { Type, type Static } from "typebox";
import { growing, identifier, nullable, unixMs } from "./schema.ts";

/** What somebody may do with who lies in a bed. */
const ADMISSION_ACTIONS = ["admit", "name", "move", "discharge"] as const;

/** What an action leaves in a bed; `arrived` and `left` are the two beds of a move. */
const ADMISSION_CHANGES = ["admitted", "named", "arrived", "left", "discharged"] as const;

/** As people write it; no control characters. */
const patientName = Type.String({
  minLength: 1,
  maxLength: 80,
  pattern: "^[^\\u0000-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$",
  description: "of the patient: shown on screens, never in logs or metrics",
});

const PatientSchema = Type.Object(
  {
    name: patientName,
    sinceMs: Type.Unsafe<number>({ ...unixMs, description: "when the patient was admitted, Unix ms at the gateway" }),
  },
  { additionalProperties: false },
);

const version = Type.Integer({ minimum: 0, description: "of the bed's admission, as it was seen; 0: none was known" });
const commandId = Type.String({ minLength: 8, maxLength: 64, pattern: "^[A-Za-z0-9._-]+$" });
const by = Type.String({ minLength: 1, maxLength: 64, pattern: "\\S", description: "name of who did it" });

/**
 * POST /api/beds/:bed/admission. `admit` needs an empty bed and a name, `name` and `discharge` a patient, `move` a patient and another, empty bed.
 * Whoever saw another version than the one that holds is refused: somebody else was quicker.
 */
export const AdmissionRequestSchema = Type.Object(
  {
    id: commandId,
    action: Type.Enum([...ADMISSION_ACTIONS]),
    version,
    by,
    name: nullable(patientName, { default: null }),
    to: nullable(Type.Object({ bed: identifier, version }, { additionalProperties: false }), { default: null }),
  },
  { additionalProperties: false },
);
export type AdmissionRequest = Static<typeof AdmissionRequestSchema>;

/** Its answer, 202: the change is on the bus; an event of the topic admissions has its id. */
export interface AdmissionAccepted {
  readonly id: string;
  readonly bed: string;
}

/** ecg.admissions.v1, compacted by bed: who lies in it after a change. The last one holds; what comes with an older version does not. */
export const AdmissionSchema = Type.Object(
  {
    bed: identifier,
    version: Type.Integer({ minimum: 1 }),
    change: Type.Unsafe<string>(growing(ADMISSION_CHANGES)),
    patient: nullable(PatientSchema, { default: null, description: "null: nobody lies in the bed" }),
    command: commandId,
    by,
    atMs: Type.Unsafe<number>({ ...unixMs, description: "when the gateway took it, Unix ms" }),
  },
  { $id: "Admission", additionalProperties: false },
);
export type Admission = Static<typeof AdmissionSchema>;

/** Of two gateways that took a change of the same version, the one that stands later in the topic holds, as after its compaction. */
export const supersedes = (later: Admission, before: Admission | null): boolean =>
  before === null || later.version >= before.version;
