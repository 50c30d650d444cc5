import { randomBytes } from "node:crypto";
import type { Bus } from "../../../bus/bus.ts";
import { PROOF } from "../../../contracts/canary.ts";
import { SCREEN_STATES } from "../../../contracts/proof.ts";
import type { ProofMessage } from "../../../contracts/socket.ts";
import { messageOf } from "../../../contracts/message.ts";
import { within } from "../../../kit/within.ts";
import type { Metrics } from "../../metrics.ts";
import { ProofBoard, type ProofStatus } from "./proof-board.ts";

const FAREWELL_WITHIN_MS = 500;

export interface KeeperOptions {
  readonly bus: Pick<Bus, "publish" | "partitions">;
  readonly metrics: Pick<Metrics, "canaryAge" | "screens" | "gateways" | "faults">;
  /** The beds of some partitions that are known. */
  readonly bedsOf: (partitions: ReadonlySet<number>) => readonly string[];
  /** Something else is broken than before. */
  readonly onChange: (message: ProofMessage) => void;
}

/** Looks after the board twice a second, tells its changes, and what this gateway knows to the others. */
export class ProofKeeper {
  readonly board: ProofBoard;
  private timer: ReturnType<typeof setInterval> | undefined;
  private status: ProofStatus = { faults: [], screens: [] };
  private told = "";
  private toldOthers = "";
  private toldOthersMs = Number.NEGATIVE_INFINITY;
  private isTelling = false;

  constructor(private readonly options: KeeperOptions) {
    const gateway = randomBytes(2).toString("hex");
    this.board = new ProofBoard({ gateway, partitions: options.bus.partitions, now: () => performance.now() });
  }

  start(): void {
    this.timer = setInterval(() => this.look(), PROOF.lookEveryMs);
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    // A bus that is away does not come back for this.
    if (this.timer) await within(FAREWELL_WITHIN_MS, this.publish(true));
  }

  /** What holds at this moment, as screens are told. */
  get message(): ProofMessage {
    const { faults, screens } = this.status;
    return { type: "proof", screens: screens.filter(({ state }) => state === "watching").length, faults: [...faults] };
  }

  private look(): void {
    this.status = this.board.status(Date.now(), this.options.bedsOf);
    this.count();
    const { message } = this;
    const text = `${message.screens} ${message.faults.map(({ id, message: words }) => `${id} ${words}`).join("\n")}`;
    if (text !== this.told) this.options.onChange(message);
    this.told = text;
    this.tellOthers();
  }

  /** Every 2 s, and when a screen is otherwise than before. */
  private tellOthers(): void {
    const nowMs = performance.now();
    const screens = this.board
      .proof(false)
      .screens.map(({ name, state }) => `${name} ${state}`)
      .join("\n");
    if (this.isTelling || (screens === this.toldOthers && nowMs - this.toldOthersMs < PROOF.tellEveryMs)) return;
    this.toldOthers = screens;
    this.toldOthersMs = nowMs;
    this.isTelling = true;
    void this.publish(false).finally(() => (this.isTelling = false));
  }

  /** The others notice that a bus which takes nothing has taken nothing. */
  private async publish(leaving: boolean): Promise<void> {
    const message = messageOf("proofs", this.board.proof(leaving));
    await this.options.bus.publish([message]).catch(() => {});
  }

  private count(): void {
    const { canaryAge, screens, gateways, faults } = this.options.metrics;
    for (const [partition, ageMs] of this.board.ages.entries()) {
      if (ageMs !== null) canaryAge.set({ partition }, ageMs / 1000);
    }
    const own = this.board.proof(false).screens;
    for (const state of SCREEN_STATES) screens.set({ state }, own.filter((screen) => screen.state === state).length);
    for (const [state, count] of Object.entries(this.board.gateways)) gateways.set({ state }, count);
    for (const stage of STAGES)
      faults.set({ stage }, this.status.faults.filter((fault) => fault.stage === stage).length);
  }
}

const STAGES = ["source", "worker", "gateway", "screen", "sound"] as const;
