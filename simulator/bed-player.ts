import type { Annotation } from "../contracts/annotation.ts";
import type { Injection } from "../contracts/drift.ts";
import type { Frame } from "../contracts/frame.ts";
import { FrameInjector } from "../data/injection/inject-frames.ts";
import type { NoiseRecords } from "../data/injection/noise-records.ts";
import { createRandom } from "../kit/random.ts";
import { type Loop, Player } from "./player.ts";
import type { Source } from "./source.ts";

/** What a bed plays. */
export interface Play {
  readonly source: Source;
  /** Times real time; Infinity: as fast as the bus takes it. */
  readonly speed: number;
  readonly drift: readonly Injection[];
}

export interface BedPlayerOptions {
  readonly bed: string;
  /** Name of the first epoch. */
  readonly epoch: string;
  readonly loop: Loop;
  /** Length of a frame, ms of event time. */
  readonly frameMs: number;
  readonly seed: number;
  /** When its first frame is sent, of performance.now(). */
  readonly dueMs: number;
}

/** What one bed plays, and when it sends its next frame. */
export class BedPlayer {
  readonly bed: string;
  dueMs: number;
  private player: Player;
  private readonly injector: FrameInjector;
  private current: Play;
  /** What follows when the epoch's last frame has been sent. */
  private following: { readonly play: Play; readonly player: Player } | null = null;
  private changes = 0;

  constructor(
    private readonly options: BedPlayerOptions,
    play: Play,
    noise: NoiseRecords,
  ) {
    this.bed = options.bed;
    this.dueMs = options.dueMs;
    this.current = play;
    this.player = this.playerOf(play, noise, options.epoch);
    this.injector = new FrameInjector(play.drift, createRandom(options.seed, `frames/${this.bed}`));
  }

  /** What it plays, from the next frame on at the latest but one. */
  get play(): Play {
    return this.following?.play ?? this.current;
  }

  get hasEnded(): boolean {
    return this.player.nextLength === 0 && this.following === null;
  }

  change(play: Play, noise: NoiseRecords): void {
    const { source, speed } = this.current;
    if (this.following === null && play.source === source && play.speed === speed) {
      this.player.disturb({ injections: play.drift, noise, seed: this.options.seed });
      this.begin(play, this.player);
      return;
    }
    const player = this.playerOf(play, noise, `${this.options.epoch}.${++this.changes}`);
    if (!this.player.isWithinEpoch) return this.begin(play, player);
    this.player.cut();
    this.following = { play, player };
  }

  /** What is sent at `nowMs` (Unix ms), late frames among it; call it only while it has not ended. */
  next(nowMs: number): { readonly frames: readonly Frame[]; readonly annotations: readonly Annotation[] } {
    const { player, current, injector, following } = this;
    const lengthMs = (player.nextLength / player.samplingRateHz) * 1000;
    const { frame, annotations } = player.next(nowMs);
    const frames = injector.push(frame);
    if (Number.isFinite(current.speed)) this.dueMs += lengthMs / current.speed;
    if (following) this.begin(following.play, following.player);
    return { frames, annotations };
  }

  private begin(play: Play, player: Player): void {
    this.following = null;
    this.injector.injections = play.drift;
    this.current = play;
    this.player = player;
  }

  private playerOf({ source, drift }: Play, noise: NoiseRecords, epoch: string): Player {
    const { bed, frameMs, loop, seed } = this.options;
    const frameSamples = Math.max(1, Math.round((frameMs / 1000) * source.samplingRateHz));
    return new Player(bed, source, epoch, frameSamples, loop, { injections: drift, noise, seed });
  }
}
