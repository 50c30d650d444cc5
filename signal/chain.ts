import { BedsideError } from "../contracts/errors.ts";
import { ChainMachine } from "./chain-machine.ts";
import type { SignalChain } from "./events.ts";
import { StateReader, StateWriter } from "./state.ts";

export interface ChainSettings {
  /** > 0; from 100 Hz on nothing that matters is lost. */
  readonly inputRateHz: number;
  /**
   * R peaks, as ascending input sample indices, to take in place of those the detector would find: for scoring
   * classification apart from detection. Not part of a snapshot: restore with the same ones.
   */
  readonly rPeaks?: readonly number[];
}

/** Written into every snapshot; to be raised whenever the state or what is computed from it changes. */
const SNAPSHOT_VERSION = 14;

/** The signal chain of one bed and epoch: samples in mV in, QRS, beats, quality and gaps out. Throws BAD_ARGUMENT. */
export function createSignalChain({ inputRateHz, rPeaks }: ChainSettings): SignalChain {
  let machine = new ChainMachine(inputRateHz, rPeaks);
  const save = (to: StateWriter): void => {
    to.number(SNAPSHOT_VERSION);
    to.number(inputRateHz);
    to.part(machine);
  };
  const read = (from: StateReader): ChainMachine => {
    const version = from.number();
    if (version !== SNAPSHOT_VERSION) {
      throw new BedsideError(
        "BAD_SNAPSHOT",
        `the snapshot is of version ${version}, this is ${SNAPSHOT_VERSION}: start the epoch afresh`,
      );
    }
    const rate = from.number();
    if (rate !== inputRateHz) {
      throw new BedsideError(
        "BAD_SNAPSHOT",
        `the snapshot is of a chain at ${rate} Hz, this one runs at ${inputRateHz} Hz`,
      );
    }
    const restored = new ChainMachine(inputRateHz, rPeaks);
    from.part(restored);
    return restored;
  };
  return {
    push: (millivolts, count, emit) => machine.push(millivolts, count, emit),
    skip: (count, emit) => machine.skip(count, emit),
    end: (emit) => machine.end(emit),
    save,
    load: (from) => {
      machine = read(from);
    },
    snapshot: () => {
      const to = new StateWriter();
      save(to);
      return to.bytes();
    },
    restore: (bytes) => {
      const from = new StateReader(bytes);
      const restored = read(from);
      from.done();
      machine = restored;
    },
  };
}
