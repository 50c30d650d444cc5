import { AuthenticationError, MultipleErrors, NetworkError, ResponseError } from "@platformatic/kafka";
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

/** As @platformatic/kafka hands a broker's answer on. */
const answered = (code: number): Error => new ResponseError(0, 11, { "/responses/0": [code, null] }, {});

/** As @platformatic/kafka says why it could not connect, and as kafkajs does. */
const unconnected = (cause: Error): Error =>
  new MultipleErrors("Cannot connect to any broker.", [new NetworkError("Connection to b1:9092 failed.", { cause })]);
const REFUSED = Object.assign(new Error("invalid"), { name: "KafkaJSSASLAuthenticationError" });
const SELF_SIGNED = Object.assign(new Error("self-signed certificate"), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" });

test.each([
  [
    "a connection of the other client",
    unconnected(new Error("connect ECONNREFUSED")),
    "BUS_UNREACHABLE",
    /\(connect ECONN/,
  ],
  ["a refusal of the other client", answered(41), "BUS_UNREACHABLE", /refused it: .*\[NOT_CONTROLLER\]$/],
  ["a size of the other client", answered(10), "BAD_MESSAGE", /takes no message that large/],
  ["a certificate", SELF_SIGNED, "BAD_CONFIG", /KAFKA_CA/],
  ["a certificate of the other client", unconnected(SELF_SIGNED), "BAD_CONFIG", /not who it should be .*KAFKA_CA/],
  ["a password", REFUSED, "BAD_CONFIG", /not let this user in \(invalid\): KAFKA_USER/],
  [
    "a password of the other client",
    unconnected(new AuthenticationError("SASL failed.", { cause: answered(58) })),
    "BAD_CONFIG",
    /does not let this user in .*KAFKA_PASSWORD/,
  ],
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
  ["a name that is taken", answered(82), "BAD_CONFIG", /^publish: another process has taken .*: WORKER_NAME has to be/],
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
  expect(isFenced(answered(22))).toBe(true);
  expect(isFenced(answered(41))).toBe(false);
  expect(isFenced(new Error("other"))).toBe(false);
});
