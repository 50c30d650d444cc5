/** CSS defines 1 in = 96 px = 25.4 mm; what a screen makes of it is the screen's affair. */
export const CSS_PX_PER_MM = 96 / 25.4;

export const SPEEDS_MM_PER_S = [6.25, 12.5, 25, 50] as const;
export const GAINS_MM_PER_MV = [2.5, 5, 10, 20, 40] as const;

export interface Calibration {
  readonly speedMmPerS: number;
  readonly gainMmPerMv: number;
  /** Times CSS_PX_PER_MM. */
  readonly scale: number;
}

/** Where things stand on a trace's canvas, in device pixels. */
export interface SweepGeometry {
  readonly pxPerMm: number;
  readonly pxPerMv: number;
  readonly pxPerSecond: number;
  /** The sweep runs from `left` to `left + width`; before it stands the calibration mark. */
  readonly left: number;
  readonly width: number;
  readonly height: number;
  /** y of 0 mV. */
  readonly baselineY: number;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
}

/** A trace that fits shows at least so much paper, as far as its scale may shrink: 6 s at 25 mm/s, and the calibration mark. */
const FITTING_MM = { width: 158, height: 28 } as const;
const SCALES = { least: 0.7, most: 1.6 } as const;

/** The scale, in steps of 0.05, at which a trace of this size shows enough and is still large. */
export function fittingScale(cssWidth: number, cssHeight: number): number {
  const { width, height } = FITTING_MM;
  const wanted = Math.min(cssWidth / width, cssHeight / height) / CSS_PX_PER_MM;
  return Math.min(SCALES.most, Math.max(SCALES.least, Math.floor(wanted * 20) / 20));
}

/** How long the calibration pulse is, as electrocardiographs draw it. */
const PULSE_SECONDS = 0.2;
/** What the pulse may be high, mV: the most that finds room. */
const PULSES_MV = [1, 0.5, 0.2, 0.1] as const;
/** Least distance of the pulse from the canvas's edges, CSS px. */
const PULSE_EDGE_PX = 2;
/** Room for the calibration mark, mm: the pulse, and the line before and behind it. */
const GUTTER_MM = { least: 8, besidePulse: 3 } as const;
/** 0 mV stands lower than the middle: R peaks mostly point up. */
const BASELINE_AT = 0.62;

/** The geometry of a canvas of `cssWidth` × `cssHeight` CSS pixels at a devicePixelRatio of `ratio`. */
export function sweepGeometry(
  { speedMmPerS, gainMmPerMv, scale }: Calibration,
  cssWidth: number,
  cssHeight: number,
  ratio: number,
): SweepGeometry {
  const pxPerMm = CSS_PX_PER_MM * scale * ratio;
  const gutterMm = Math.max(GUTTER_MM.least, PULSE_SECONDS * speedMmPerS + GUTTER_MM.besidePulse);
  const left = Math.round(gutterMm * pxPerMm);
  return {
    pxPerMm,
    pxPerMv: gainMmPerMv * pxPerMm,
    pxPerSecond: speedMmPerS * pxPerMm,
    left,
    width: Math.max(1, Math.round(cssWidth * ratio) - left),
    height: Math.max(1, Math.round(cssHeight * ratio)),
    baselineY: Math.round(cssHeight * ratio * BASELINE_AT),
    ratio,
  };
}

/** Where `seconds` of event time falls: the how-manieth sweep across the canvas, and x on it. */
export function sweepPlace({ pxPerSecond, left, width }: SweepGeometry, seconds: number): { lap: number; x: number } {
  const along = seconds * pxPerSecond;
  const lap = Math.floor(along / width);
  return { lap, x: left + along - lap * width };
}

export function millivoltsToY({ baselineY, pxPerMv }: SweepGeometry, millivolts: number): number {
  return baselineY - millivolts * pxPerMv;
}

/** The calibration pulse on the canvas, device pixels: up at `from`, down at `to`, `mv` high from `foot` to `top`. */
export interface CalibrationPulse {
  readonly mv: number;
  readonly from: number;
  readonly to: number;
  readonly foot: number;
  readonly top: number;
}

/** 0.2 s long and 1 mV high where that finds room, else the most of 0.5, 0.2 and 0.1 mV that does; its foot at 0 mV or as near as it may be. */
export function calibrationPulse(geometry: SweepGeometry): CalibrationPulse {
  const { pxPerMv, pxPerSecond, baselineY, left, height, ratio } = geometry;
  const edge = PULSE_EDGE_PX * ratio;
  const mv = PULSES_MV.find((one) => one * pxPerMv <= height - 2 * edge) ?? PULSES_MV[PULSES_MV.length - 1];
  const foot = Math.min(Math.max(baselineY, mv * pxPerMv + edge), height - edge);
  const from = (left - PULSE_SECONDS * pxPerSecond) / 2;
  return { mv, from, to: left - from, foot, top: foot - mv * pxPerMv };
}
