/** What can go wrong, one code each. `retryable`: the same call may succeed later without a change. */
export const ERROR_CODES = {
  BAD_CONFIG: { retryable: false },
  BAD_ARGUMENT: { retryable: false },
  UNKNOWN_RECORD: { retryable: false },
  BAD_RECORD: { retryable: false },
  BAD_CHECKSUM: { retryable: false },
  DOWNLOAD_FAILED: { retryable: true },
  BAD_MESSAGE: { retryable: false },
  BAD_FRAME: { retryable: false },
  BAD_MODEL: { retryable: false },
  ENGINE_UNAVAILABLE: { retryable: false },
  BUS_UNREACHABLE: { retryable: true },
  BUS_CLOSED: { retryable: false },
  PORT_IN_USE: { retryable: false },
  BAD_SNAPSHOT: { retryable: false },
  BAD_CSV: { retryable: false },
  TOO_LARGE: { retryable: false },
  BAD_UPLOAD: { retryable: false },
  UPLOAD_STALLED: { retryable: true },
  BUSY: { retryable: true },
  BAD_POLICY: { retryable: false },
  HISTORY_UNAVAILABLE: { retryable: true },
  HISTORY_DAMAGED: { retryable: true },
  SIGN_IN_UNAVAILABLE: { retryable: true },
  TOO_MANY_GUESSES: { retryable: true },
  TOOL_MISSING: { retryable: false },
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** The one error class: a code, a message that names the place and the remedy, and what caused it. */
export class BedsideError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "BedsideError";
    this.code = code;
  }

  get retryable(): boolean {
    return ERROR_CODES[this.code].retryable;
  }
}
