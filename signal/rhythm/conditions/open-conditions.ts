import { CONDITION_KINDS, type ConditionKind, conditionKey } from "../../../contracts/condition.ts";
import type { RhythmPolicy } from "../../../contracts/rhythm-policy.ts";
import type { StateReader, Stateful, StateWriter } from "../../state.ts";
import { CONTAINED } from "./containment.ts";
import {
  type Arbiter,
  type EmitChange,
  type Evidence,
  NO_EVIDENCE,
  OpenCondition,
  type RhythmKind,
} from "./open-condition.ts";

/**
 * The conditions of one bed, one of each kind (and lead, of a lead's kind) at a time, and the arbiter between them: so that one event raises one
 * alarm, a kind does not begin while one that contains it is open, and what is open of it ends as such a one begins.
 * When that ends, a watch that still sees its own may begin it.
 */
export class OpenConditions implements Arbiter, Stateful {
  private readonly conditions = new Map<string, OpenCondition>();

  constructor(private readonly kinds: RhythmPolicy["kinds"]) {}

  /** The condition of a kind, for the one watch that begins and ends it. `goesOnBy`: what speaks for it in an update. */
  of(kind: RhythmKind, goesOnBy: () => Evidence = () => NO_EVIDENCE): OpenCondition {
    return this.add(new OpenCondition(kind, this, goesOnBy));
  }

  /** Likewise, of one of the bed's leads; the leads' names differ. */
  ofLead(kind: RhythmKind, lead: string): OpenCondition {
    return this.add(new OpenCondition(kind, this, () => NO_EVIDENCE, lead));
  }

  /** Of the whole bed. */
  isOpen(kind: RhythmKind): boolean {
    return this.conditions.get(kind)?.open ?? false;
  }

  mayBegin(kind: RhythmKind): boolean {
    if (!this.kinds[kind].enabled) return false;
    for (const { kind: other, open } of this.conditions.values()) if (open && contains(other, kind)) return false;
    return true;
  }

  begun(kind: RhythmKind, now: number, heartRateBpm: number | null, emit: EmitChange): void {
    for (const condition of this.conditions.values()) {
      if (contains(kind, condition.kind)) condition.end(now, heartRateBpm, emit);
    }
  }

  /** Physiological ones go on. */
  update(now: number, everySamples: number, emit: EmitChange): void {
    for (const condition of this.conditions.values()) {
      if (isPhysiological(condition.kind)) condition.update(now, everySamples, emit);
    }
  }

  /** Ends the physiological ones but for `spared` and what contains that. */
  endPhysiological(now: number, emit: EmitChange, spared?: RhythmKind): void {
    for (const condition of this.conditions.values()) {
      const { kind } = condition;
      const stays = spared !== undefined && (kind === spared || contains(kind, spared));
      if (isPhysiological(kind) && !stays) condition.end(now, null, emit);
    }
  }

  private add(condition: OpenCondition): OpenCondition {
    this.conditions.set(conditionKey(condition), condition);
    return condition;
  }

  save(to: StateWriter): void {
    for (const condition of this.conditions.values()) to.part(condition);
  }

  load(from: StateReader): void {
    for (const condition of this.conditions.values()) from.part(condition);
  }
}

const contains = (kind: ConditionKind, part: ConditionKind): boolean => CONTAINED.get(kind)?.has(part) ?? false;
const isPhysiological = (kind: RhythmKind): boolean => CONDITION_KINDS[kind].category === "physiological";
