import { deflateRawSync, inflateRawSync } from "node:zlib";
import { decodeFrame, type Frame, frameEnd, sampleCount } from "../../contracts/frame.ts";
import { lengthPrefix, splitFrames } from "../../contracts/frame-stream.ts";

/** Some seconds of a bed's frames, as a row has them. */
export interface FrameBlock {
  readonly bed: string;
  readonly epoch: string;
  readonly beginSample: number;
  readonly endSample: number;
  /** That are in it: fewer than from begin to end where some are missing. */
  readonly samples: number;
  /** Event time, Unix ms. */
  readonly beginMs: number;
  readonly endMs: number;
  /** Length-delimited Protobuf frames (contracts/frame.proto) by their first sample, deflated. */
  readonly data: Uint8Array;
}

interface OpenBlock {
  readonly partition: number;
  readonly frames: Map<number, { readonly frame: Frame; readonly bytes: Uint8Array }>;
  /** The lowest of its frames'. */
  readonly offset: number;
  readonly openedAtMs: number;
}

/** Of signal in a block: longer ones take less, and a process that is killed loses the open one. */
const BLOCK_MS = 4000;
/** A bed that has fallen silent has its block written after so long. */
const OPEN_MS = 4000;
/** From the first to the last sample of a block at the most, a frame's length aside. */
const MAX_SPAN_MS = 60_000;
/** A block ends no further behind its begin than this, whatever its frames' length. */
export const LONGEST_BLOCK_MS = 2 * MAX_SPAN_MS;

/** Gathers frames, bed by bed, into blocks. */
export class FrameBlocks {
  private readonly open = new Map<string, OpenBlock>();

  /** The blocks that the frame has made whole. `nowMs`: the wall's clock, Unix ms. Throws BAD_FRAME. */
  add(bytes: Uint8Array, partition: number, offset: number, nowMs: number): FrameBlock[] {
    const frame = decodeFrame(bytes);
    const { bed } = frame;
    const done: FrameBlock[] = [];
    const before = this.open.get(bed);
    if (before && !isNear(before, frame)) done.push(this.close(bed, before));
    const block = this.open.get(bed) ?? { partition, frames: new Map(), offset, openedAtMs: nowMs };
    this.open.set(bed, block);
    block.frames.set(frame.firstSample, { frame, bytes });
    if (frame.last || spanMs(block) >= BLOCK_MS) done.push(this.close(bed, block));
    return done;
  }

  /** Those that have waited long for more. */
  due(nowMs: number): FrameBlock[] {
    return [...this.open].flatMap(([bed, block]) =>
      nowMs - block.openedAtMs >= OPEN_MS ? [this.close(bed, block)] : [],
    );
  }

  flush(): FrameBlock[] {
    return [...this.open].map(([bed, block]) => this.close(bed, block));
  }

  /** The lowest offset of the partition that is in no block that was given out; null where all are. */
  pending(partition: number): number | null {
    let lowest: number | null = null;
    for (const block of this.open.values()) {
      if (block.partition === partition) lowest = Math.min(lowest ?? block.offset, block.offset);
    }
    return lowest;
  }

  private close(bed: string, block: OpenBlock): FrameBlock {
    this.open.delete(bed);
    const entries = [...block.frames.values()].toSorted((a, b) => a.frame.firstSample - b.frame.firstSample);
    const [{ frame: first }] = entries;
    const endSample = Math.max(...entries.map(({ frame }) => frameEnd(frame)));
    return {
      bed,
      epoch: first.epoch,
      beginSample: first.firstSample,
      endSample,
      samples: entries.reduce((sum, { frame }) => sum + sampleCount(frame), 0),
      beginMs: timeAt(first, first.firstSample),
      endMs: timeAt(first, endSample),
      data: deflateRawSync(Buffer.concat(entries.flatMap(({ bytes }) => [lengthPrefix(bytes.length), bytes]))),
    };
  }
}

/** The frames of a block that reach into `from` … `to` (event time, Unix ms), each as on the bus. */
export function framesOf(
  data: ArrayBuffer | Uint8Array,
  from: number,
  to: number,
): { frame: Frame; bytes: Uint8Array }[] {
  return [...splitFrames(inflateRawSync(data))]
    .map((bytes) => ({ bytes, frame: decodeFrame(bytes) }))
    .filter(({ frame }) => timeAt(frame, frame.firstSample) < to && timeAt(frame, frameEnd(frame)) > from);
}

const timeAt = ({ epochStartMs, samplingRateHz }: Frame, sample: number): number =>
  epochStartMs + (sample / samplingRateHz) * 1000;

function isNear({ frames }: OpenBlock, frame: Frame): boolean {
  for (const { frame: first } of frames.values()) {
    const { epoch, epochStartMs, samplingRateHz, firstSample } = first;
    const isSame =
      epoch === frame.epoch && epochStartMs === frame.epochStartMs && samplingRateHz === frame.samplingRateHz;
    return isSame && Math.abs(frame.firstSample - firstSample) < (MAX_SPAN_MS / 2000) * samplingRateHz;
  }
  return true;
}

function spanMs({ frames }: OpenBlock): number {
  let begin = Infinity;
  let end = 0;
  let rate = 1;
  for (const { frame } of frames.values()) {
    begin = Math.min(begin, frame.firstSample);
    end = Math.max(end, frameEnd(frame));
    rate = frame.samplingRateHz;
  }
  return ((end - begin) / rate) * 1000;
}
