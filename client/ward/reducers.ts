import type { DataOf, Events, EventTable } from "../../contracts/topics.ts";
import type { MonitoredBed } from "./monitored-bed.ts";

/** What an event changed: nothing, its bed, or its bed and the open conditions of all. */
export type Change = "nothing" | "bed" | "open conditions";

/** What an event does to its bed. */
export type Reducer<Data> = (bed: MonitoredBed, data: Data) => Change;

/** One reducer for each topic of a table. */
export type Reducers<E extends EventTable> = { readonly [T in keyof E]: Reducer<DataOf<E, T>> };

/** Those of the product's events. */
export const REDUCERS: Reducers<Events> = {
  beats: (bed, beat) => (bed.addBeat(beat) ? "bed" : "nothing"),
  qrs: (bed, qrs) => {
    bed.addQrs(qrs);
    return "nothing";
  },
  conditions: (bed, condition) => {
    bed.addCondition(condition);
    return "open conditions";
  },
  rhythms: (bed, rhythm) => (bed.addRhythm(rhythm) ? "bed" : "nothing"),
  admissions: (bed, admission) => {
    bed.admit(admission);
    return "bed";
  },
  alarms: (bed, event) => {
    bed.addAlarm(event);
    return "open conditions";
  },
  simulation: (bed, simulation) => {
    bed.addSimulation(simulation);
    return "bed";
  },
};
