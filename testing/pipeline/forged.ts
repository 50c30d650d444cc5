import type { BusMessage } from "../../bus/bus.ts";
import type { Frame } from "../../contracts/frame.ts";
import { TOPICS } from "../../contracts/topics.ts";
import { uncheckedBytes } from "./mutate.ts";

/** A frame's message, whatever is in it: the product's own writer refuses what cannot be. */
export const forged = (frame: Frame, key = frame.bed): BusMessage => ({
  topic: TOPICS.frames,
  key,
  value: uncheckedBytes(frame),
});
