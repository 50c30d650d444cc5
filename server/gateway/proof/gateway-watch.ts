import { PROOF } from "../../../contracts/canary.ts";
import type { Proof, Screen } from "../../../contracts/proof.ts";

/** Gateways that are remembered; the one heard longest ago goes first. */
const KEPT_GATEWAYS = 64;

interface Heard {
  readonly screens: readonly Screen[];
  readonly atMs: number;
}

/** The other gateways, as they say themselves that they and their screens are. Times are ms of any clock that only goes on. */
export class GatewayWatch {
  private readonly gateways = new Map<string, Heard>();

  heard({ gateway, leaving, screens }: Proof, nowMs: number): void {
    this.gateways.delete(gateway);
    if (leaving) return;
    this.gateways.set(gateway, { screens, atMs: nowMs });
    if (this.gateways.size > KEPT_GATEWAYS) {
      for (const first of this.gateways.keys()) if (this.gateways.delete(first)) break;
    }
  }

  /** Those that are silent, and since when. */
  silent(nowMs: number): { gateway: string; sinceMs: number; screens: readonly Screen[] }[] {
    for (const [gateway, { atMs }] of this.gateways) {
      if (nowMs - atMs >= PROOF.forgottenMs) this.gateways.delete(gateway);
    }
    return [...this.gateways]
      .filter(([, { atMs }]) => nowMs - atMs >= PROOF.silentMs)
      .map(([gateway, { atMs, screens }]) => ({ gateway, sinceMs: atMs, screens }));
  }

  /** Screens of those that speak. */
  screens(nowMs: number): Screen[] {
    return [...this.gateways.values()]
      .filter(({ atMs }) => nowMs - atMs < PROOF.silentMs)
      .flatMap(({ screens }) => screens);
  }

  /** How many speak. */
  speaking(nowMs: number): number {
    return [...this.gateways.values()].filter(({ atMs }) => nowMs - atMs < PROOF.silentMs).length;
  }
}
