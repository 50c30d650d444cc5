import type { ReceivedMessage } from "../../../bus/bus.ts";
import { isIdentifier } from "../../../contracts/schema.ts";
import { HEADERS, TOPICS } from "../../../contracts/topics.ts";
import type { Refusal } from "../../history/monitoring.ts";

/** C0, DEL and C1: a message may quote what was sent. */
const CONTROL = /[\p{Cc}\u2028\u2029]+/gu;

/** Whose message was refused, and why. Null where its key is no bed's name. */
export function readDeadLetter({ key, headers }: ReceivedMessage): { bed: string; refusal: Refusal } | null {
  if (!isIdentifier(key)) return null;
  const code = headers[HEADERS.errorCode] ?? "";
  const message = (headers[HEADERS.errorMessage] ?? "").slice(0, 1000).replaceAll(CONTROL, " ").trim();
  const refusal = { code, message: message || "no reason is told", offset: offsetOf(headers[HEADERS.source] ?? "") };
  return { bed: key, refusal };
}

/** Of "topic/partition/offset", where the topic is that of frames. */
function offsetOf(source: string): number | null {
  const [topic, , offset = ""] = source.split("/", 4);
  return topic === TOPICS.frames && /^\d{1,15}$/.test(offset) ? Number(offset) : null;
}
