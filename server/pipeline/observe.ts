import type { FastifyBaseLogger } from "fastify";
import type { PartitionRef } from "../../bus/bus.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { FRAME_LIMITS } from "../../contracts/frame.ts";
import type { Metrics } from "../metrics.ts";
import type { MendedEpoch } from "./bed/epoch.ts";
import { LogLimit } from "./log-limit.ts";
import type { PipelineObserver } from "./observer.ts";

/** Counts and times what happens in a pipeline; what is wrong is logged, of a bed a line every ten seconds, never a waveform. */
export function observeWith(metrics: Metrics, log: Pick<FastifyBaseLogger, "warn" | "debug">): PipelineObserver {
  const limit = new LogLimit();
  /** `facts` and `line` are what is logged, should its turn come. */
  const warn = (kind: string, bed: string, facts: Readonly<Record<string, unknown>>, line: string): void =>
    limit.add(`${kind} ${bed}`, Date.now(), (more) =>
      log.warn({ bed, ...facts, ...(more > 0 && { more }) }, more > 0 ? `${line} (and ${more} more like it)` : line),
    );
  return {
    assigned: (places) => log.debug({ assigned: offsetsOf(places) }, "begins to read, partition: offset"),
    tookOver: ({ beds, refused, seconds }) => {
      metrics.takenOver.inc({ how: "checkpoint" }, beds);
      metrics.takeOverSeconds.observe(seconds);
      log.debug({ beds, seconds }, "beds go on where their checkpoints stand");
      for (const [reason, count] of refused) {
        metrics.takenOver.inc({ how: "frames" }, count);
        log.warn(
          { beds: count, reason },
          "checkpoints that cannot be used: their beds are heard again from their frames",
        );
      }
    },
    otherLog: (bed, place) => {
      metrics.takenOver.inc({ how: "frames" });
      warn("other log", bed, { place }, "another frame lies where the bed's checkpoint stands: the bed begins anew");
    },
    checkpoint: (bytes) => {
      metrics.checkpoints.inc();
      metrics.checkpointBytes.inc(bytes);
    },
    uncheckpointed: (error) => {
      // The bus is closed by ourselves.
      if (error instanceof BedsideError && error.code === "BUS_CLOSED") return;
      warn("checkpoint", "all", { err: error }, "where beds stand could not be written");
    },
    revoked: (partitions) =>
      log.debug({ revoked: partitions.map(({ partition }) => partition) }, "gives partitions up"),
    committing: (places) => log.debug({ commit: offsetsOf(places) }, "commits, partition: offset"),
    frame: (seconds) => {
      metrics.frames.inc();
      metrics.hops.observe({ hop: "producer_to_pipeline" }, Math.max(0, seconds));
    },
    discarded: (reason) => metrics.discardedFrames.inc({ reason }),
    gap: (seconds) => {
      metrics.gaps.inc();
      metrics.gapSeconds.inc(seconds);
    },
    mended: ({ bed, epoch, heardAs, reason }) => {
      metrics.mendedEpochs.inc({ reason });
      warn("mended", bed, { epoch, heardAs }, `${MENDED[reason]}: epoch ${epoch} is heard as ${heardAs} from here on`);
    },
    unheard: (bed, frames) =>
      warn(
        "unheard",
        bed,
        { frames },
        "no frame can be taken: they are discarded or refused, see the dead-letter topic",
      ),
    clockOff: (bed, epoch, offsetMs) =>
      warn("clock", bed, { epoch, offsetMs: Math.round(offsetMs) }, clockLine(offsetMs)),
    turn: ({ unheard, clocks }) => {
      metrics.unheardBeds.set(unheard);
      metrics.clocksOff.set({ clock: "ahead" }, clocks.ahead);
      metrics.clocksOff.set({ clock: "behind" }, clocks.behind);
      limit.turn(Date.now());
    },
    deadLetter: ({ code, message }, place, key) => {
      metrics.deadLetters.inc({ code });
      warn(
        code,
        key.slice(0, FRAME_LIMITS.maxNameLength),
        { code, place },
        `to the dead-letter topic: ${message.slice(0, MAX_WORDS)}`,
      );
    },
    beat: ({ beatClass }) => metrics.beats.inc({ beat_class: beatClass }),
    condition: ({ kind, phase }) => metrics.conditions.inc({ kind, phase }),
    done: (seconds) => metrics.hops.observe({ hop: "pipeline" }, seconds),
    inFlight: (messages) => metrics.queueDepth.set({ queue: "pipeline_frames" }, messages),
    depth: (works) => metrics.queueDepth.set({ queue: "classifier" }, works),
    call: (call, count, seconds) => {
      metrics.engineSeconds.observe({ call }, seconds);
      metrics.engineBatch.observe({ call }, count);
    },
  };
}

function clockLine(offsetMs: number): string {
  const seconds = Math.round(Math.abs(offsetMs) / 1000);
  return offsetMs < 0
    ? `its frames come ${seconds} s before they were sent: its source's clock is ahead of this machine's; set both`
    : `its frames come ${seconds} s after they were sent, and do not catch up: its source's clock is behind this machine's, or they are delayed on their way; see its clock, then its outbox`;
}

/** Characters of an error in a log line. */
const MAX_WORDS = 400;

const MENDED = {
  "name used twice": "a recording of the bed has this name already; start its producer with another --epoch",
  "out of step": "its frames begin again, or contradict their epoch",
  "last frame was not the last": "its frames go on behind the last one",
} as const satisfies Record<MendedEpoch["reason"], string>;

const offsetsOf = (places: readonly (PartitionRef & { offset: number })[]): Record<number, number> =>
  Object.fromEntries(places.map(({ partition, offset }) => [partition, offset]));
