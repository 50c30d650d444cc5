import type { Bus, BusMessage } from "../bus/bus.ts";
import type { Annotation } from "../contracts/annotation.ts";
import { CANARY_SOURCE, isCanary } from "../contracts/canary.ts";
import type { Injection } from "../contracts/drift.ts";
import { BedsideError } from "../contracts/errors.ts";
import { encodeFrame, type Frame, frameEnd } from "../contracts/frame.ts";
import { messageOf } from "../contracts/message.ts";
import { HEADERS, TOPICS } from "../contracts/topics.ts";
import type { NoiseRecords } from "../data/injection/noise-records.ts";
import type { Span, Tracing } from "../kit/tracing.ts";
import { BedPlayer, type Play } from "./bed-player.ts";
import type { Loop } from "./player.ts";
import type { Source } from "./source.ts";
import { unrecordedTrace } from "./unrecorded.ts";

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
  /** What disturbs every bed. */
  readonly drift?: readonly Injection[];
  /** The recorded noise that the drift needs. */
  readonly noise?: NoiseRecords;
  /** Default: no spans are made. */
  readonly tracing?: Tracing | null;
}

export interface RunningSimulator {
  /** Resolves when every bed has ended or the simulator was stopped; rejects when the bus does not take frames. */
  readonly done: Promise<void>;
  stop(): Promise<void>;
  /** Beds that have not ended. */
  readonly beds: readonly string[];
  /** Null: none of this simulator's. */
  playing(bed: string): Play | null;
  /**
   * From its next frame on the bed plays this. Another source or speed begins an epoch, so that event time goes on from the clock's;
   * a disturbance comes into the one that goes on. Throws BAD_ARGUMENT for what can't be played, and goes on as before.
   */
  play(bed: string, play: Play, noise: NoiseRecords): void;
}

/** Looking after all beds has a price: they are looked after no more often than this, so a frame may come so much later. */
const LEAST_SLEEP_MS = 10;

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

  const startMs = performance.now();
  let playing = options.beds.map(({ bed, source }, index) => begin(options, bed, source, index, startMs));
  const play = async (): Promise<void> => {
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
      playing = playing.filter(({ hasEnded }) => !hasEnded);
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
    get beds() {
      return playing.map(({ bed }) => bed);
    },
    playing: (bed) => playing.find((one) => one.bed === bed)?.play ?? null,
    play: (bed, next, noise) => {
      checkSpeed(next.speed);
      checkSource(bed, next.source);
      playing.find((one) => one.bed === bed)?.change(next, noise);
    },
  };
}

function earliestOf(playing: readonly BedPlayer[]): number {
  let earliest = Number.POSITIVE_INFINITY;
  for (const { dueMs } of playing) earliest = Math.min(earliest, dueMs);
  return earliest;
}

/** Beds are spread over the frame's length, so that their frames do not come in one burst. */
function begin(options: SimulatorOptions, bed: string, source: Source, index: number, startMs: number): BedPlayer {
  const { frameMs, speed, seed, epoch, loop, beds, drift = [], noise = {} } = options;
  const spreadMs = Number.isFinite(speed) ? (frameMs / speed) * (index / beds.length) : 0;
  const play = { source, speed, drift };
  return new BedPlayer({ bed, epoch, loop, frameMs, seed, dueMs: startMs + spreadMs }, play, noise);
}

async function send({ bus, tracing }: SimulatorOptions, due: readonly BedPlayer[]): Promise<void> {
  const messages: BusMessage[] = [];
  const spans: Span[] = [];
  const nowMs = Date.now();
  for (const one of due) {
    const { frames, annotations } = one.next(nowMs);
    const traces: string[] = [];
    for (const frame of frames) {
      const span = tracing && beginFrame(tracing, frame);
      if (span) spans.push(span);
      const trace = span?.traceparent ?? unrecordedTrace();
      traces.push(trace);
      const headers = { [HEADERS.traceparent]: trace };
      messages.push({ topic: TOPICS.frames, key: frame.bed, value: encodeFrame(frame), headers });
    }
    for (const annotation of annotations) {
      // Of the frame that has its sample; a frame that is dropped or late has left none.
      const trace = traces[frames.findIndex((frame) => isWithin(annotation, frame))] ?? unrecordedTrace();
      messages.push(messageOf("annotations", annotation, { [HEADERS.traceparent]: trace }));
    }
  }
  await bus.publish(messages);
  for (const span of spans) span.end();
}

const isWithin = ({ epoch, sample }: Annotation, frame: Frame): boolean =>
  epoch === frame.epoch && frame.firstSample <= sample && sample < frameEnd(frame);

const beginFrame = (tracing: Tracing, { bed, epoch, sequence }: Frame): Span =>
  tracing.begin(`send ${TOPICS.frames}`, {
    kind: "producer",
    parent: null,
    attributes: {
      "messaging.destination.name": TOPICS.frames,
      "messaging.operation.type": "send",
      "bedside.bed": bed,
      "bedside.epoch": epoch,
      "bedside.sequence": sequence,
    },
  });

const bad = (message: string): never => {
  throw new BedsideError("BAD_ARGUMENT", message);
};

function check({ speed, frameMs, beds }: SimulatorOptions): void {
  checkSpeed(speed);
  if (!(frameMs >= 100 && frameMs <= 500)) bad(`frames of ${frameMs} ms, must be 100 to 500 ms`);
  if (beds.length === 0) bad("no beds to simulate");
  for (const { bed, source } of beds) {
    if (isCanary(bed) && source.name !== CANARY_SOURCE) bad(`${bed}: names that begin so are reserved for canaries`);
    checkSource(bed, source);
  }
}

function checkSpeed(speed: number): void {
  if (!(speed >= 0.1)) bad(`speed is ${speed}, must be 0.1 or more, or max`);
}

function checkSource(bed: string, { name, leads }: Source): void {
  if (leads.length === 0 || leads[0].samples.length === 0) bad(`${bed}: ${name} has no samples`);
}
