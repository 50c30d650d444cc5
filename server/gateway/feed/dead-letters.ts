import type { ReceivedMessage } from "../../../bus/bus.ts";
import { isIdentifier } from "../../../contracts/schema.ts";
import { HEADERS, TOPICS } from "../../../contracts/topics.ts";
import type { Refusal } from "../../ward/monitoring.ts";

/** Characters that are looked at. */
const MAX_WORDS = 1000;
/** C0, DEL and C1: a message may quote what was sent. */
const CONTROL = /[\p{Cc}\u2028\u2029]+/gu;

/** Whose message was refused, and why. Null where its key is no bed's name, or it was no frame. */
export function readDeadLetter({ key, headers }: ReceivedMessage): { bed: string; refusal: Refusal } | null {
  if (!isIdentifier(key)) return null;
  // A command that was none says nothing of the bed.
  if (headers[HEADERS.source]?.startsWith(`${TOPICS.commands}/`)) return null;
  const message = words(headers[HEADERS.errorMessage]) || "no reason is told";
  const refusal = { code: words(headers[HEADERS.errorCode]), message, offset: offsetOf(headers[HEADERS.source] ?? "") };
  return { bed: key, refusal };
}

const words = (text = ""): string => text.slice(0, MAX_WORDS).replaceAll(CONTROL, " ").trim();

/** Of "topic/partition/offset", where the topic is that of frames. */
function offsetOf(source: string): number | null {
  const [topic, , offset = ""] = source.split("/", 4);
  return topic === TOPICS.frames && /^\d{1,15}$/.test(offset) ? Number(offset) : null;
}
