import type { Beat } from "../../contracts/beat.ts";
import type { Condition } from "../../contracts/condition.ts";
import type { Snapshot, SocketEvent } from "../../contracts/socket.ts";
import type { FeedState } from "../feed/feed.ts";
import type { FeedMessage } from "../feed/messages.ts";
import { BedState } from "./bed-state.ts";

export interface OpenCondition {
  readonly bed: BedState;
  readonly condition: Condition;
}

const ORDER = { high: 0, medium: 1, low: 2 } as const;

/** High priority first; of one priority, the latest first. */
export function byUrgency(a: Condition, b: Condition): number {
  return ORDER[a.priority] - ORDER[b.priority] || b.beginTimeMs - a.beginTimeMs;
}

/** All that the page knows, fed by the socket. Tells listeners of changes, but never of samples. */
export class Ward {
  readonly beds = new Map<string, BedState>();
  connection: FeedState = { status: "connecting" };
  /** A snapshot has come: an empty list of beds means that there are none. */
  known = false;
  /** Messages that were none of the protocol. */
  rejected = 0;
  private readonly listeners = new Set<() => void>();

  /** Beds in the order of their names, numbers by value. */
  get sortedBeds(): BedState[] {
    return [...this.beds.values()].sort((a, b) => a.bed.localeCompare(b.bed, "en", { numeric: true }));
  }

  get openConditions(): OpenCondition[] {
    return [...this.beds.values()]
      .flatMap((bed) => [...bed.open.values()].map((condition) => ({ bed, condition })))
      .sort((a, b) => byUrgency(a.condition, b.condition));
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  setConnection(state: FeedState): void {
    this.connection = state;
    this.changed();
  }

  reject(): void {
    this.rejected++;
    this.changed();
  }

  /** Takes a message that came at `nowMs` (performance.now()). */
  take(message: FeedMessage, nowMs: number): void {
    switch (message.kind) {
      case "frame":
        if (!this.bed(message.frame.bed).addFrame(message.frame, nowMs)) return;
        break;
      case "snapshot":
        this.takeSnapshot(message.snapshot);
        break;
      case "event":
        this.takeEvent(message.event);
        break;
      case "gap":
        if (message.gap.topic === "frames" && message.gap.bed) {
          this.bed(message.gap.bed).framesLeftOut += message.gap.count;
        }
        break;
      case "error":
        this.rejected++;
    }
    this.changed();
  }

  /** Beats and conditions from before this page was opened. */
  addHistory(name: string, beats: readonly Beat[], conditions: readonly Condition[]): void {
    const bed = this.bed(name);
    for (const beat of beats) bed.addBeat(beat);
    for (const condition of conditions) bed.remember(condition);
    this.changed();
  }

  private takeSnapshot({ beds, conditions, beats }: Snapshot): void {
    this.known = true;
    for (const described of beds) this.bed(described.bed).describe(described);
    for (const bed of this.beds.values()) bed.replaceOpen(conditions.filter((condition) => condition.bed === bed.bed));
    for (const beat of beats) this.bed(beat.bed).addBeat(beat);
  }

  private takeEvent(event: SocketEvent): void {
    const bed = this.bed(event.bed);
    if (event.topic === "conditions") bed.addCondition(event.data);
    else bed.addBeat(event.data);
  }

  private bed(name: string): BedState {
    let bed = this.beds.get(name);
    if (!bed) {
      bed = new BedState(name);
      this.beds.set(name, bed);
    }
    return bed;
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
