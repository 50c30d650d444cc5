import { type Static, Type } from "typebox";
import { AlarmEventSchema } from "./alarm.ts";
import { CONDITION_KINDS, type ConditionKind, PRIORITIES } from "./condition.ts";
import { type Immutable } from "./schema.ts";
import { leftOut } from "./scoring.ts";

const kind = Type.Enum(Object.keys(CONDITION_KINDS) as ConditionKind[]);
const priority = Type.Enum([...PRIORITIES]);
const seconds = (description: string) => Type.Number({ minimum: 0, description });

const lead = Type.String({ description: 'that it is of; "" where it is of the whole bed' });

const ConditionSpanSchema = Type.Object({
  kind,
  priority,
  lead,
  beginSeconds: seconds("of the record, where it began in the signal"),
  endSeconds: Type.Union([seconds("where it was known to be over"), Type.Null()], {
    description: "null: it goes on at the record's end",
  }),
});
const AlarmEntrySchema = Type.Object({
  kind,
  priority,
  lead,
  state: Type.Enum(["active", "latched", "cleared"]),
  atSeconds: seconds("of the record, when it was said"),
  step: AlarmEventSchema.properties.step,
});
const RecordLogSchema = Type.Object({
  record: Type.String(),
  conditions: Type.Array(ConditionSpanSchema, { description: "by when they were said" }),
  alarms: Type.Array(AlarmEntrySchema, { description: "each step of an alarm's life" }),
});

/** What `npm run alarms -- --json` writes: what the live pipeline says of records, the same whenever it is run. */
export const AlarmLogSchema = Type.Object({
  policy: Type.String({ description: "version of the alarm policy, as conditions have it" }),
  model: Type.String({ minLength: 1, description: "hash, as beats have it" }),
  records: Type.Array(RecordLogSchema),
  leftOut,
});

export type AlarmLog = Immutable<Static<typeof AlarmLogSchema>>;
export type RecordLog = Immutable<Static<typeof RecordLogSchema>>;
export type ConditionSpan = Immutable<Static<typeof ConditionSpanSchema>>;
