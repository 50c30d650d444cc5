import type { AlarmEvent } from "../../contracts/alarm.ts";
import type { Command } from "../../contracts/command.ts";
import type { Condition } from "../../contracts/condition.ts";
import { clockAfter, clockAt, type Moment } from "./clock.ts";
import { heedCommand } from "./commands.ts";
import { endCondition, hearCondition } from "./conditions.ts";
import { Draft } from "./draft.ts";
import type { PresentationPolicy } from "./policy.ts";
import type { AlarmState } from "./state.ts";
import { passTime } from "./time.ts";

/** What a bed's alarms follow from, in the bed's order. */
export type AlarmInput =
  | { readonly type: "condition"; readonly condition: Condition }
  | { readonly type: "command"; readonly command: Command; readonly isLate: boolean }
  /** Event time goes on. */
  | ({ readonly type: "tick" } & Moment)
  /** Nothing is heard, and the wall's clock goes on. */
  | { readonly type: "wall"; readonly elapsedMs: number };

export interface Reduced {
  readonly state: AlarmState;
  /** The steps that were made, in order. */
  readonly events: readonly AlarmEvent[];
}

/** A bed's alarms behind a further input. Pure: what it says depends on state, input and policy alone. */
export function reduceAlarms(state: AlarmState, input: AlarmInput, policy: PresentationPolicy): Reduced {
  const draft = new Draft(state, policy);
  switch (input.type) {
    case "condition":
      goOn(draft, input.condition);
      hearCondition(draft, input.condition);
      break;
    case "command":
      heedCommand(draft, input.command, input.isLate);
      break;
    case "tick":
      goOn(draft, input);
      break;
    case "wall":
      if (state.clock) goTo(draft, clockAfter(state.clock, input.elapsedMs));
  }
  return { state: draft.state, events: draft.events };
}

/** Event time goes on; conditions of an epoch that is not under way any more have ended. */
function goOn(draft: Draft, moment: Moment): void {
  goTo(draft, clockAt(draft.state.clock, moment));
  for (const alarm of draft.state.alarms) if (alarm.epoch !== moment.epoch) endCondition(draft, alarm);
}

function goTo(draft: Draft, clock: NonNullable<AlarmState["clock"]>): void {
  const before = draft.state.clock;
  const beforeMs = before?.ms ?? clock.ms;
  draft.state = { ...draft.state, clock };
  // Nothing could be confirmed while there was no worker.
  if (before?.restored) postponeConfirmation(draft, clock.ms - beforeMs);
  if (clock.ms > beforeMs) passTime(draft, beforeMs);
}

function postponeConfirmation(draft: Draft, byMs: number): void {
  const unconfirmed = Object.entries(draft.state.unconfirmed).map(
    ([id, deadlineMs]) => [id, deadlineMs + byMs] as const,
  );
  draft.state = { ...draft.state, unconfirmed: Object.fromEntries(unconfirmed) };
}
