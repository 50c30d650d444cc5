import type { Frame } from "../../contracts/frame.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { Beds } from "../../server/pipeline/bed/beds.ts";
import type { MendedEpoch } from "../../server/pipeline/bed/epoch.ts";

/** What a bed makes of its frames. */
export interface HeardBed {
  /** Beats that are published, "epoch/sample", in order of decision. */
  readonly beats: string[];
  /** Frames that go to the dead-letter topic, "epoch/firstSample", and why. */
  readonly dead: string[];
  readonly reasons: string[];
  readonly discarded: string[];
  readonly mended: MendedEpoch[];
  /** Index of the sample that comes next, after each frame; null where no epoch is under way. */
  readonly positions: (number | null)[];
}

/** The bed of these frames, all of one bed, in this order. They arrive at these times, Unix ms; default: all at once. */
export function hearBed(frames: readonly Frame[], arrivals: readonly number[] = []): HeardBed {
  const heard: HeardBed = { beats: [], dead: [], reasons: [], discarded: [], mended: [], positions: [] };
  const observer = {
    discarded: (reason: string) => heard.discarded.push(reason),
    mended: (epoch: MendedEpoch) => heard.mended.push(epoch),
  };
  const bed = new Beds(1, { observer }).bed(frames[0].bed, 0);
  const bury = ({ epoch, firstSample }: Frame, { message }: BedsideError): void => {
    heard.dead.push(`${epoch}/${firstSample}`);
    heard.reasons.push(message);
  };
  const tell = (works: ReturnType<typeof bed.push>): void => {
    for (const { epoch, events } of works) {
      for (const one of events) {
        if (one.type === "beat" && one.isHeard && one.event.sample >= epoch.publishFrom) {
          heard.beats.push(`${epoch.epoch}/${one.event.sample}`);
        }
      }
    }
    for (const { frame, error } of bed.takeRefusals()) bury(frame, error);
  };
  for (const [i, frame] of frames.entries()) {
    const nowMs = arrivals[i] ?? 0;
    tell(bed.checkHeld(nowMs));
    try {
      tell(bed.push(frame, { partition: 0, offset: i, receivedAtMs: nowMs, assignment: 0 }));
    } catch (error) {
      if (!(error instanceof BedsideError)) throw error;
      bury(frame, error);
    }
    heard.positions.push(bed.epoch?.position ?? null);
  }
  tell(bed.endEpoch(null));
  return heard;
}
