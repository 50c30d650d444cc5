import type { SimulationRequest } from "../../contracts/simulation.ts";
import { Changes } from "../changes.ts";
import { post, requestId } from "../post.ts";
import type { MonitoredBed } from "../ward/monitored-bed.ts";

export type Wished = Omit<SimulationRequest, "id">;

/** Without an answer for so long, nothing answers. */
export const ANSWERED_WITHIN_MS = 4000;
/** What is dragged is asked for when it has rested so long. */
const RESTS_MS = 150;

export type Outcome = "none" | "asking" | "played" | "refused" | "unanswered" | "failed";

/** What this screen asks of one bed, and what has become of it. */
export class Wish {
  readonly changes = new Changes();
  private wished: Wished | null = null;
  private id: string | null = null;
  private trouble: string | null = null;
  private isLate = false;
  private waiting: Wished | null = null;
  private isStopped = false;
  private answer: "played" | "refused" | null = null;
  private refusal: string | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly unfollow: () => void;

  constructor(
    readonly bed: MonitoredBed,
    private readonly send = post,
  ) {
    this.unfollow = bed.changes.subscribe(() => this.hear());
  }

  /** What is asked for, while no answer has come; else what is played. Null: nobody has said that it plays the bed. */
  get shown(): Wished | null {
    const { simulation } = this.bed;
    if (this.wished && this.outcome === "asking") return this.wished;
    return simulation && { record: simulation.record, speed: simulation.speed ?? 1, drift: simulation.drift };
  }

  get outcome(): Outcome {
    if (this.trouble !== null) return "failed";
    if (!this.wished) return "none";
    return this.answer ?? (this.isLate ? "unanswered" : "asking");
  }

  /** Why it was refused, or not even asked. */
  get reason(): string | null {
    return this.trouble ?? (this.answer === "refused" ? this.refusal : null);
  }

  ask(wished: Wished): void {
    this.wished = wished;
    this.id = null;
    this.trouble = null;
    this.isLate = false;
    this.answer = null;
    clearTimeout(this.timer);
    this.waiting = wished;
    this.timer = setTimeout(() => void this.post(wished), RESTS_MS);
    this.changes.tell();
  }

  /** Ends it; what has not been asked for yet is asked for at once. */
  stop(): void {
    clearTimeout(this.timer);
    this.unfollow();
    this.isStopped = true;
    if (this.waiting) void this.post(this.waiting);
  }

  private hear(): void {
    const { simulation } = this.bed;
    if (this.id === null || this.answer !== null || simulation?.id !== this.id) return;
    this.answer = simulation.phase === "refused" ? "refused" : "played";
    this.refusal = simulation.reason;
    this.changes.tell();
  }

  private async post(wished: Wished): Promise<void> {
    const id = requestId();
    this.id = id;
    this.waiting = null;
    try {
      await this.send(`api/beds/${encodeURIComponent(this.bed.bed)}/simulation`, { id, ...wished });
    } catch (error) {
      if (this.id === id) this.trouble = error instanceof Error ? error.message : String(error);
    }
    if (this.id !== id || this.isStopped) return;
    this.changes.tell();
    this.timer = setTimeout(() => {
      this.isLate = true;
      this.changes.tell();
    }, ANSWERED_WITHIN_MS);
  }
}
