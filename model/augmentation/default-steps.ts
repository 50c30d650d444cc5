import type { NoiseRecord } from "../../data/injection/noise-records.ts";
import { amplitudeScale } from "./amplitude/amplitude-scale.ts";
import { baselineShift } from "./amplitude/baseline-shift.ts";
import { leadPolarity } from "./amplitude/lead-polarity.ts";
import { baselineWander } from "./noise/baseline-wander.ts";
import { dropout } from "./noise/dropout.ts";
import { gaussianNoise } from "./noise/gaussian-noise.ts";
import { mainsHum } from "./noise/mains-hum.ts";
import { recordedNoise } from "./noise/recorded-noise.ts";
import type { Step } from "./step.ts";
import { stretch } from "./time/stretch.ts";
import { timeShift } from "./time/time-shift.ts";
import { timeWarp } from "./time/time-warp.ts";

/**
 * Every step, mildly: for windows in mV. First what the heart and the electrodes' places do, then what is picked up on the
 * way; `records`: recorded noise at the windows' rate, none to leave it out.
 */
export const defaultSteps = (records: readonly NoiseRecord[]): Step[] => [
  stretch({ probability: 0.5, factor: [0.9, 1.1] }),
  timeWarp({ probability: 0.3, milliseconds: [0, 24] }),
  timeShift({ probability: 0.5, milliseconds: [-16, 16] }),
  amplitudeScale({ probability: 0.5, factor: [0.7, 1.4] }),
  leadPolarity({ probability: 0.05 }),
  baselineWander({ probability: 0.3, peak: [0, 0.5] }),
  mainsHum({ probability: 0.2, peak: [0, 0.1] }),
  ...(records.length > 0 ? [recordedNoise({ probability: 0.5, snrDb: [6, 24], records })] : []),
  gaussianNoise({ probability: 0.3, snrDb: [12, 30] }),
  baselineShift({ probability: 0.3, offset: [-0.2, 0.2] }),
  dropout({ probability: 0.05, milliseconds: [20, 100] }),
];
