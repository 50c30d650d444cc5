import { expect, test } from "vitest";
import { createMemoryBus } from "../../bus/memory-bus.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { FRAME_LIMITS } from "../../contracts/frame.ts";
import { HEADERS, TOPICS } from "../../contracts/topics.ts";
import { alarmEventAt } from "../../testing/gateway/alarms.ts";
import { beatAt } from "../../testing/gateway/messages.ts";
import { deadLetter, eventMessages } from "./messages.ts";

const received = (bytes: number) => ({
  topic: TOPICS.frames,
  partition: 3,
  offset: 7,
  key: "b1",
  value: new Uint8Array(bytes).fill(9),
  headers: { sender: "x" },
});

test("a dead letter is the message as it was, with the error and the place", () => {
  const message = deadLetter(received(5), new BedsideError("BAD_FRAME", "no frame"));
  expect(message).toEqual({
    topic: TOPICS.deadLetter,
    key: "b1",
    value: new Uint8Array(5).fill(9),
    headers: {
      sender: "x",
      [HEADERS.errorCode]: "BAD_FRAME",
      [HEADERS.errorMessage]: "no frame",
      [HEADERS.source]: "ecg.frames.v1/3/7",
    },
  });
});

test("a message larger than the bus takes is a dead letter that the bus takes", async () => {
  const error = new BedsideError("BAD_FRAME", `lead ${"x".repeat(1 << 20)} is none`);
  const message = deadLetter(received(FRAME_LIMITS.maxBytes + 1), error);
  const bus = createMemoryBus();
  await bus.start();
  await bus.publish([message]);
  expect(message.headers?.[HEADERS.errorMessage]).toHaveLength(1000);
  await bus.close();
});

test.each([
  [
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
  ],
  ["00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7", undefined],
  [undefined, undefined],
])("of what is said of a frame with the traceparent %s it is %s", (given, told) => {
  const [{ headers }] = eventMessages([{ topic: "beats", data: beatAt("b1", 500) }], null, given);
  expect(headers?.[HEADERS.traceparent]).toBe(told);
});

test("of a frame's alarm events each but the last says how many are to come, wherever they may be cut apart", () => {
  const alarm = { topic: "alarms", data: alarmEventAt("b1", "asystole", 100) } as const;
  const events = [alarm, { topic: "beats", data: beatAt("b1", 100) } as const, alarm, alarm];
  const counts = eventMessages(events, null).map(({ headers }) => headers?.[HEADERS.moreToCome]);
  expect(counts).toEqual(["2", undefined, "1", undefined]);
});
