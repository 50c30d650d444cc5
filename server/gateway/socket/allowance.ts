/** So much may be asked at once, and so much more a second. */
const ALLOWANCE = { burst: 20, perSecond: 1 } as const;

/** What a client may still ask of the gateway: a bucket of tokens that fills with time. */
export class Allowance {
  private tokens: number;
  private filledAtMs: number;

  constructor(
    nowMs: number,
    private readonly limits: { burst: number; perSecond: number } = ALLOWANCE,
  ) {
    this.tokens = limits.burst;
    this.filledAtMs = nowMs;
  }

  /** False when the client has asked too much. */
  spend(cost: number, nowMs: number): boolean {
    const { burst, perSecond } = this.limits;
    this.tokens = Math.min(burst, this.tokens + (perSecond * (nowMs - this.filledAtMs)) / 1000) - cost;
    this.filledAtMs = nowMs;
    return this.tokens >= 0;
  }
}
