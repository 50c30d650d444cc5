import { BedsideError, type ErrorCode } from "../../../contracts/errors.ts";

/** What a client is told of a file that was not classified. */
export interface Failure {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const STATUS: Partial<Record<ErrorCode, number>> = {
  BAD_CSV: 422,
  TOO_LARGE: 413,
  BAD_UPLOAD: 400,
  UPLOAD_STALLED: 408,
};
const NO_MODEL: readonly ErrorCode[] = ["BAD_MODEL", "ENGINE_UNAVAILABLE"];

/** Status, code and message of an error; what went wrong inside stays in the log. */
export function failureOf(error: unknown): Failure {
  if (error instanceof BedsideError) {
    const { code, message } = error;
    const status = STATUS[code];
    if (status !== undefined) return { status, code, message };
    if (NO_MODEL.includes(code)) {
      return { status: 503, code: "NO_MODEL", message: "this gateway has no model of rows: its log tells why" };
    }
  }
  return { status: 500, code: "INTERNAL", message: "something went wrong inside: the gateway's log tells more" };
}
