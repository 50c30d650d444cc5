/** One Gaussian event of the dynamical model, as it stands at 60 beats/min, where 360° last one second. */
export interface Wave {
  /** Angle from the R peak, degrees; 1° is 2.78 ms. */
  readonly angleDeg: number;
  /** Standard deviation, degrees. */
  readonly widthDeg: number;
  /** Height in the limb lead (MLII) and in V1, mV. */
  readonly limbMv: number;
  readonly chestMv: number;
  readonly scaling: Scaling;
}

/** How a wave's time from R and its duration go with heart rate: time = time at 60/min × (HR / 60) ** exponent. */
type Scaling = keyof typeof SCALINGS;

/**
 * The first two are McSharry's: with α = √(HR/60) an angle of Q, S grows as α and one of P, T as √α, every width as α,
 * while the turn itself takes 1/α² of the time. The others keep ventricular beats wide at any rate.
 */
const SCALINGS = {
  slow: { shift: -0.75, width: -0.5 },
  conducted: { shift: -0.5, width: -0.5 },
  ventricular: { shift: 0, width: 0 },
  ventricularRecovery: { shift: -0.5, width: -0.5 },
} as const;

/** A wave in seconds, at a given heart rate. */
export interface TimedWave {
  readonly shiftS: number;
  readonly widthS: number;
  readonly limbMv: number;
  readonly chestMv: number;
}

/** Forms of a beat. `ventricularLeft` and `ventricularRight` come from different foci. */
export type BeatForm = "sinus" | "atrial" | "fibrillating" | "ventricularRight" | "ventricularLeft" | "fusion";

const wave = (angleDeg: number, widthDeg: number, limbMv: number, chestMv: number, scaling: Scaling): Wave => ({
  angleDeg,
  widthDeg,
  limbMv,
  chestMv,
  scaling,
});

/** Narrower than the paper's Table I, whose QRS lasts 150 ms; T of two events, for its slow rise and fast fall. */
const QRS: readonly Wave[] = [
  wave(-11, 3.2, -0.12, 0.18, "conducted"),
  wave(0, 4.3, 1.25, 0.12, "conducted"),
  wave(11, 3.8, -0.28, -0.85, "conducted"),
];
const T: readonly Wave[] = [wave(90, 19, 0.16, 0.06, "slow"), wave(112, 12, 0.22, 0.1, "slow")];

/** Upright in the limb lead, as from the right ventricle. */
const VENTRICULAR_RIGHT: readonly Wave[] = [
  wave(0, 9, 1.5, -1.1, "ventricular"),
  wave(20, 7, 0.5, -0.7, "ventricular"),
  wave(42, 8, -0.25, 0.2, "ventricular"),
  wave(106, 20, -0.55, 0.5, "ventricularRecovery"),
];

/** Deep in the limb lead and upright in V1, as from the left ventricle. */
const VENTRICULAR_LEFT: readonly Wave[] = [
  wave(-22, 6, 0.3, 0.2, "ventricular"),
  wave(0, 9, -1.45, 1.2, "ventricular"),
  wave(22, 7, -0.3, 0.5, "ventricular"),
  wave(104, 20, 0.5, -0.45, "ventricularRecovery"),
];

const scaled = (waves: readonly Wave[], factor: number): Wave[] =>
  waves.map((each) => ({ ...each, limbMv: each.limbMv * factor, chestMv: each.chestMv * factor }));

const WAVES: Readonly<Record<BeatForm, readonly Wave[]>> = {
  sinus: [wave(-62, 9, 0.14, 0.09, "slow"), ...QRS, ...T],
  atrial: [wave(-50, 6, -0.09, 0.12, "slow"), ...QRS, ...T],
  fibrillating: [...QRS, ...T],
  ventricularRight: VENTRICULAR_RIGHT,
  ventricularLeft: VENTRICULAR_LEFT,
  fusion: [wave(-62, 9, 0.1, 0.06, "slow"), ...scaled([...QRS, ...T], 0.55), ...scaled(VENTRICULAR_RIGHT, 0.5)],
};

/** The waves of a beat of `form` at a mean heart rate of `bpm`, in order of time. */
export function wavesAt(form: BeatForm, bpm: number): TimedWave[] {
  const ratio = bpm / 60;
  return WAVES[form].map(({ angleDeg, widthDeg, limbMv, chestMv, scaling }) => ({
    shiftS: (angleDeg / 360) * ratio ** SCALINGS[scaling].shift,
    widthS: (widthDeg / 360) * ratio ** SCALINGS[scaling].width,
    limbMv,
    chestMv,
  }));
}

/** The largest deflection of the QRS in the limb lead points up (1) or down (−1). */
export const rPolarity = (form: BeatForm): 1 | -1 => (form === "ventricularLeft" ? -1 : 1);
