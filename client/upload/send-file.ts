import { msg, str } from "@lit/localize";
import { Value } from "typebox/value";
import { ApiErrorSchema } from "../../contracts/api.ts";
import { CLASSIFY_PATH, type ClassifyEvent, ClassifyEventSchema, NDJSON_TYPE } from "../../contracts/classify-api.ts";
import { lineReader } from "./lines.ts";

export interface SendHandlers {
  /** Bytes of the file that have left. */
  sent(bytes: number): void;
  event(event: ClassifyEvent): void;
  /** Why there is no answer, or none to the end. */
  failed(message: string): void;
  /** The answer is over. */
  closed(): void;
}

const cutOff = (): string => msg("the connection broke off before the answer was over: try again");

/**
 * Sends a file of beats to /api/classify, and its answer as it comes. Returns how to cancel. An XMLHttpRequest, since
 * fetch tells nothing of how much has been sent.
 */
export function sendFile(file: Blob, handlers: SendHandlers): () => void {
  const request = new XMLHttpRequest();
  const lines = lineReader();
  let isEnded = false;
  const end = (last: () => void): void => {
    if (isEnded) return;
    isEnded = true;
    last();
  };
  const read = (isOver: boolean): void => {
    if (request.status !== 200 || isEnded) return;
    for (const line of lines(request.responseText, isOver)) {
      const event = eventOf(line);
      if (!event) return end(() => handlers.failed(msg("the answer could not be read: reload the page")));
      if (event.event === "error") return end(() => handlers.failed(event.error.message));
      handlers.event(event);
      if (event.event === "end") return end(() => handlers.closed());
    }
  };
  request.upload.addEventListener("progress", ({ loaded }) => handlers.sent(loaded));
  request.addEventListener("progress", () => read(false));
  request.addEventListener("load", () => {
    read(true);
    end(() => handlers.failed(request.status === 200 ? cutOff() : refusalOf(request)));
  });
  request.addEventListener("error", () =>
    end(() => handlers.failed(msg("the server can't be reached, or it broke off"))),
  );
  request.open("POST", CLASSIFY_PATH.slice(1));
  request.setRequestHeader("accept", NDJSON_TYPE);
  request.setRequestHeader("content-type", "text/csv");
  request.send(file);
  return () => end(() => request.abort());
}

function eventOf(line: string): ClassifyEvent | null {
  try {
    const value: unknown = JSON.parse(line);
    return Value.Check(ClassifyEventSchema, value) ? value : null;
  } catch {
    return null;
  }
}

/** What the server says of a file that it does not take. */
function refusalOf({ status, responseText }: XMLHttpRequest): string {
  try {
    const value: unknown = JSON.parse(responseText);
    if (Value.Check(ApiErrorSchema, value)) return value.error.message;
  } catch {
    // Not ours: a proxy's page, say.
  }
  return status === 404
    ? msg("this gateway has no classifier of rows")
    : msg(str`the server answered with status ${status}`);
}
