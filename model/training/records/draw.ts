import { parseRecordName } from "../../../data/record-name.ts";
import type { LearnedDatabase } from "../../../data/splits/learned.ts";
import type { Random } from "../../../kit/random.ts";
import type { Recipe } from "../settings.ts";
import type { PreparedReading, PreparedRecord } from "./prepare.ts";
import type { StoredCopy } from "./stored.ts";

type Draw = Pick<Recipe, "balance" | "copies" | "otherLeads">;

/**
 * What an epoch takes: of each patient, as often as its database comes up, one lead (the monitored one, or by its share another) and of
 * that the clean one or one of its copies.
 */
export function drawCopies(records: readonly PreparedRecord[], recipe: Draw, random: Random): StoredCopy[] {
  return records.flatMap((record) => {
    const often = recipe.balance[parseRecordName(record.name).database as LearnedDatabase];
    const times = Math.floor(often) + Number(random.uniform() < often % 1);
    return Array.from({ length: times }, () => drawCopy(record, recipe, random));
  });
}

function drawCopy({ readings: [monitored, ...others] }: PreparedRecord, recipe: Draw, random: Random): StoredCopy {
  const copies = copiesOf(monitored, recipe.copies);
  const isOther = others.length > 0 && recipe.otherLeads !== null && random.uniform() < recipe.otherLeads.share;
  if (!isOther || !recipe.otherLeads) return one(copies, random);
  return one(copiesOf(one(others, random), recipe.otherLeads), random);
}

/** All copies that an epoch may take. */
export function drawableCopies(records: readonly PreparedRecord[], { copies, otherLeads }: Draw): StoredCopy[] {
  return records.flatMap(({ readings: [monitored, ...others] }) => [
    ...copiesOf(monitored, copies),
    ...(otherLeads ? others.flatMap((reading) => copiesOf(reading, otherLeads)) : []),
  ]);
}

const copiesOf = ({ clean, noisy, rhythms }: PreparedReading, counts: Recipe["copies"]): StoredCopy[] => [
  clean,
  ...noisy.slice(0, counts.noisyCopies),
  ...rhythms.slice(0, counts.rhythmCopies),
];

const one = <T>(items: readonly T[], random: Random): T => items[Math.floor(random.uniform() * items.length)];
