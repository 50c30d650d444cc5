import type { Priority } from "../../contracts/condition.ts";
import type { SOUNDS } from "../../contracts/proof.ts";
import { Changes } from "../changes.ts";
import { type Burst, BURSTS, burstSeconds, playBurst } from "./bursts.ts";

/**
 * off: nobody has turned it on; ready: it sounds where something calls; blocked: it was turned on, and this browser lets nothing sound until somebody
 * touches the page, or has lost its output; missing: the browser has no sound.
 */
export type SoundState = "off" | "ready" | "blocked" | "missing";

const KEY = "bedside.sound";
/** A clock of sound that stands for so long plays nothing, whatever its context says. */
const STUCK_MS = 2000;
/** Ahead of the context's time, so that no begin is missed, s. */
const AHEAD = 0.05;

const RANK = { high: 2, medium: 1, low: 0 } as const;

/** The ward's one voice: a burst of the highest priority that calls, again and again. It begins off, and remembers in this browser that it was turned on. */
export class AlarmSound {
  readonly changes = new Changes();
  state: SoundState = "off";
  private context: AudioContext | null = null;
  private playing: { readonly priority: Priority; readonly endsAt: number; readonly stop: () => void } | null = null;
  private clock = { at: -1, movedMs: 0 };

  /** `open` gives a context for sound, or throws where the browser has none. `storage`: what was chosen before. */
  constructor(
    private readonly storage: Pick<Storage, "getItem" | "setItem"> | null,
    private readonly open: () => AudioContext = () => new AudioContext(),
  ) {
    if (storage?.getItem(KEY) === "on") this.turnOn();
  }

  /** What the proof of life is told. */
  get proven(): (typeof SOUNDS)[number] {
    return this.state === "ready" || this.state === "blocked" ? this.state : "none";
  }

  /** By a person's touch, else the browser blocks it. */
  turnOn(): void {
    this.remember("on");
    try {
      this.context ??= this.open();
    } catch {
      this.enter("missing");
      return;
    }
    this.clock = { at: -1, movedMs: 0 };
    this.touched();
  }

  turnOff(): void {
    this.remember("off");
    this.hush();
    void this.context?.close().catch(() => {});
    this.context = null;
    this.enter("off");
  }

  /** Somebody touched the page: what was blocked may sound. */
  touched(): void {
    const { context } = this;
    if (!context) return;
    this.enter(context.state === "running" ? "ready" : "blocked");
    if (context.state === "running") return;
    context.resume().then(
      () => this.context === context && this.enter(context.state === "running" ? "ready" : "blocked"),
      () => {},
    );
  }

  /** To be called several times a second: `loudest` is what calls at this moment. */
  sound(loudest: Priority | null, nowMs: number): void {
    const { context } = this;
    if (!context) return;
    this.enter(this.runs(context, nowMs) ? "ready" : "blocked");
    if (this.state !== "ready") return;
    const { playing } = this;
    if (loudest === null) return this.hush();
    const burst = BURSTS[loudest];
    const isOutranked = playing !== null && RANK[loudest] > RANK[playing.priority];
    const isDue = playing === null || context.currentTime >= playing.endsAt + burst.between;
    // What has become less urgent than what is being played waits for its end.
    if (isOutranked) this.hush();
    if (isDue || isOutranked) this.begin(context, loudest, burst);
  }

  private begin(context: AudioContext, priority: Priority, burst: Burst): void {
    const at = context.currentTime + AHEAD;
    this.playing = { priority, endsAt: at + burstSeconds(burst), stop: playBurst(context, burst, at) };
  }

  private hush(): void {
    this.playing?.stop();
    this.playing = null;
  }

  /** The context says that it runs, and its time goes on. */
  private runs(context: AudioContext, nowMs: number): boolean {
    if (context.currentTime !== this.clock.at) this.clock = { at: context.currentTime, movedMs: nowMs };
    return context.state === "running" && nowMs - this.clock.movedMs < STUCK_MS;
  }

  private enter(state: SoundState): void {
    if (state === this.state) return;
    this.state = state;
    this.changes.tell();
  }

  private remember(choice: "on" | "off"): void {
    try {
      this.storage?.setItem(KEY, choice);
    } catch {
      // It is asked for again when the page is opened again.
    }
  }
}
