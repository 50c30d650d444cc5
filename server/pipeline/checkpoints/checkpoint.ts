import { crc32 } from "node:zlib";
import Type from "typebox";
import { Compile } from "typebox/compile";
import type { BusMessage, ReceivedMessage } from "../../../bus/bus.ts";
import { checkReadable } from "../../../bus/bus.ts";
import { BedsideError } from "../../../contracts/errors.ts";
import { TOPICS } from "../../../contracts/topics.ts";
import { joined, parted, StateReader, StateWriter } from "../../../signal/state.ts";
import { type Bed, SNAPSHOT_VERSION } from "../bed/bed.ts";
import { pack, unpack } from "./packing.ts";

const NEWLINE = 0x0a;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

const HeadSchema = Type.Object({
  bed: Type.String(),
  /** What can read it: the snapshot's version, the model of the recurrent state, the alarm policy of the conditions. */
  madeBy: Type.String(),
  /** Of the last frame that the bed has heard. */
  offset: Type.Integer({ minimum: -1 }),
  /** Its partition is held back for it: whoever takes it over reads its frames again from before `offset`, or from just behind it. */
  isHeld: Type.Boolean(),
  /** When it was captured, Unix ms. */
  atMs: Type.Number(),
  /** CRC-32 of what follows. */
  checksum: Type.Integer(),
});

const validator = Compile(HeadSchema);

/** Where a bed stands: all that its worker knew of it behind a frame. */
export interface Checkpoint extends Type.Static<typeof HeadSchema> {
  /** The snapshot's sections, joined; the dense one packed. */
  readonly packed: Uint8Array;
}

/** What tells whether a worker can go on with a bed's checkpoint. */
export const makerOf = (modelHash: string, policyLabel: string): string =>
  `snapshot ${SNAPSHOT_VERSION}, model ${modelHash}, policy ${policyLabel}`;

/** For all beds: a snapshot is packed before the next one is taken. */
const snapshot = new StateWriter();

export function capture(bed: Bed, madeBy: string, nowMs: number): Checkpoint {
  snapshot.clear();
  snapshot.part(bed);
  const isHeld = bed.hold.isHolding;
  const { dense, noise } = snapshot.sections;
  const packed = joined({ dense: pack(dense), noise });
  return { bed: bed.name, madeBy, offset: bed.offset, isHeld, atMs: nowMs, checksum: crc32(packed), packed };
}

/** Into a bed that has heard nothing. Throws BAD_SNAPSHOT; the bed is then not to be used. */
export function restore({ packed, checksum }: Checkpoint, bed: Bed): void {
  try {
    if (crc32(packed) !== checksum) throw new BedsideError("BAD_SNAPSHOT", "its checksum differs");
    const { dense, noise } = parted(packed);
    const from = new StateReader({ dense: unpack(dense), noise });
    from.part(bed);
    from.done();
  } catch (cause) {
    // Bytes that nobody wrote may say anything: a length of none, text that is no JSON.
    throw new BedsideError("BAD_SNAPSHOT", `the checkpoint of bed ${bed.name} is damaged`, { cause });
  }
}

/** A line of JSON that says what it is, then the snapshot. */
export function toMessage({ packed, ...head }: Checkpoint): BusMessage {
  const line = encoder.encode(`${JSON.stringify(head)}\n`);
  const value = new Uint8Array(line.length + packed.length);
  value.set(line);
  value.set(packed, line.length);
  return { topic: TOPICS.checkpoints, key: head.bed, value };
}

/** Throws BAD_SNAPSHOT, BAD_MESSAGE. */
export function fromMessage(message: ReceivedMessage): Checkpoint {
  checkReadable(message);
  const { key, value } = message;
  const end = value.indexOf(NEWLINE);
  const head = end < 0 ? null : parsed(value.subarray(0, end));
  if (!validator.Check(head) || head.bed !== key) {
    const place = `${message.topic}/${message.partition}/${message.offset}`;
    throw new BedsideError("BAD_SNAPSHOT", `the message at ${place} is no checkpoint of its key's bed`);
  }
  return { ...head, packed: value.slice(end + 1) };
}

function parsed(line: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(line));
  } catch {
    return null;
  }
}
