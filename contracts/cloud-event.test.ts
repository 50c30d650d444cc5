import { expect, test } from "vitest";
import { beatAt, conditionAt } from "../testing/gateway/messages.ts";
import { cloudEvent } from "./cloud-event.ts";
import { beatCodec, commandCodec } from "./codec.ts";
import { messageOf } from "./message.ts";
import { TOPICS } from "./topics.ts";

test("a beat's message has CloudEvents' attributes, as the Kafka binding has them in binary mode", () => {
  const beat = beatAt("b1", 500);
  const message = messageOf("beats", beat, { source: "ecg.frames.v1/0/7" });
  expect(message).toEqual({
    topic: "ecg.beats.v1",
    key: "b1",
    value: beatCodec.encode(beat),
    headers: {
      ce_specversion: "1.0",
      ce_id: "beats/b1/e1/500",
      ce_source: "/beds/b1",
      ce_type: "ecg.beats.v1",
      ce_time: "2001-09-09T01:46:42.000Z",
      "content-type": "application/json",
      source: "ecg.frames.v1/0/7",
    },
  });
});

test("a message that is told again has the same attributes; another one of the source has another id", () => {
  const { id, bed, epoch, sample, timeMs, samplingRateHz } = beatAt("b1", 500);
  expect(cloudEvent("beats", beatAt("b1", 500))).toEqual(cloudEvent("beats", { ...beatAt("b1", 500) }));
  const ids = [
    cloudEvent("beats", beatAt("b1", 500)),
    cloudEvent("beats", beatAt("b1", 501)),
    cloudEvent("qrs", { id, bed, epoch, sample, timeMs, samplingRateHz }),
    cloudEvent("conditions", conditionAt("b1", "ventricular-run", "begin", 500)),
    cloudEvent("conditions", conditionAt("b1", "ventricular-run", "update", 600, { beginSample: 500 })),
    cloudEvent("conditions", conditionAt("b1", "ventricular-run", "end", 600, { beginSample: 500 })),
  ].map(({ ce_source, ce_id }) => `${ce_source} ${ce_id}`);
  expect(new Set(ids).size).toBe(ids.length);
});

test("what people ask is of the time it was asked at; what does not fit its schema is not sent", () => {
  const asked = { id: "12345678", bed: "b1", atMs: 1e12, action: "pause", alarm: null, by: "x", reason: null } as const;
  const { headers, value } = messageOf("commands", asked);
  expect(headers["ce_time"]).toBe("2001-09-09T01:46:40.000Z");
  expect(headers["ce_id"]).toBe("commands/b1/12345678");
  expect(commandCodec.decode(value)).toMatchObject(asked);
  expect(() => messageOf("commands", { ...asked, id: "1" })).toThrow(/command\/id: /);
});

test("gateways tell what they see, each time anew", () => {
  const proof = { gateway: "g1", leaving: false, canaries: [], screens: [] };
  const [one, other] = [messageOf("proofs", proof), messageOf("proofs", proof)];
  expect(one).toMatchObject({ topic: TOPICS.proofs, key: "g1", headers: { ce_source: "/gateways/g1" } });
  expect(one.headers["ce_id"]).not.toBe(other.headers["ce_id"]);
});
