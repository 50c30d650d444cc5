import { BedsideError, type ErrorCode } from "../contracts/errors.ts";

/** What a thread's work gave: an error that is thrown in a thread reaches its caller without its code, so it is told. */
export type Answer<T> =
  | { readonly value: T }
  | { readonly failed: { readonly code: ErrorCode | null; readonly message: string } };

/** In the thread: what `work` gives, or why not. */
export async function answerOf<T>(work: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    const code = error instanceof BedsideError ? error.code : null;
    return { failed: { code, message: error instanceof Error ? error.message : String(error) } };
  }
}

/** At the caller: the value, or the error thrown. */
export function valueOf<T>(answer: Answer<T>): T {
  if ("value" in answer) return answer.value;
  const { code, message } = answer.failed;
  throw code ? new BedsideError(code, message) : new Error(message);
}
