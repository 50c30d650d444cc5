import { X509Certificate } from "node:crypto";
import type { KafkaBusOptions } from "../bus/kafka-bus.ts";
import { BedsideError } from "../contracts/errors.ts";
import type { Config } from "./config.ts";

type Variables = Pick<Config, "KAFKA_TLS" | "KAFKA_CA" | "KAFKA_USER" | "KAFKA_PASSWORD">;

/** How Kafka and this process make sure of each other, as configured; throws BAD_CONFIG for what does not go together. */
export function kafkaSecurity(config: Variables): KafkaBusOptions["security"] {
  const { KAFKA_TLS: tls, KAFKA_CA: ca, KAFKA_USER: username, KAFKA_PASSWORD: password } = config;
  if (ca !== "" && tls === "no") throw bad("variable KAFKA_CA is set and KAFKA_TLS is no: set KAFKA_TLS=yes");
  if ((username === "") !== (password === "")) {
    const [set, missing] = username === "" ? ["KAFKA_PASSWORD", "KAFKA_USER"] : ["KAFKA_USER", "KAFKA_PASSWORD"];
    throw bad(`variable ${set} is set and ${missing} is not`);
  }
  if (ca !== "") checkCertificate(ca);
  return {
    ...(tls === "yes" && { tls: ca === "" ? {} : { ca } }),
    ...(username !== "" && { sasl: { username, password } }),
  };
}

function checkCertificate(pem: string): void {
  try {
    return void new X509Certificate(pem).subject;
  } catch (cause) {
    throw bad("variable KAFKA_CA is no certificate in PEM; KAFKA_CA_FILE names a file that has one", cause);
  }
}

const bad = (message: string, cause?: unknown): BedsideError => new BedsideError("BAD_CONFIG", message, { cause });
