import { type Condition, conditionKey } from "../../../contracts/condition.ts";
import { conditionCodec } from "../../../contracts/codec.ts";
import type { StateReader, Stateful, StateWriter } from "../../../signal/state.ts";

/** Conditions that began in the warm-up of who joined midway, and have not ended: one of a key at the most. */
export class Withheld implements Stateful {
  private readonly conditions = new Map<string, Condition>();

  /** A change of a condition in the warm-up. */
  change(condition: Condition): void {
    if (condition.phase === "end") this.conditions.delete(conditionKey(condition));
    else if (condition.phase === "begin") this.conditions.set(conditionKey(condition), condition);
  }

  /** The warm-up is over: gives out what began in it and goes on, once. */
  tell(emit: (condition: Condition) => void): void {
    if (this.conditions.size === 0) return;
    for (const condition of this.conditions.values()) emit(condition);
    this.conditions.clear();
  }

  save(to: StateWriter): void {
    to.number(this.conditions.size);
    for (const condition of this.conditions.values()) to.octets(conditionCodec.encode(condition));
  }

  load(from: StateReader): void {
    this.conditions.clear();
    for (let left = from.number(); left > 0; left--) {
      const condition = conditionCodec.decode(from.octets());
      this.conditions.set(conditionKey(condition), condition);
    }
  }
}
