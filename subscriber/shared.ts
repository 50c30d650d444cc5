/** What both entries give, Node's and the browser's. */
export { type Bedside, type ConnectOptions, EVENT_NAMES, type EventName } from "./connect.ts";
export { SubscriberError, type SubscriberErrorCode } from "./errors.ts";
export type { EventStream } from "./event-stream.ts";
export type { LinkState } from "./link.ts";
export { BedsideError, type ErrorCode } from "../contracts/errors.ts";
export type { Admission } from "../contracts/admission.ts";
export type { Alarm, AlarmEvent, BedAlarms } from "../contracts/alarm.ts";
export type { Beat } from "../contracts/beat.ts";
export type { Condition, ConditionKind } from "../contracts/condition.ts";
export type { Qrs } from "../contracts/qrs.ts";
export type { Rhythm } from "../contracts/rhythm.ts";
export type { Simulation } from "../contracts/simulation.ts";
export type { Bed, Gap, Snapshot, SocketEvent } from "../contracts/socket.ts";
