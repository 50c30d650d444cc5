import type { TSchema } from "typebox";
import { AdmissionRequestSchema } from "../../../contracts/admission.ts";
import { CommandRequestSchema } from "../../../contracts/command.ts";
import { SimulationRequestSchema } from "../../../contracts/simulation.ts";

export interface RouteWords {
  readonly says: string;
  /** Of a body that the route reads by itself, so that what is wrong with it is told in its own words. */
  readonly body?: TSchema;
  /** By status, what its own schema does not say. */
  readonly answers?: Readonly<Record<number, TSchema | string>>;
}

const ACCEPTED = { 202: "the bus has the command: its id and bed" };
const TEXT = { 200: "text" };

/** Each route of a gateway is one row, null for files of the page: one that has none fails documents.test.ts. */
export const ROUTE_WORDS: Readonly<Record<string, RouteWords | null>> = {
  "GET /*": null,
  "GET /": null,
  "GET /model": null,
  "GET /model/": null,
  "GET /upload": null,
  "GET /upload/": null,
  "GET /docs": null,
  "GET /docs/:file": null,

  "GET /livez": { says: "The process answers", answers: { 200: "it does" } },
  "GET /readyz": {
    says: "The bus is being read, and what stood on it has been",
    answers: { 200: "it is", 503: "why not, in a line" },
  },
  "GET /metrics": { says: "For Prometheus", answers: TEXT },
  "GET /ws": {
    says: "The socket, by a WebSocket handshake: asyncapi.json has its messages",
    answers: { 101: "the socket", 400: "another subprotocol", 426: "no handshake", 503: "too many clients" },
  },

  "GET /api/session": { says: "Who is signed in" },
  "POST /api/session": { says: "Signs in, by name and password" },
  "DELETE /api/session": { says: "Signs out" },
  "POST /api/ticket": { says: "What opens one socket, once, within seconds" },

  "GET /api/ward": { says: "What holds for all screens of the ward" },
  "GET /api/beds": { says: "All beds, each as it is at this moment" },
  "GET /api/beds/:bed": { says: "A bed, its open conditions, its alarms and their last changes" },
  "GET /api/beds/:bed/beats": { says: "A bed's last beats, or with `from` and `to` those of its history" },
  "GET /api/beds/:bed/signal": {
    says: "A bed's samples of some minutes, from its history",
    answers: { 200: "binary" },
  },
  "GET /api/beds/:bed/conditions": { says: "A bed's conditions of some time, from its history" },
  "GET /api/beds/:bed/trend": { says: "A bed's rates and counts of some time, in steps" },
  "GET /api/beds/:bed/simulation": { says: "What the demonstration plays on a bed" },
  "GET /api/alarms": { says: "Alarms of each bed that has any" },
  "GET /api/events": { says: "Alarms that were, with what is said of them in review" },
  "GET /api/history": { says: "How far back the history reaches" },
  "GET /api/provenance": { says: "Why a beat has its class: samples, window, features, and what each gave" },
  "GET /api/model": { says: "What classifies, and what its card says" },
  "GET /api/report": { says: "How good the models are, on every database", answers: { 200: "the report" } },
  "POST /api/classify": {
    says: "The classes of a CSV file of beats, 187 samples a row, as the body or as the field `file` of a form",
    answers: { 200: "JSON, NDJSON or CSV, as `format` or Accept asks" },
  },

  "POST /api/beds/:bed/commands": {
    says: "Asks something of a bed's alarms: acknowledge, silence, pause, limits, review. What becomes of it is an event that names its id",
    body: CommandRequestSchema,
    answers: ACCEPTED,
  },
  "POST /api/beds/:bed/admission": {
    says: "Admits, names, moves or discharges",
    body: AdmissionRequestSchema,
    answers: { 202: "the bus has the change", 409: "somebody else was quicker" },
  },
  "POST /api/beds/:bed/simulation": {
    says: "Asks the demonstration to play something else on a bed",
    body: SimulationRequestSchema,
    answers: { 202: "the bus has the request" },
  },
};
