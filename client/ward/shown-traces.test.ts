import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Show } from "../../contracts/socket.ts";
import { bedOf, snapshotOf } from "../../testing/client/messages.ts";
import { Changes } from "../changes.ts";
import type { LookedAt } from "../trace/painting/painter.ts";
import { REDUCERS } from "./reducers.ts";
import { ShownTraces } from "./shown-traces.ts";
import { WardStore } from "./ward-store.ts";

let wanted: LookedAt[];
let looks: Changes;
let sent: Show[];
let kept: Show["beds"][];
let page: { hidden: boolean; addEventListener: (name: string, listener: () => void) => void };
let turnPage: () => void;
let ward: WardStore;
let shown: ShownTraces;

beforeEach(() => {
  vi.useFakeTimers();
  [wanted, looks, sent, kept] = [[], new Changes(), [], []];
  page = { hidden: false, addEventListener: (_, listener) => (turnPage = listener) };
  ward = new WardStore(REDUCERS);
  vi.spyOn(ward, "sendOnly").mockImplementation((beds) => void kept.push(beds));
  const painter = {
    get wanted() {
      return wanted;
    },
    looks,
  };
  shown = new ShownTraces(ward, painter, (show) => sent.push(show), page as unknown as Document);
  ward.take(
    {
      kind: "snapshot",
      snapshot: snapshotOf({ beds: ["b1", "b2"].map((bed) => bedOf(bed, { leads: ["II", "V1"] })) }),
    },
    0,
  );
  ward.setConnection({ status: "live" });
  vi.advanceTimersByTime(100);
});

afterEach(() => vi.useRealTimers());

function look(...at: [string, number][]): void {
  wanted = at.map(([bed, lead]) => ({ bed, lead }));
  looks.tell();
  vi.advanceTimersByTime(100);
}
const answer = (asked: number): void => shown.take({ kind: "shown", asked });

test("asks for the leads in sight, once for what comes into sight together, and for none where nobody can see the page", () => {
  look(["b2", 0], ["b1", 1], ["b1", 0], ["b1", 1], ["unheard of", 0]);
  expect(sent.map(({ beds }) => beds)).toEqual([{ b1: ["II", "V1"], b2: ["II"] }]);
  look(["b1", 0], ["b1", 1], ["b2", 0]);
  expect(sent).toHaveLength(1);
  page.hidden = true;
  turnPage();
  vi.advanceTimersByTime(100);
  expect(sent.at(-1)?.beds).toEqual({});
});

test("samples of a lead count from the answer on to what asked for it; those of one that stays go on", () => {
  look(["b1", 0]);
  expect(kept.at(-1)).toEqual({ b1: [] });
  answer(sent[0].asked);
  expect(kept.at(-1)).toEqual({ b1: ["II"] });
  look(["b1", 0], ["b1", 1]);
  expect(kept.at(-1)).toEqual({ b1: ["II"] });
  answer(sent[1].asked);
  expect(kept.at(-1)).toEqual({ b1: ["II", "V1"] });
});

test("what left and came back while the answer was under way is begun again by the answer that has it", () => {
  look(["b1", 0]);
  look();
  look(["b1", 0]);
  const states = sent.map(({ asked }) => {
    answer(asked);
    return kept.at(-1);
  });
  expect(states).toEqual([{ b1: ["II"] }, { b1: [] }, { b1: ["II"] }]);
});

test("a connection begins with what is in sight, and with nothing before its answer", () => {
  look(["b1", 0]);
  answer(sent[0].asked);
  ward.setConnection({ status: "connecting" });
  look(["b2", 0]);
  expect(sent).toHaveLength(1);
  const { asked, beds } = shown.subscribe();
  expect(beds).toEqual({ b2: ["II"] });
  expect(kept.at(-1)).toEqual({ b2: [] });
  answer(sent[0].asked);
  expect(kept.at(-1)).toEqual({ b2: [] });
  answer(asked);
  expect(kept.at(-1)).toEqual({ b2: ["II"] });
});

test("what came into sight while a subscribe was under way is asked for behind the snapshot", () => {
  ward.setConnection({ status: "connecting" });
  shown.subscribe();
  look(["b1", 0]);
  expect(sent).toEqual([]);
  ward.setConnection({ status: "live" });
  shown.take({ kind: "snapshot" });
  vi.advanceTimersByTime(100);
  expect(sent.map(({ beds }) => beds)).toEqual([{ b1: ["II"] }]);
});

test("a ward that is scrolled asks no more often than the gateway takes it", () => {
  for (let n = 0; n < 100; n++) look(["b1", n % 2]);
  expect(sent.length).toBeLessThanOrEqual(12);
  vi.advanceTimersByTime(10_000);
  expect(sent.at(-1)?.beds).toEqual({ b1: ["V1"] });
});
