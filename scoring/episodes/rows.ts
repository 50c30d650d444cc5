import type { ConditionKind } from "../../contracts/condition.ts";
import type { RhythmReference, Told, VentricularRun } from "./reference.ts";
import type { Span } from "./spans.ts";

/** What must have been told of a record for a row; `classes`: beats by class, of some record of the run at least. */
type Need = keyof Told | "classes";

/** A kind of episode, what the annotators call it and what the monitor does. */
export interface EpisodeRow {
  readonly name: string;
  readonly label: string;
  /** Any of these is enough. */
  readonly needs: readonly Need[];
  readonly reference: (truth: RhythmReference) => readonly Span[];
  /** Where an episode of the monitor's is right; default: in the reference. */
  readonly accepted?: (truth: RhythmReference) => readonly Span[];
  /** Neither right nor wrong there. */
  readonly unscored?: (truth: RhythmReference) => readonly Span[];
  /** The conditions whose episodes are judged. */
  readonly kinds: readonly ConditionKind[];
  /** Conditions that contain those: while they are open those can't be. They find an episode, too; when false they are so in their own row. */
  readonly containers: readonly ConditionKind[];
}

/** Ventricular tachycardia by the beats, of so many and of such a rate at least (EC57's long runs are of six). */
const TACHYCARDIA_BEATS = 5;
const RUN_BEATS = 3;
const VENTRICULAR_BPM = 100;
/** Rapid enough to be treated as fibrillation is; slower ones are intermediate (Kerber et al., Circulation 95:1677-1682 (1997)). */
const RAPID_BPM = 150;
const PAUSE_SECONDS = 2.5;
const ASYSTOLE_SECONDS = 4;
/** Extreme rates by the definitions of the CinC Challenge 2015. */
const EXTREME_BRADYCARDIA = { beats: 5, bpm: 40 };
const EXTREME_TACHYCARDIA = { beats: 17, bpm: 140 };
const LONG_AF_SECONDS = 30;

const rhythm =
  (...labels: readonly string[]) =>
  ({ rhythms }: RhythmReference): readonly Span[] =>
    rhythms.filter(({ label }) => labels.includes(label));
const fibrillation = ({ fibrillation: spans }: RhythmReference): readonly Span[] => spans;
const runs =
  (isOne: (run: VentricularRun) => boolean) =>
  (truth: RhythmReference): readonly Span[] =>
    truth.runs.filter(isOne);
const several =
  (...parts: readonly ((truth: RhythmReference) => readonly Span[])[]) =>
  (truth: RhythmReference): readonly Span[] =>
    parts.flatMap((part) => part(truth));

const fastRuns = (beats: number, bpm: number) => runs((run) => run.beats >= beats && run.bpm >= bpm);
/** By the beats; where none are annotated by the rhythm, whose rate is not told. */
const tachycardia =
  (bpm: number) =>
  (truth: RhythmReference): readonly Span[] =>
    truth.told.beats ? fastRuns(TACHYCARDIA_BEATS, bpm)(truth) : rhythm("VT")(truth);

/** Between two beats, where it is so long. */
const silence =
  (seconds: number) =>
  ({ stretches }: RhythmReference): readonly Span[] =>
    stretches.flatMap((beats) =>
      beats.slice(1).flatMap((to, i) => (to - beats[i] >= seconds ? [{ from: beats[i], to }] : [])),
    );
/** So many beats in a row whose mean rate is beyond a limit. */
const rate =
  (beats: number, isBeyond: (bpm: number) => boolean) =>
  ({ stretches }: RhythmReference): readonly Span[] =>
    stretches.flatMap((peaks) =>
      peaks.flatMap((to, i) => {
        const from = peaks[i - beats + 1];
        return from !== undefined && isBeyond((60 * (beats - 1)) / (to - from)) ? [{ from, to }] : [];
      }),
    );

/** Every kind of episode that annotators tell, and which conditions are to find it. */
export const EPISODE_ROWS: readonly EpisodeRow[] = [
  {
    name: "fibrillation-or-rapid-vt",
    label: "VF, flutter or rapid VT",
    needs: ["fibrillation"],
    reference: several(fibrillation, tachycardia(RAPID_BPM)),
    unscored: several(rhythm("VT"), fastRuns(RUN_BEATS, 0)),
    kinds: ["ventricular-fibrillation", "ventricular-tachycardia"],
    containers: [],
  },
  {
    name: "ventricular-fibrillation",
    label: "VF or flutter",
    needs: ["fibrillation"],
    reference: fibrillation,
    unscored: several(rhythm("VT"), fastRuns(TACHYCARDIA_BEATS, VENTRICULAR_BPM)),
    kinds: ["ventricular-fibrillation"],
    containers: [],
  },
  {
    name: "ventricular-tachycardia",
    label: "VT, 5 beats and more",
    needs: ["classes", "rhythms"],
    reference: tachycardia(VENTRICULAR_BPM),
    unscored: fibrillation,
    kinds: ["ventricular-tachycardia"],
    containers: ["ventricular-fibrillation"],
  },
  {
    name: "ventricular-run",
    label: "Ventricular runs, VT too",
    needs: ["classes"],
    reference: fastRuns(RUN_BEATS, VENTRICULAR_BPM),
    unscored: several(fibrillation, fastRuns(RUN_BEATS, 0)),
    kinds: ["ventricular-run", "ventricular-tachycardia"],
    containers: ["ventricular-fibrillation"],
  },
  {
    name: "ventricular-rhythm",
    label: "Ventricular rhythm",
    needs: ["rhythms"],
    reference: rhythm("IVR"),
    unscored: several(fibrillation, rhythm("VT"), fastRuns(RUN_BEATS, 0)),
    kinds: ["ventricular-rhythm"],
    containers: ["ventricular-tachycardia"],
  },
  {
    name: "couplet",
    label: "Couplet",
    needs: ["classes"],
    reference: runs(({ beats }) => beats === 2),
    unscored: several(fibrillation, fastRuns(RUN_BEATS, 0)),
    kinds: ["couplet"],
    containers: ["ventricular-run", "ventricular-rhythm", "ventricular-tachycardia"],
  },
  {
    name: "asystole",
    label: "Asystole",
    needs: ["beats", "rhythms"],
    reference: several(rhythm("ASYS"), silence(ASYSTOLE_SECONDS)),
    unscored: fibrillation,
    kinds: ["asystole"],
    containers: ["ventricular-fibrillation"],
  },
  {
    name: "pause",
    label: "Pause, asystole too",
    needs: ["beats"],
    reference: silence(PAUSE_SECONDS),
    unscored: fibrillation,
    kinds: ["pause", "asystole"],
    containers: ["extreme-bradycardia"],
  },
  {
    name: "extreme-bradycardia",
    label: "Extreme bradycardia",
    needs: ["beats"],
    reference: rate(EXTREME_BRADYCARDIA.beats, (bpm) => bpm < EXTREME_BRADYCARDIA.bpm),
    unscored: fibrillation,
    kinds: ["extreme-bradycardia"],
    containers: ["asystole"],
  },
  {
    name: "extreme-tachycardia",
    label: "Extreme tachycardia",
    needs: ["beats"],
    reference: rate(EXTREME_TACHYCARDIA.beats, (bpm) => bpm > EXTREME_TACHYCARDIA.bpm),
    unscored: fibrillation,
    kinds: ["extreme-tachycardia"],
    containers: ["ventricular-tachycardia", "ventricular-fibrillation"],
  },
  {
    name: "atrial-fibrillation",
    label: "AF",
    needs: ["rhythms"],
    reference: rhythm("AFIB"),
    unscored: rhythm("AFL"),
    kinds: ["atrial-fibrillation"],
    containers: [],
  },
  {
    name: "long-atrial-fibrillation",
    label: "AF of 30 s and more",
    needs: ["rhythms"],
    reference: (truth) => rhythm("AFIB")(truth).filter(({ from, to }) => to - from >= LONG_AF_SECONDS),
    accepted: rhythm("AFIB"),
    unscored: rhythm("AFL", "AFIB"),
    kinds: ["atrial-fibrillation"],
    containers: [],
  },
  {
    name: "supraventricular-tachycardia",
    label: "SVT",
    needs: ["rhythms"],
    reference: rhythm("SVTA"),
    unscored: several(rhythm("AFIB", "AFL", "VT"), fibrillation),
    kinds: ["supraventricular-tachycardia"],
    containers: ["extreme-tachycardia"],
  },
  {
    name: "bigeminy",
    label: "Bigeminy",
    needs: ["rhythms"],
    reference: rhythm("B"),
    kinds: ["bigeminy"],
    containers: [],
  },
  {
    name: "trigeminy",
    label: "Trigeminy",
    needs: ["rhythms"],
    reference: rhythm("T"),
    kinds: ["trigeminy"],
    containers: [],
  },
];

/** Whether a record's annotators tell of a row; `hasClasses`: some record of the run has beats of other classes than N. */
export const tellsOf = (
  { needs }: Pick<EpisodeRow, "needs">,
  { told }: RhythmReference,
  hasClasses: boolean,
): boolean => needs.some((need) => (need === "classes" ? hasClasses && told.beats : told[need]));
