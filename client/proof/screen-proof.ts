import { PROOF } from "../../contracts/canary.ts";
import type { Fault } from "../../contracts/proof.ts";
import type { Drawn, ProofMessage } from "../../contracts/socket.ts";
import { Changes } from "../changes.ts";

/** A canary's alarm, as it is to stand on the screen. */
export interface Proven {
  readonly bed: string;
  readonly sample: number;
}

/** What this screen proves of itself, and what it is told of the way to it and of the others. Times are of `performance.now()`. */
export class ScreenProof {
  readonly changes = new Changes();
  /** To be drawn. */
  newest: Proven | null = null;
  faults: readonly Fault[] = [];
  /** Takes what is confirmed to the gateway. */
  send: (drawn: Drawn) => void = () => {};
  /** Whether this screen's sound can play. */
  sound: Drawn["sound"] = "none";
  private fedMs: number | null = null;
  private confirmedMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly startMs = performance.now()) {}

  /** A canary's alarm has come. */
  canary({ bed, sample }: Proven, nowMs: number): void {
    this.fedMs = nowMs;
    this.newest = { bed, sample };
    this.changes.tell();
  }

  take({ faults }: ProofMessage): void {
    this.faults = faults;
    this.changes.tell();
  }

  /** What was read back from the screen is right. */
  drawn({ bed, sample }: Proven, nowMs: number): void {
    if (nowMs - this.confirmedMs < PROOF.confirmEveryMs) return;
    this.confirmedMs = nowMs;
    this.send({ type: "drawn", bed, sample, sound: this.sound });
  }

  /** For how long nothing has come that should, ms; null while it comes, or need not come yet. */
  starvedForMs(nowMs: number): number | null {
    const { fedMs, startMs } = this;
    if (fedMs === null) return nowMs - startMs >= PROOF.startingMs ? nowMs - startMs : null;
    return nowMs - fedMs >= PROOF.silentMs ? nowMs - fedMs : null;
  }
}
