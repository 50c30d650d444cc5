import { create, toBinary } from "@bufbuild/protobuf";
import type { BusMessage } from "../../bus/bus.ts";
import type { Frame } from "../../contracts/frame.ts";
import { FrameSchema } from "../../contracts/generated/frame_pb.ts";
import { TOPICS } from "../../contracts/topics.ts";

/** A frame's message, whatever is in it: the product's own writer refuses what cannot be. */
export function forged(frame: Frame, key = frame.bed): BusMessage {
  const leads = frame.leads.map((lead) => ({
    ...lead,
    samples: Uint8Array.from(new Uint8Array(lead.samples.slice().buffer)),
  }));
  const value = toBinary(FrameSchema, create(FrameSchema, { ...frame, firstSample: BigInt(frame.firstSample), leads }));
  return { topic: TOPICS.frames, key, value };
}
