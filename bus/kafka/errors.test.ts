import kafkajs from "kafkajs";
import { expect, test } from "vitest";
import { BedsideError } from "../../contracts/errors.ts";
import { isFenced, toBusError } from "./errors.ts";

const { KafkaJSNonRetriableError, KafkaJSProtocolError } = kafkajs;
const brokers = ["b1:9092", "b2:9092"];

/** As kafkajs hands a broker's answer on: wrapped once or twice. */
function refused(type: string): Error {
  const answer = Object.assign(new KafkaJSProtocolError("the broker's words"), { type });
  return Object.assign(new KafkaJSNonRetriableError(answer), { cause: answer });
}

test.each([
  [
    "a connection",
    new Error("connect ECONNREFUSED"),
    "BUS_UNREACHABLE",
    /^publish: no Kafka at b1:9092, b2:9092 \(connect/,
  ],
  [
    "a refusal",
    refused("NOT_CONTROLLER"),
    "BUS_UNREACHABLE",
    /^publish: Kafka at .* refused it: .*\[NOT_CONTROLLER\]$/,
  ],
  ["a size", refused("MESSAGE_TOO_LARGE"), "BAD_MESSAGE", /^publish: the topic takes no message that large/],
  ["what is no error", "oh", "BUS_UNREACHABLE", /\(oh\)/],
])("%s becomes one clear error", (_, cause, code, message) => {
  const error = toBusError(brokers, "publish", cause);
  expect(error).toMatchObject({ code, cause });
  expect(error.message).toMatch(message);
});

test("an error of our own stays as it is", () => {
  const own = new BedsideError("BUS_CLOSED", "closed");
  expect(toBusError(brokers, "publish", own)).toBe(own);
});

test("knows a fenced commit", () => {
  expect(isFenced(refused("ILLEGAL_GENERATION"))).toBe(true);
  expect(isFenced(refused("NOT_CONTROLLER"))).toBe(false);
  expect(isFenced(new Error("other"))).toBe(false);
});
