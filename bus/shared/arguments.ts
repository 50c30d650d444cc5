import { BedsideError } from "../../contracts/errors.ts";
import type { BusMessage, SubscribeOptions } from "../bus.ts";

/** Largest value of a message, bytes: as much as the largest frame. */
export const MAX_MESSAGE_BYTES = 1 << 20;

/** Throws BAD_MESSAGE if `message` is larger than the bus takes, or a tombstone with a value. */
export function checkMessage({ topic, key, value, isTombstone }: BusMessage): void {
  if (isTombstone && value.byteLength > 0) {
    throw new BedsideError("BAD_MESSAGE", `tombstone of ${key} to ${topic} has a value, which would be lost`);
  }
  if (value.byteLength <= MAX_MESSAGE_BYTES) return;
  const size = `${value.byteLength} bytes, at most ${MAX_MESSAGE_BYTES} are taken`;
  throw new BedsideError("BAD_MESSAGE", `message of ${key} to ${topic} has ${size}`);
}

/** Throws BAD_ARGUMENT unless the subscription names topics, has a credit and a place to begin. */
export function checkSubscribe({ group, topics, from, credits }: SubscribeOptions): void {
  const bad = (what: string): never => {
    throw new BedsideError("BAD_ARGUMENT", `subscription of group ${JSON.stringify(group)}: ${what}`);
  };
  if (group === "") bad("the group needs a name");
  if (topics.length === 0) bad("no topics");
  if (!Number.isSafeInteger(credits) || credits < 1) bad(`credits is ${credits}, must be a whole number ≥ 1`);
  if (typeof from === "number" && (!Number.isSafeInteger(from) || from < 0)) {
    bad(`from is ${from}, must be a whole number ≥ 0`);
  }
}
