import type { AlarmEvent } from "../../../contracts/alarm.ts";
import { PROOF, provenBy } from "../../../contracts/canary.ts";
import type { Frame } from "../../../contracts/frame.ts";

/**
 * proven: a canary's alarms come; starting: its frames began to come a while ago, and a worker may still be learning;
 * source: no frames of it come; worker: frames come, and no alarms, or too late.
 */
export type PathState = "proven" | "starting" | "source" | "worker";

/** Canaries that are remembered; the one heard longest ago goes first. */
const KEPT_CANARIES = 1024;

interface Canary {
  readonly epoch: string;
  readonly samplingRateHz: number;
  endSample: number;
  /** Of the last alarm that proved something. */
  saidSample: number;
}

interface Path {
  /** Since when frames have come without a pause. */
  runSinceMs: number;
  frameMs: number | null;
  proofMs: number | null;
}

/** What canaries prove of each partition, as one gateway sees it. All times are of arrival, ms of any clock that only goes on. */
export class PathWatch {
  private readonly canaries = new Map<string, Canary>();
  private readonly paths: readonly Path[];

  /** `startMs`: from when on frames should come. */
  constructor(
    partitions: number,
    private readonly startMs: number,
  ) {
    this.paths = Array.from({ length: partitions }, () => ({ runSinceMs: startMs, frameMs: null, proofMs: null }));
  }

  get partitions(): number {
    return this.paths.length;
  }

  /** A canary's frame. */
  frame({ bed, epoch, samplingRateHz, firstSample, leads }: Frame, partition: number, nowMs: number): void {
    const known = this.canaries.get(bed);
    const endSample = firstSample + (leads[0]?.samples.length ?? 0);
    // One that comes again, or of an epoch that is over, is no sign of life of its own; its partition's bus lives.
    if (known?.epoch === epoch && endSample <= known.endSample) return;
    const saidSample = known?.epoch === epoch ? known.saidSample : -1;
    this.canaries.delete(bed);
    this.canaries.set(bed, { epoch, samplingRateHz, endSample, saidSample });
    if (this.canaries.size > KEPT_CANARIES)
      for (const first of this.canaries.keys()) if (this.canaries.delete(first)) break;
    const path = this.paths[partition];
    if (path.frameMs === null || nowMs - path.frameMs >= PROOF.silentMs) path.runSinceMs = nowMs;
    path.frameMs = nowMs;
  }

  /** A canary's alarm. Returns whether it proves anything: no replay of an earlier one, and not too late. */
  alarm(event: AlarmEvent, partition: number, nowMs: number): boolean {
    const canary = this.canaries.get(event.bed);
    const proven = provenBy(event);
    if (!proven || canary?.epoch !== proven.epoch || proven.sample <= canary.saidSample) return false;
    canary.saidSample = proven.sample;
    if (((canary.endSample - proven.sample) / canary.samplingRateHz) * 1000 > PROOF.lateMs) return false;
    this.paths[partition].proofMs = nowMs;
    return true;
  }

  /** Since a canary of this partition proved something, ms; null where none has. */
  ageMs(partition: number, nowMs: number): number | null {
    const { proofMs } = this.paths[partition];
    return proofMs === null ? null : nowMs - proofMs;
  }

  state(partition: number, nowMs: number): PathState {
    const { frameMs, proofMs, runSinceMs } = this.paths[partition];
    if (frameMs === null || nowMs - frameMs >= PROOF.silentMs) {
      return frameMs === null && nowMs - this.startMs < PROOF.silentMs ? "starting" : "source";
    }
    // A worker is not blamed for frames that do not come.
    if (proofMs !== null && frameMs - proofMs < PROOF.silentMs) return "proven";
    const isLearning = (proofMs === null || proofMs < runSinceMs) && nowMs - runSinceMs < PROOF.startingMs;
    return isLearning ? "starting" : "worker";
  }

  /** Since when a partition is as it is, which is no proof. */
  brokenSinceMs(partition: number): number {
    const { frameMs, proofMs, runSinceMs } = this.paths[partition];
    return proofMs ?? (frameMs === null ? this.startMs : runSinceMs);
  }
}
