import { beforeEach, expect, test } from "vitest";
import { Outbox, type Transport } from "./outbox.ts";

const LIMITS = { enter: 100, exit: 20, close: 500 };
const FRAME = Uint8Array.of(1, 2, 3);

class FakeTransport implements Transport {
  bufferedAmount = 0;
  readonly sent: string[] = [];
  readonly closed: [number, string][] = [];

  send(data: string | Uint8Array, { binary }: { binary: boolean }): void {
    this.sent.push(binary ? "frame" : data.toString());
  }

  close(code: number, reason: string): void {
    this.closed.push([code, reason]);
  }
}

let transport: FakeTransport;
let dropped: number;
let outbox: Outbox;

beforeEach(() => {
  transport = new FakeTransport();
  dropped = 0;
  outbox = new Outbox(transport, () => dropped++, LIMITS);
});

const gap = (bed: string, count: number): string =>
  JSON.stringify({ type: "gap", topic: "frames", bed, count, reason: "slow-client" });

test("frames are left out above the one threshold until below the other, and the gap is told before the next", () => {
  const steps: [number, string][] = [
    [0, "b1"],
    [100, "b1"],
    [101, "b1"],
    [60, "b2"],
    [20, "b1"],
    [19, "b2"],
    [60, "b1"],
  ];
  for (const [buffered, bed] of steps) {
    transport.bufferedAmount = buffered;
    outbox.frame(bed, FRAME);
  }
  expect(transport.sent).toEqual(["frame", "frame", gap("b1", 2), gap("b2", 1), "frame", "frame"]);
  expect(dropped).toBe(3);
});

test("a gap is told also where no further frame comes", () => {
  transport.bufferedAmount = 101;
  outbox.frame("b1", FRAME);
  outbox.settle();
  expect(transport.sent).toEqual([]);
  transport.bufferedAmount = 0;
  outbox.settle();
  outbox.settle();
  expect(transport.sent).toEqual([gap("b1", 1)]);
});

test("text is never left out; beyond the hard limit the client is closed and gets nothing more", () => {
  transport.bufferedAmount = 500;
  outbox.text("one");
  expect(transport.sent).toEqual(["one"]);
  transport.bufferedAmount = 501;
  outbox.text("two");
  expect(transport.closed).toEqual([[1013, "too slow: come back with the last cursor"]]);
  expect(outbox.isClosed).toBe(true);
  transport.bufferedAmount = 0;
  outbox.text("three");
  outbox.frame("b1", FRAME);
  outbox.settle();
  expect(transport.sent).toEqual(["one"]);
  expect(transport.closed).toHaveLength(1);
});
