import { decodeFrame, encodeFrame, type Frame, frameEnd, leadToMillivolts } from "../../contracts/frame.ts";
import { Beds } from "../../server/pipeline/bed/beds.ts";
import { framesOf } from "../pipeline/frames.ts";
import { mutatedFrame, randomBytes } from "../pipeline/mutate.ts";
import { isTaken } from "./files.ts";
import type { Target } from "./fuzz.ts";
import { below } from "./pick.ts";

const frames: Target = {
  name: "frames",
  share: 40,
  open: async () => {
    const whole = framesOf("b1", 50);
    const out = new Float32Array(100_000);
    return {
      attempt: (random) => {
        const bytes =
          below(random, 5) === 0 ? randomBytes(random, 300) : mutatedFrame(whole[below(random, whole.length)], random);
        return isTaken(() => {
          const frame = decodeFrame(bytes);
          for (const lead of frame.leads) leadToMillivolts(lead, out);
          decodeFrame(encodeFrame(frame));
        });
      },
    };
  },
};

/** A worker's bed, which is sent true frames between those that something happened to. */
const beds: Target = {
  name: "a worker's beds",
  share: 2,
  open: async () => {
    const recording = framesOf("b1", 50);
    const lengthMs = (frameEnd(recording[recording.length - 1]) / recording[0].samplingRateHz) * 1000;
    const heard = new Beds(1);
    let sent = 0;
    const trueFrame = (): Frame => {
      const pass = Math.floor(sent / recording.length);
      return { ...recording[sent % recording.length], epoch: `e-${pass}`, epochStartMs: 1.7e12 + pass * lengthMs };
    };
    const push = (frame: Frame): void => {
      const bed = heard.bed(frame.bed, 0);
      bed.checkHeld(sent * 200);
      bed.push(frame, { partition: 0, offset: sent, receivedAtMs: sent * 200, assignment: 0 });
      bed.takeRefusals();
    };
    return {
      attempt: async (random) => {
        await isTaken(() => push(trueFrame()));
        sent++;
        return isTaken(() => push(decodeFrame(mutatedFrame(trueFrame(), random))));
      },
    };
  },
};

export const FRAME_TARGETS: readonly Target[] = [frames, beds];
