import fc from "fast-check";
import { expect, test } from "vitest";
import type { Alarm, AlarmEvent } from "../../contracts/alarm.ts";
import { COMMAND_ACTIONS, isReview } from "../../contracts/command.ts";
import { CONDITION_KINDS, conditionKey, type ConditionKind, isLifeThreatening } from "../../contracts/condition.ts";
import { StateReader, StateWriter } from "../../signal/state.ts";
import { commandAt } from "../../testing/gateway/alarms.ts";
import { conditionAt } from "../../testing/gateway/messages.ts";
import { BedAlarms } from "./bed-alarms.ts";
import { containedIn } from "./conditions.ts";
import { PRESENTATION } from "./policy.ts";
import { type AlarmInput, reduceAlarms } from "./reduce.ts";
import { type AlarmState, noAlarms, restored } from "./state.ts";

const RATE = 250;
const START_MS = 1e12;
/** What conditions are of: each kind, of a lead's kind each of two leads. */
interface Subject {
  readonly kind: ConditionKind;
  readonly lead: string;
}
const OF_LEADS: ReadonlySet<string> = new Set<ConditionKind>(["lead-off", "noisy-signal", "signal-suspect"]);
const SUBJECTS = (Object.keys(CONDITION_KINDS) as ConditionKind[]).flatMap((kind): Subject[] =>
  (OF_LEADS.has(kind) ? ["II", "V1"] : [""]).map((lead) => ({ kind, lead })),
);

/** A second of a bed's life: conditions that begin or end, commands, in any order. */
type Move =
  | { readonly type: "toggle"; readonly subject: Subject; readonly endsFirst: number }
  | {
      readonly type: "command";
      readonly action: (typeof COMMAND_ACTIONS)[number];
      readonly which: number;
      readonly off: number;
    }
  | { readonly type: "pass"; readonly seconds: number }
  | { readonly type: "wall"; readonly elapsedMs: number }
  | { readonly type: "jump"; readonly byMs: number }
  | { readonly type: "epoch" };

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("toggle" as const),
      subject: fc.constantFrom(...SUBJECTS),
      endsFirst: fc.nat(2),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("command" as const),
      action: fc.constantFrom(...COMMAND_ACTIONS.filter((action) => !isReview(action))),
      which: fc.nat(5),
      off: fc.constantFrom(0, 0, 0, -1, 1),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant("pass" as const), seconds: fc.integer({ min: 1, max: 40 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant("wall" as const), elapsedMs: fc.integer({ min: -1e9, max: 1e9 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant("jump" as const), byMs: fc.integer({ min: -1e9, max: 1e9 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ type: "epoch" as const }) },
);

interface Step {
  readonly input: AlarmInput;
  readonly before: AlarmState;
  readonly after: AlarmState;
  readonly events: readonly AlarmEvent[];
  /** Conditions that are open behind it. */
  readonly open: ReadonlySet<ConditionKind>;
}

/** Plays moves as a worker would give them, and all that comes of each input. */
function play(moves: readonly Move[]): Step[] {
  const steps: Step[] = [];
  let state = noAlarms("b1");
  let epoch = 0;
  let second = 0;
  let shiftMs = 0;
  let open = new Map<string, { readonly subject: Subject; readonly since: number }>();
  const give = (input: AlarmInput): void => {
    const { state: after, events } = reduceAlarms(state, input, PRESENTATION);
    steps.push({
      input,
      before: state,
      after,
      events,
      open: new Set([...open.values()].map(({ subject }) => subject.kind)),
    });
    state = after;
  };
  const now = () => ({ epoch: `e${epoch}`, sample: second * RATE, timeMs: START_MS + shiftMs + second * 1000 });
  give({ type: "tick", ...now() });
  for (const one of moves) {
    switch (one.type) {
      case "toggle": {
        second++;
        const { sample, timeMs, epoch: name } = now();
        const { kind: own } = one.subject;
        const begun = open.get(conditionKey(one.subject));
        const tell = (subject: Subject, phase: "begin" | "end", beginSample: number): void => {
          const { kind, lead } = subject;
          if (phase === "begin") open.set(conditionKey(subject), { subject, since: sample });
          else open.delete(conditionKey(subject));
          const change = { epoch: name, beginSample, lead };
          give({ type: "condition", condition: { ...conditionAt("b1", kind, phase, sample, change), timeMs } });
        };
        if (begun) tell(one.subject, "end", begun.since);
        else if (![...open.values()].some(({ subject }) => containedIn(subject.kind).has(own))) {
          // As the monitor has it: what a kind contains ends as it begins.
          const parts = [...open.values()].filter(({ subject }) => containedIn(own).has(subject.kind));
          const [before, behind] = [parts.slice(0, one.endsFirst), parts.slice(one.endsFirst)];
          for (const { subject, since } of before) tell(subject, "end", since);
          for (const { subject } of behind) open.delete(conditionKey(subject));
          tell(one.subject, "begin", sample);
          for (const { subject, since } of behind) tell(subject, "end", since);
        }
        break;
      }
      case "command": {
        const target = state.alarms[one.which % Math.max(1, state.alarms.length)];
        const alarm = target ? { id: target.id, version: Math.max(1, target.version + one.off) } : null;
        give({ type: "command", command: commandAt("b1", one.action, { alarm }), isLate: false });
        break;
      }
      case "pass":
        for (let n = 0; n < one.seconds; n++) {
          second++;
          give({ type: "tick", ...now() });
        }
        break;
      case "wall":
        give({ type: "wall", elapsedMs: one.elapsedMs });
        break;
      case "jump":
        shiftMs += one.byMs;
        give({ type: "tick", ...now() });
        break;
      case "epoch":
        epoch++;
        second = 0;
        open = new Map();
        give({ type: "tick", ...now() });
    }
  }
  return steps;
}

const lives = fc.array(move, { maxLength: 60, size: "max" });
const law = (holds: (steps: readonly Step[]) => void): void =>
  fc.assert(
    fc.property(lives, (moves) => holds(play(moves))),
    { numRuns: 150 },
  );
const byId = (state: AlarmState, id: string): Alarm | undefined => state.alarms.find((alarm) => alarm.id === id);

test("what is life-threatening and open has an alarm that sounds until somebody has acknowledged it, whatever is silenced or paused", () => {
  let seen = 0;
  law((steps) => {
    for (const { after, open } of steps) {
      for (const kind of open) {
        if (!isLifeThreatening(kind)) continue;
        const alarm = after.alarms.find((one) => one.kind === kind);
        expect(alarm).toBeDefined();
        expect(alarm?.sounding).toBe(alarm?.acknowledged === null);
        if (after.pause || after.silence) seen++;
      }
    }
  });
  expect(seen).toBeGreaterThan(50);
});

test("an alarm of high priority leaves the screen by nothing but an acknowledgement", () => {
  let seen = 0;
  law((steps) => {
    for (const { before, after } of steps) {
      for (const alarm of before.alarms) {
        if (alarm.priority !== "high" || byId(after, alarm.id)) continue;
        const cleared = after.past.findLast(({ id }) => id === alarm.id);
        // Or it is part of a worse one that rose at this moment.
        const isPart = after.alarms.some(
          ({ version, priority, sample }) => version > 1 && priority === "high" && sample >= alarm.sample,
        );
        expect(cleared?.acknowledged !== null || isPart).toBe(true);
        seen++;
      }
    }
  });
  expect(seen).toBeGreaterThan(20);
});

test("nothing but a command that names this alarm in this version acknowledges it", () => {
  let seen = 0;
  law((steps) => {
    for (const { input, before, events } of steps) {
      for (const { step, alarm } of events) {
        if (step !== "acknowledged") continue;
        seen++;
        const command = input.type === "command" ? input.command : null;
        expect(command?.action).toBe("acknowledge");
        expect(command?.alarm).toEqual({ id: alarm?.id, version: byId(before, alarm?.id ?? "")?.version });
      }
    }
  });
  expect(seen).toBeGreaterThan(50);
});

test("each command is answered by an event that names it, once: given again, later or not, it changes nothing", () => {
  law((steps) => {
    const given = steps.flatMap(({ input }) => (input.type === "command" ? [input] : []));
    for (const { input, events } of steps) {
      if (input.type === "command") expect(events.map(({ command }) => command)).toContain(input.command.id);
    }
    const last = steps.at(-1)?.after ?? noAlarms("b1");
    for (const again of given) expect(reduceAlarms(last, again, PRESENTATION)).toEqual({ state: last, events: [] });
  });
});

test("events alone give the state back: all of it but where the clock stands between two of them", () => {
  law((steps) => {
    let read: AlarmState | null = null;
    for (const { after, events } of steps) {
      for (const event of events) read = restored(read, event);
      if (!read || events.length === 0) continue;
      const { clock: _read, ...rest } = read;
      const { clock: _after, ...expected } = after;
      expect(rest).toEqual(expected);
      expect(read.clock).toEqual(after.clock && { ...after.clock, restored: true });
    }
  });
});

test("alarms saved and loaded anywhere go on as they were", () => {
  law((steps) => {
    const whole = steps.flatMap(({ events }) => events);
    const halfway = steps[Math.floor(steps.length / 2)].after;
    const first = new BedAlarms("b1");
    first.restore(halfway);
    const to = new StateWriter();
    to.part(first);
    const second = new BedAlarms("b1");
    new StateReader(to.bytes()).part(second);
    expect([first.wait(4000), first.isQuiet]).toEqual([second.wait(4000), second.isQuiet]);
    expect(whole.map(({ sequence }) => sequence)).toEqual(whole.map((_, n) => n + 1));
  });
});

test("the clock never goes back and never leaps: a silence lasts as long as time is heard, whatever jumps", () => {
  law((steps) => {
    for (const { before, after } of steps) {
      const stepMs = (after.clock?.ms ?? 0) - (before.clock?.ms ?? after.clock?.ms ?? 0);
      expect(stepMs).toBeGreaterThanOrEqual(0);
      expect(stepMs).toBeLessThanOrEqual(5000);
      if (before.silence && !after.silence && before.silence.untilMs > (after.clock?.ms ?? 0)) {
        // Before its time somebody ended it.
        expect(after.commands).not.toEqual(before.commands);
      }
    }
  });
});

test("what sounds again, or does not sound, is told: the last event of an alarm is the alarm", () => {
  law((steps) => {
    const told = new Map<string, Alarm>();
    for (const { after, events } of steps) {
      for (const { alarm } of events) if (alarm) told.set(alarm.id, alarm);
      for (const alarm of after.alarms) expect(told.get(alarm.id)).toEqual(alarm);
    }
  });
});

test("a bed has one alarm of a kind, of a lead's kind one a lead, and one of an id", () => {
  let both = 0;
  law((steps) => {
    for (const { after } of steps) {
      const { alarms } = after;
      expect(new Set(alarms.map(conditionKey)).size).toBe(alarms.length);
      expect(new Set(alarms.map(({ id }) => id)).size).toBe(alarms.length);
      if (alarms.filter(({ kind }) => kind === "lead-off").length === 2) both++;
    }
  });
  expect(both).toBeGreaterThan(5);
});
