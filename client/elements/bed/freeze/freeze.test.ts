import { expect, test } from "vitest";
import { frameOf } from "../../../../testing/client/messages.ts";
import { MonitoredBed } from "../../../ward/monitored-bed.ts";
import { Freeze, FROZEN_FOR_MS } from "./freeze.ts";

const RATE = 250;

function bedWith(seconds: number): MonitoredBed {
  const bed = new MonitoredBed("b1");
  for (let first = 0; first < seconds * RATE; first += 50) bed.addFrame(frameOf(first, { epochStartMs: 1e12 }), 0);
  return bed;
}

function frozen(seconds: number): Freeze {
  const freeze = new Freeze();
  freeze.begin(bedWith(seconds), 1000);
  freeze.fit(10 * RATE);
  return freeze;
}

test("callipers asked for before there is room for their edges are laid when there is, with an interval that keys change at once", () => {
  const freeze = new Freeze();
  const bed = bedWith(0.4);
  freeze.toggleCallipers(bed, 0);
  expect([freeze.signal, freeze.isWaiting]).toEqual([null, true]);
  for (let first = 100; first < 2 * RATE; first += 50) {
    freeze.tick(first);
    bed.addFrame(frameOf(first, { epochStartMs: 1e12 }), 0);
  }
  freeze.tick(500);
  const [one, other] = freeze.callipers?.times ?? [0, 0];
  expect([freeze.isWaiting, other - one]).toEqual([false, RATE]);
  freeze.moveTime(1, other - 10);
  expect(freeze.callipers?.times).toEqual([one, other - 10]);
});

test("what is asked for of a bed whose samples do not come is given up, or taken back by another press", () => {
  const freeze = new Freeze();
  const bed = bedWith(0.4);
  freeze.toggle(bed, 0);
  freeze.tick(5001);
  expect([freeze.signal, freeze.isWaiting]).toEqual([null, false]);
  freeze.toggle(bed, 6000);
  freeze.toggle(bed, 6001);
  expect(freeze.isWaiting).toBe(false);
});

test("of a lead whose samples are not sent any more nothing is frozen", () => {
  const freeze = new Freeze();
  const bed = bedWith(20);
  bed.sendOnly([]);
  freeze.toggle(bed, 0);
  expect(freeze.signal).toBeNull();
});

test("a second press ends it; a bed of which nothing has come can't be frozen", () => {
  const freeze = new Freeze();
  let told = 0;
  freeze.toggle(new MonitoredBed("b2"), 0);
  expect(freeze.signal).toBeNull();
  freeze.end();
  freeze.changes.subscribe(() => told++);
  const bed = bedWith(20);
  freeze.toggle(bed, 0);
  expect(freeze.signal?.end).toBe(20 * RATE);
  expect(freeze.timeMsOf(20 * RATE)).toBe(1e12 + 20_000);
  expect(freeze.timeMsOf(5 * RATE)).toBe(1e12 + 5000);
  freeze.toggle(bed, 0);
  expect([freeze.signal, told]).toEqual([null, 2]);
});

test("it ends by itself when nobody has touched it for two minutes", () => {
  const freeze = frozen(20);
  freeze.tick(1000 + FROZEN_FOR_MS - 1);
  expect(freeze.leftMs(1000 + FROZEN_FOR_MS - 1)).toBe(1);
  expect(freeze.signal).not.toBeNull();
  freeze.touch(100_000);
  freeze.tick(1000 + FROZEN_FOR_MS);
  expect(freeze.forMs(121_000)).toBe(120_000);
  expect(freeze.signal).not.toBeNull();
  freeze.tick(100_000 + FROZEN_FOR_MS);
  expect(freeze.signal).toBeNull();
});

test("it is scrolled over what is kept, and no further", () => {
  const freeze = frozen(70);
  const shown = (): number[] => [(freeze.to - 10 * RATE) / RATE, freeze.to / RATE];
  expect(shown()).toEqual([60, 70]);
  freeze.scrollBySeconds(-5);
  expect(shown()).toEqual([55, 65]);
  freeze.scrollBySeconds(-1e6);
  expect(shown()).toEqual([10, 20]);
  freeze.scrollBySeconds(1e6);
  expect(shown()).toEqual([60, 70]);
  freeze.scrollBySeconds(-1e6);
  freeze.fit(30 * RATE);
  expect(freeze.to).toBe(40 * RATE);
  const short = frozen(4);
  short.scrollBySeconds(-1);
  expect(short.to).toBe(4 * RATE);
});
