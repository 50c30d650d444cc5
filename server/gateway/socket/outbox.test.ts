import { beforeEach, expect, test } from "vitest";
import { Outbox, type Transport } from "./outbox.ts";

const LIMITS = { enter: 100, exit: 20, close: 500, window: 1000, stalledMs: 20_000, farewellMs: 5000 };
const FRAME = Uint8Array.of(1, 2, 3);

class FakeTransport implements Transport {
  bufferedAmount = 0;
  readonly sent: string[] = [];
  readonly closed: [number, string][] = [];

  terminated = 0;

  send(data: Uint8Array, { binary, fin }: { binary: boolean; fin: boolean }): void {
    this.sent.push(`${binary ? "frame" : Buffer.from(data).toString()}${fin ? "" : "…"}`);
  }

  terminate(): void {
    this.terminated++;
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

test("text is never left out; one that would not fit closes the client, which gets nothing more", () => {
  transport.bufferedAmount = 497;
  outbox.text("one");
  expect(transport.sent).toEqual(["one"]);
  transport.bufferedAmount = 498;
  outbox.text("two");
  expect(transport.closed).toEqual([[1013, "too slow: come back with the last cursor"]]);
  expect(outbox.isClosed).toBe(true);
  transport.bufferedAmount = 0;
  outbox.text("three");
  outbox.frame("b1", FRAME);
  outbox.settle();
  outbox.pump();
  expect(transport.sent).toEqual(["one"]);
  expect(transport.closed).toHaveLength(1);
});

const windowed = (window: number): Outbox => new Outbox(transport, () => dropped++, { ...LIMITS, window });

test("the socket has a window's worth; the rest waits, counts, and goes in order and in pieces as it drains", () => {
  const narrow = windowed(4);
  transport.bufferedAmount = 4;
  narrow.text("abcdefghij");
  narrow.frame("b1", FRAME);
  narrow.text("k");
  expect(transport.sent).toEqual([]);
  expect(narrow.waiting).toBe(4 + 10 + 3 + 1);
  transport.bufferedAmount = 0;
  narrow.pump();
  expect(transport.sent).toEqual(["abcd…", "efgh…", "ij", "frame", "k"]);
  expect(narrow.waiting).toBe(0);
});

test("of a backlog no more is made than the socket has room for, and what is sent meanwhile comes behind it", async () => {
  const narrow = windowed(4);
  let made = 0;
  const texts = function* (): Generator<Uint8Array> {
    for (const text of ["aa", "bb", "cc", "dd"]) {
      made++;
      yield Buffer.from(text);
    }
  };
  let isReplayed = false;
  transport.bufferedAmount = 4;
  narrow.backlog(texts());
  void narrow.replayed.then(() => (isReplayed = true));
  narrow.text("live");
  expect(made).toBe(0);
  transport.send = (data) => {
    transport.sent.push(Buffer.from(data).toString());
    transport.bufferedAmount += data.length;
  };
  transport.bufferedAmount = 0;
  narrow.pump();
  expect(transport.sent).toEqual(["aa", "bb"]);
  await Promise.resolve();
  expect(isReplayed).toBe(false);
  transport.bufferedAmount = 0;
  narrow.pump();
  transport.bufferedAmount = 0;
  narrow.pump();
  expect(transport.sent).toEqual(["aa", "bb", "cc", "dd", "live"]);
  await Promise.resolve();
  expect(isReplayed).toBe(true);
});

test("who takes nothing is closed, and cut off when that is not heard either; who takes a little stays", () => {
  /** Of 5 bytes a second none is taken but one, each 19 s: the last at 57 s. */
  for (let second = 0; second < 77; second++) {
    outbox.text("12345");
    transport.bufferedAmount += second > 0 && second % 19 === 0 && second < 60 ? 4 : 5;
    outbox.check(second * 1000);
  }
  expect(transport.closed).toEqual([]);
  outbox.check(77_000);
  expect(transport.closed).toEqual([[1013, "nothing of what was sent was taken: come back with the last cursor"]]);
  outbox.check(81_900);
  expect(transport.terminated).toBe(0);
  outbox.check(82_000);
  expect(transport.terminated).toBe(1);
});

test("an idle client is no stalled one", () => {
  for (let second = 0; second < 100; second++) outbox.check(second * 1000);
  expect(transport.closed).toEqual([]);
});
