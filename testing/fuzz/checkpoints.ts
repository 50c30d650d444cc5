import { crc32 } from "node:zlib";
import { Beds } from "../../server/pipeline/bed/beds.ts";
import { capture, fromMessage, restore, toMessage } from "../../server/pipeline/checkpoints/checkpoint.ts";
import { pack, unpack } from "../../server/pipeline/checkpoints/packing.ts";
import { joined, parted } from "../../signal/state.ts";
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
    const { dense, noise } = parted(whole.packed);
    const bytes = unpack(dense);
    return {
      attempt: (random) => {
        const forged = (): Uint8Array =>
          joined({
            dense: maybe(random, 0.3) ? mutated(dense, random) : pack(mutated(bytes, random)),
            noise: maybe(random, 0.3) ? mutated(noise, random) : noise,
          });
        const packed = maybe(random, 0.7) ? forged() : whole.packed;
        // Whoever forges one can sum it up, too.
        const message = toMessage({ ...whole, packed, checksum: crc32(packed) });
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
