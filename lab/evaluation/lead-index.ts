import { BedsideError } from "../../contracts/errors.ts";
import type { LeadLabel } from "../../signal/leads.ts";

/** Which of a record's leads is `wanted`: by its name, or "first". Throws BAD_ARGUMENT where there is none. */
export function leadIndex(record: string, leads: readonly Pick<LeadLabel, "name">[], wanted: string): number {
  if (wanted === "first") return 0;
  const index = leads.findIndex(({ name }) => name === wanted);
  if (index < 0) {
    const names = leads.map(({ name }) => name).join(", ");
    throw new BedsideError("BAD_ARGUMENT", `record ${record} has no lead ${wanted}; it has ${names}`);
  }
  return index;
}
