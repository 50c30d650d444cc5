import type { Bus, BusMessage } from "../bus/bus.ts";
import { CANARY_SOURCE, isCanary } from "../contracts/canary.ts";
import { annotationCodec } from "../contracts/codec.ts";
import type { Injection } from "../contracts/drift.ts";
import { BedsideError } from "../contracts/errors.ts";
import { encodeFrame } from "../contracts/frame.ts";
import { TOPICS } from "../contracts/topics.ts";
import { createRandom } from "../kit/random.ts";
import { FrameInjector } from "../data/injection/inject-frames.ts";
import { type Loop, Player } from "./player.ts";
import type { Source } from "./source.ts";

export interface SimulatorOptions {
  readonly bus: Pick<Bus, "publish">;
  readonly beds: readonly { readonly bed: string; readonly source: Source }[];
  /** Times real time, ≥ 0.1; Infinity: as fast as the bus takes it. */
  readonly speed: number;
  /** What follows when a source has been played. */
  readonly loop: Loop;
  /** Length of a frame, 100 to 500 ms of event time. */
  readonly frameMs: number;
  readonly seed: number;
  /** Name of each bed's first epoch. */
  readonly epoch: string;
  /** Disturbances of the frames' order and number (those of samples: injectSamples). */
  readonly drift?: readonly Injection[];
}

export interface RunningSimulator {
  /** Resolves when every bed has ended or the simulator was stopped; rejects when the bus does not take frames. */
  readonly done: Promise<void>;
  stop(): Promise<void>;
}

interface Playing {
  readonly player: Player;
  readonly injector: FrameInjector;
  dueMs: number;
}

/** Looking after all beds has a price: they are looked after no more often than this, so a frame may come so much later. */
const LEAST_SLEEP_MS = 4;

/** A bus that takes frames no sooner is away, or slower than the beds: their clock stands still until it has them. */
const PAUSED_MS = 1000;

/** Replays each bed's source onto ecg.frames, paced by the wall clock, and its truth onto ecg.annotations. */
export function runSimulator(options: SimulatorOptions): RunningSimulator {
  check(options);
  let stopped = false;
  let wake = (): void => {};
  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const play = async (): Promise<void> => {
    const startMs = performance.now();
    let playing = options.beds.map(({ bed, source }, index) => begin(options, bed, source, index, startMs));
    while (!stopped && playing.length > 0) {
      const nowMs = performance.now();
      const due = playing.filter((one) => one.dueMs <= nowMs);
      if (due.length === 0) {
        await sleep(Math.max(LEAST_SLEEP_MS, earliestOf(playing) - nowMs));
        continue;
      }
      await send(options, due);
      const heldMs = performance.now() - nowMs;
      if (heldMs > PAUSED_MS) for (const one of playing) one.dueMs += heldMs;
      playing = playing.filter(({ player }) => player.nextLength > 0);
    }
  };

  const done = play();
  done.catch(() => {});
  return {
    done,
    stop: async () => {
      stopped = true;
      wake();
      await done;
    },
  };
}

function earliestOf(playing: readonly Playing[]): number {
  let earliest = Number.POSITIVE_INFINITY;
  for (const { dueMs } of playing) earliest = Math.min(earliest, dueMs);
  return earliest;
}

/** Beds are spread over the frame's length, so that their frames do not come in one burst. */
function begin(options: SimulatorOptions, bed: string, source: Source, index: number, startMs: number): Playing {
  const { frameMs, speed, seed, epoch, loop, beds, drift = [] } = options;
  const frameSamples = Math.max(1, Math.round((frameMs / 1000) * source.samplingRateHz));
  const spreadMs = Number.isFinite(speed) ? (frameMs / speed) * (index / beds.length) : 0;
  return {
    player: new Player(bed, source, epoch, frameSamples, loop),
    injector: new FrameInjector(drift, createRandom(seed, `frames/${bed}`)),
    dueMs: startMs + spreadMs,
  };
}

async function send({ bus, speed }: SimulatorOptions, due: readonly Playing[]): Promise<void> {
  const messages: BusMessage[] = [];
  const nowMs = Date.now();
  for (const one of due) {
    const lengthMs = (one.player.nextLength / one.player.samplingRateHz) * 1000;
    const portion = one.player.next(nowMs);
    for (const frame of one.injector.push(portion.frame)) {
      messages.push({ topic: TOPICS.frames, key: frame.bed, value: encodeFrame(frame) });
    }
    for (const annotation of portion.annotations) {
      const value = annotationCodec.encode(annotation);
      messages.push({ topic: TOPICS.annotations, key: annotation.bed, value });
    }
    if (Number.isFinite(speed)) one.dueMs += lengthMs / speed;
  }
  await bus.publish(messages);
}

function check({ speed, frameMs, beds }: SimulatorOptions): void {
  const bad = (message: string): never => {
    throw new BedsideError("BAD_ARGUMENT", message);
  };
  if (!(speed >= 0.1)) bad(`speed is ${speed}, must be 0.1 or more, or max`);
  if (!(frameMs >= 100 && frameMs <= 500)) bad(`frames of ${frameMs} ms, must be 100 to 500 ms`);
  if (beds.length === 0) bad("no beds to simulate");
  for (const { bed, source } of beds) {
    if (isCanary(bed) && source.name !== CANARY_SOURCE) bad(`${bed}: names that begin so are reserved for canaries`);
    if (source.leads.length === 0 || source.leads[0].samples.length === 0) bad(`${bed}: ${source.name} has no samples`);
  }
}
