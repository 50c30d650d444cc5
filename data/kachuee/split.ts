import { DS1, DS2 } from "../splits/mitdb.ts";
import { createRandom } from "../../kit/random.ts";
import { shuffle } from "../../kit/shuffle.ts";
import { LABELS } from "./dataset.ts";

/** Indices of rows. */
export interface Split {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/**
 * `count` parts of `indices` with the classes' shares of the whole, in an order drawn from `seed`. Patients are in all
 * of them: what is trained on some and scored on another tells nothing of patients that are new.
 */
export function stratifiedParts(
  labels: Uint8Array,
  indices: ArrayLike<number>,
  count: number,
  seed: number,
  purpose: string,
): Uint32Array[] {
  const parts: number[][] = Array.from({ length: count }, () => []);
  LABELS.forEach((name, label) => {
    const own = Array.from(indices).filter((index) => labels[index] === label);
    shuffle(own, createRandom(seed, `${purpose}/${name}`));
    own.forEach((index, i) => parts[i % count].push(index));
  });
  return parts.map((part) => Uint32Array.from(part).toSorted());
}

/** One part of `count` apart from the others. */
export function apart(parts: readonly Uint32Array[], which: number): Split {
  const others = parts.filter((_, index) => index !== which).flatMap((part) => Array.from(part));
  return { train: Uint32Array.from(others).toSorted(), test: parts[which] };
}

/** Fifths of all rows, stratified; the first is the random split's test part. */
export const randomParts = (labels: Uint8Array, seed: number): Uint32Array[] =>
  stratifiedParts(
    labels,
    Uint32Array.from(labels, (_, index) => index),
    5,
    seed,
    "random split",
  );

/** Four fifths and one fifth of all rows, stratified. */
export const randomSplit = (labels: Uint8Array, seed: number): Split => apart(randomParts(labels, seed), 0);

/** Rows of DS1's and of DS2's records; paced records are in neither. */
export function interPatientSplit(records: readonly string[]): Split {
  const of = (set: readonly string[]): Uint32Array =>
    Uint32Array.from(records.flatMap((record, index) => (set.includes(record) ? [index] : [])));
  return { train: of(DS1), test: of(DS2) };
}

/** Records 201 and 202 are of one person: they stay together. */
const ONE_PERSON: readonly string[] = ["201", "202"];

/** `count` parts of the rows by whole patients: record after record is dealt out, in order of their names. */
export function patientParts(records: readonly string[], count: number): Uint32Array[] {
  const patientOf = (record: string): string => (ONE_PERSON.includes(record) ? ONE_PERSON[0] : record);
  const patients = [...new Set(records.map(patientOf))].toSorted();
  const parts: number[][] = Array.from({ length: count }, () => []);
  records.forEach((record, index) => parts[patients.indexOf(patientOf(record)) % count].push(index));
  return parts.map((part) => Uint32Array.from(part));
}
