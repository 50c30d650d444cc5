import type { DataOf, Events, EventTable } from "../../contracts/topics.ts";
import type { WardBed } from "./ward-bed.ts";

/** What an event does to its bed's history. False where that was told before: a worker that takes over sends some again. */
export type Reducer<Data> = (bed: WardBed, data: Data) => boolean;

/** One reducer for each topic of a table. */
export type Reducers<E extends EventTable> = { readonly [T in keyof E]: Reducer<DataOf<E, T>> };

/** Those of the product's events. */
export const REDUCERS: Reducers<Events> = {
  beats: (bed, beat) => bed.beat(beat),
  qrs: (bed, qrs) => bed.qrs(qrs),
  conditions: (bed, condition) => bed.condition(condition),
  rhythms: (bed, rhythm) => bed.rhythm(rhythm),
  admissions: (bed, admission) => bed.admitted(admission),
  alarms: (bed, event) => bed.alarm(event),
  simulation: (bed, simulation) => bed.simulated(simulation),
};
