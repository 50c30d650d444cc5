import type { FastifyBaseLogger } from "fastify";
import type { PartitionRef } from "../../bus/bus.ts";
import type { Metrics } from "../metrics.ts";
import type { PipelineObserver } from "./observer.ts";

/** Counts and times what happens in a pipeline; what is wrong is logged, never a waveform. */
export function observeWith(metrics: Metrics, log: Pick<FastifyBaseLogger, "warn" | "debug">): PipelineObserver {
  return {
    assigned: (places) => log.debug({ assigned: offsetsOf(places) }, "begins to read, partition: offset"),
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
    deadLetter: ({ code, message }, place) => {
      metrics.deadLetters.inc({ code });
      log.warn({ code, place }, `to the dead-letter topic: ${message}`);
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

const offsetsOf = (places: readonly (PartitionRef & { offset: number })[]): Record<number, number> =>
  Object.fromEntries(places.map(({ partition, offset }) => [partition, offset]));
