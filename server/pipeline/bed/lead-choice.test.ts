import { expect, test } from "vitest";
import type { ChainEvent, QualityEvent } from "../../../signal/events.ts";
import { LeadChoice } from "./lead-choice.ts";

const RATE = 250;
type State = QualityEvent["state"];

/** What a lead hears second by second: its state, and how many of its bed's R peaks of each second it finds. */
type Story = readonly (readonly [seconds: number, state: State, found?: number])[];

function heard(story: Story): ChainEvent[] {
  const events: ChainEvent[] = [];
  let second = 0;
  for (const [seconds, state, found = 1] of story) {
    for (let n = 0; n < seconds; n++, second++) {
      const at = second * RATE;
      const isFound = state !== "lead-off" && Math.floor((second + 1) * found) > Math.floor(second * found);
      const qrs = { sample: at + 100, decidedAt: at + 170, rrMs: 1000, foundLate: false } as const;
      if (isFound) events.push({ type: "qrs", ...qrs });
      const judged = { sample: at + RATE, decidedAt: at + RATE, signalQuality: 1, isSuspect: false } as const;
      events.push({ type: "quality", state, ...judged });
    }
  }
  return events;
}

/** When which lead is heard, "second lead", and the seconds whose R peak is told. */
function choose(preferred: Story, other: Story): { readonly switches: string[]; readonly told: number[] } {
  const choice = new LeadChoice(RATE);
  const switches: string[] = [];
  const told: number[] = [];
  const events = [
    ...heard(preferred).map((event) => ({ event, lead: 0 })),
    ...heard(other).map((event) => ({ event, lead: 1 })),
  ].toSorted((a, b) => a.event.decidedAt - b.event.decidedAt || a.lead - b.lead);
  for (const { event, lead } of events) {
    choice.take(event, lead, (one) => {
      if (one.type === "lead") switches.push(`${one.decidedAt / RATE} ${one.lead}`);
      if (one.type === "qrs") told.push(Math.floor(one.sample / RATE));
    });
  }
  return { switches, told };
}

const seconds = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

test("beside a lead that is off one good second of the other is enough, and no R peak is lost", () => {
  const { switches, told } = choose(
    [
      [20, "good"],
      [10, "lead-off"],
    ],
    [
      [19, "noisy"],
      [11, "good"],
    ],
  );
  expect(switches).toEqual(["21 1"]);
  expect(told).toEqual(seconds(30));
});

test("noise is left behind after three seconds, for a lead that has been good for three", () => {
  const noisy: Story = [
    [20, "good"],
    [10, "noisy"],
  ];
  expect(choose(noisy, [[30, "good"]]).switches).toEqual(["23 1"]);
  const lately: Story = [
    [23, "noisy"],
    [7, "good"],
  ];
  expect(choose(noisy, lately).switches).toEqual(["26 1"]);
});

test("the preferred lead is heard again when it has been good for twenty seconds", () => {
  const { switches } = choose(
    [
      [20, "good"],
      [10, "lead-off"],
      [40, "good"],
    ],
    [[70, "good"]],
  );
  expect(switches).toEqual(["21 1", "50 0"]);
});

test("a lead that finds too few of the R peaks is none to fall back to", () => {
  const noisy: Story = [
    [200, "good"],
    [10, "noisy"],
  ];
  expect(choose(noisy, [[210, "good", 0.78]]).switches).toHaveLength(1);
  expect(choose(noisy, [[210, "good", 0.6]]).switches).toHaveLength(0);
});
