/** Exchanges of which the quickest is believed; the older ones are forgotten, since clocks drift. */
const KEPT = 12;

interface Exchange {
  readonly askedMs: number;
  readonly answeredMs: number;
  readonly serverMs: number;
}

/**
 * The gateway's clock, as questions and answers over the socket tell it. Times in arguments are of `performance.now()`. Where an answer takes
 * long, nobody knows on which way it lost the time: the clock is known to within the quickest round trip.
 */
export class ServerClock {
  private exchanges: Exchange[] = [];

  /** The gateway's clock read `serverMs` (Unix ms) at some moment between question and answer. */
  answered(askedMs: number, answeredMs: number, serverMs: number): void {
    this.exchanges.push({ askedMs, answeredMs, serverMs });
    if (this.exchanges.length > KEPT) this.exchanges.shift();
  }

  /** Another gateway may have another clock. */
  forget(): void {
    this.exchanges = [];
  }

  /** The latest that it may read, Unix ms; null before the first answer. */
  latestMs(nowMs: number): number | null {
    const { quickest } = this;
    return quickest && quickest.serverMs + (nowMs - quickest.askedMs);
  }

  /** By how much it may read less than `latestMs`, ms. */
  get uncertaintyMs(): number | null {
    const { quickest } = this;
    return quickest && quickest.answeredMs - quickest.askedMs;
  }

  private get quickest(): Exchange | null {
    const tripMs = (one: Exchange): number => one.answeredMs - one.askedMs;
    return this.exchanges.reduce<Exchange | null>(
      (best, one) => (best && tripMs(best) <= tripMs(one) ? best : one),
      null,
    );
  }
}
