import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { Beds } from "../../server/pipeline/bed/beds.ts";
import { capture, fromMessage, restore, toMessage } from "../../server/pipeline/checkpoints/checkpoint.ts";
import { framesOf } from "../pipeline/frames.ts";
import { isTaken } from "./files.ts";
import type { Target } from "./fuzz.ts";
import { maybe } from "./pick.ts";
import { mutated } from "./wfdb.ts";

/** A bed's checkpoint whose message, or what is packed in it, something happened to. */
const checkpoints: Target = {
  name: "checkpoints",
  share: 2,
  open: async () => {
    const bed = new Beds(1).bed("b1", 0);
    framesOf("b1", 50).forEach((frame, offset) =>
      bed.push(frame, { partition: 0, offset, receivedAtMs: 0, assignment: 0 }),
    );
    const whole = capture(bed, "fuzz", 0);
    const bytes = brotliDecompressSync(whole.packed);
    return {
      attempt: (random) => {
        const packed = maybe(random, 0.7)
          ? brotliCompressSync(mutated(bytes, random), { params: { 1: 1 } })
          : whole.packed;
        const message = toMessage({ ...whole, packed });
        const value = maybe(random, 0.4) ? mutated(message.value, random) : message.value;
        return isTaken(() => {
          const read = fromMessage({ ...message, value, partition: 0, offset: 0, headers: {} });
          restore(read, new Beds(1).bed("b1", 0));
        });
      },
    };
  },
};

export const CHECKPOINT_TARGETS: readonly Target[] = [checkpoints];
