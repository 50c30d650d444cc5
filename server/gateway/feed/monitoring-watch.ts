import type { Bed } from "../../../contracts/socket.ts";
import type { Ward } from "../../ward/ward.ts";

/** Notices when a bed comes to be monitored or no longer is. */
export class MonitoringWatch {
  /** Beds that were told to be unmonitored, and how that read. */
  private readonly told = new Map<string, string>();

  constructor(private readonly ward: Ward) {}

  /** The beds of which something else holds at `nowMs` (Unix ms) than when they were looked at last. */
  changes(nowMs: number): Bed[] {
    const changed: Bed[] = [];
    const unmonitored = new Map(this.ward.list(nowMs).flatMap((bed) => (bed.unmonitored ? [[bed.bed, bed]] : [])));
    for (const [name, bed] of unmonitored) {
      const { reason, code, message } = bed.unmonitored ?? {};
      const text = `${reason} ${code} ${message}`;
      if (this.told.get(name) !== text) changed.push(bed);
      this.told.set(name, text);
    }
    for (const name of this.told.keys()) {
      if (unmonitored.has(name)) continue;
      this.told.delete(name);
      const bed = this.ward.bed(name)?.at(nowMs);
      if (bed) changed.push(bed);
    }
    return changed;
  }
}
