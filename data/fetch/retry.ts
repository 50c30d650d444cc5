import { setTimeout as sleep } from "node:timers/promises";
import { BedsideError } from "../../contracts/errors.ts";

export interface RetryOptions {
  /** Tries in a row that bring nothing before it is given up. */
  readonly attempts: number;
  /** Pause before the second try; doubled before each further one. */
  readonly pauseMs: number;
}

/**
 * Tries `action` again as long as what it throws is retryable. A try after which `progressed` says so begins the count
 * anew: a long file comes through however often the line is cut.
 */
export async function retrying<Result>(
  { attempts, pauseMs }: RetryOptions,
  action: () => Promise<Result>,
  progressed: () => Promise<boolean> = () => Promise.resolve(false),
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof BedsideError && error.retryable)) throw error;
      if (await progressed()) attempt = 1;
      else if (attempt >= attempts) throw error;
      await sleep(pauseMs * 2 ** (attempt - 1));
    }
  }
}
