import { type NoiseKind, openNoise } from "../../data/injection/noise-records.ts";
import type { Classifier } from "../../model/classifier.ts";
import { type EngineName, loadClassifier } from "../../model/load.ts";
import type { Drift, ScoredStretch } from "./grid.ts";
import { openSource, type ReplayedRecord, replayRecord, type ReplaySource } from "./replay-record.ts";

/** What records are replayed with; plain values, so that it can be handed to a thread. */
export interface ReplaySetting {
  /** A folder of WFDB records. */
  readonly db: string;
  /** PhysioNet's tree, for NSTDB's noise. */
  readonly physionetDir: string;
  readonly noiseKinds: readonly NoiseKind[];
  readonly seed: number;
  /** The model's folder. */
  readonly model: string;
  readonly engine: EngineName;
}

/** One record's pass. */
export interface ReplayTask {
  readonly record: string;
  readonly drift: Drift | null;
  readonly stretch: ScoredStretch;
}

export interface Replayer {
  readonly model: Classifier["info"];
  run(task: ReplayTask): Promise<ReplayedRecord>;
  close(): Promise<void>;
}

/** Replays in this thread; records are read once. Throws what reading model, noise or records throws. */
export async function openReplayer(setting: ReplaySetting): Promise<Replayer> {
  const noise = await openNoise(setting.physionetDir, setting.noiseKinds, "second half");
  const classifier = await loadClassifier(setting.model, setting.engine);
  const sources = new Map<string, ReplaySource>();
  return {
    model: classifier.info,
    async run({ record, drift, stretch }) {
      const source = sources.get(record) ?? (await openSource(setting.db, record));
      sources.set(record, source);
      return replayRecord(source, classifier, { drift, stretch, noise, seed: setting.seed });
    },
    close: () => classifier.close(),
  };
}
