/** Points of two classes, [count × dimensions], and 0 or 1 for each. */
export interface LabelledPoints {
  readonly values: Float64Array;
  readonly labels: Uint8Array;
  readonly dimensions: number;
}

/** Learns from labelled points; what it gives says for each point of an array whether it is of class 1. */
export type Learner = (training: LabelledPoints, seed: number) => (values: Float64Array) => Uint8Array;

export const pointAt = ({ values, dimensions }: LabelledPoints, i: number): Float64Array =>
  values.subarray(i * dimensions, (i + 1) * dimensions);
