import { expect, test } from "vitest";
import { readConfig } from "./config.ts";
import { kafkaSecurity } from "./kafka-security.ts";

const of = (environment: Readonly<Record<string, string>>) => kafkaSecurity(readConfig(environment));

test("plain text and no user unless something is configured", () => {
  expect(of({})).toEqual({});
  expect(of({ KAFKA_TLS: "yes" })).toEqual({ tls: {} });
  expect(of({ KAFKA_USER: "u", KAFKA_PASSWORD: "p" })).toEqual({ sasl: { username: "u", password: "p" } });
});

test.each([
  [{ KAFKA_CA: "x" }, /KAFKA_CA is set and KAFKA_TLS is no/],
  [{ KAFKA_TLS: "yes", KAFKA_CA: "/etc/ca.crt" }, /KAFKA_CA is no certificate in PEM; KAFKA_CA_FILE/],
  [{ KAFKA_USER: "u" }, /KAFKA_USER is set and KAFKA_PASSWORD is not/],
  [{ KAFKA_PASSWORD: "swordfish" }, /KAFKA_PASSWORD is set and KAFKA_USER is not/],
])("%j is refused in one line, without the password", (environment, message) => {
  expect(() => of(environment)).toThrow(message);
  expect(() => of(environment)).not.toThrow(/swordfish/);
  expect(() => of(environment)).toThrow(expect.objectContaining({ code: "BAD_CONFIG" }));
});
