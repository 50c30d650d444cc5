/** CSS defines 1 in = 96 px = 25.4 mm; what a screen makes of it is the screen's affair. */
export const CSS_PX_PER_MM = 96 / 25.4;

export const SPEEDS_MM_PER_S = [12.5, 25, 50] as const;
export const GAINS_MM_PER_MV = [5, 10, 20] as const;

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

/** Room for the calibration mark, mm. */
const GUTTER_MM = 8;
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
  const left = Math.round(GUTTER_MM * pxPerMm);
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
