import type { Admission, AdmissionRequest } from "../../contracts/admission.ts";

/** What a change is made of: the beds as this gateway knows them, and its clock. */
export interface AdmissionScene {
  readonly bed: string;
  readonly known: (bed: string) => Admission | null;
  readonly nowMs: number;
}

/** Why a request changes nothing, with its HTTP status. Speaks of beds and versions, never of a name. */
export interface AdmissionRefusal {
  readonly status: 400 | 409;
  readonly why: string;
}

/** What goes to the topic: one change, or the two of a move, the arrival first, so that a patient is rather in two beds than in none. */
export function admissionChanges(request: AdmissionRequest, scene: AdmissionScene): Admission[] | AdmissionRefusal {
  const { action, name, to } = request;
  const { bed, known, nowMs } = scene;
  const here = known(bed);
  const stale = staleness(bed, request.version, here);
  if (stale) return stale;
  const change = (of: string, before: Admission | null, what: Pick<Admission, "change" | "patient">): Admission => ({
    bed: of,
    version: (before?.version ?? 0) + 1,
    ...what,
    command: request.id,
    by: request.by,
    atMs: nowMs,
  });
  if (action === "admit") {
    if (name === null) return bad("admission/name: who is admitted must be named");
    if (here?.patient) return taken(`somebody lies in bed ${bed}: discharge or move them first`);
    return [change(bed, here, { change: "admitted", patient: { name, sinceMs: nowMs } })];
  }
  const patient = here?.patient;
  if (!patient) return taken(`nobody lies in bed ${bed}`);
  if (action === "discharge") return [change(bed, here, { change: "discharged", patient: null })];
  if (action === "name") {
    if (name === null) return bad("admission/name: the name is missing");
    return [change(bed, here, { change: "named", patient: { ...patient, name } })];
  }
  if (to === null || to.bed === bed) return bad("admission/to: another bed must be named");
  const there = known(to.bed);
  const staleThere = staleness(to.bed, to.version, there);
  if (staleThere) return staleThere;
  if (there?.patient) return taken(`somebody lies in bed ${to.bed}`);
  return [change(to.bed, there, { change: "arrived", patient }), change(bed, here, { change: "left", patient: null })];
}

const bad = (why: string): AdmissionRefusal => ({ status: 400, why });
const taken = (why: string): AdmissionRefusal => ({ status: 409, why });

function staleness(bed: string, seen: number, known: Admission | null): AdmissionRefusal | null {
  const holds = known?.version ?? 0;
  if (seen === holds) return null;
  return taken(`bed ${bed} was changed by somebody else: version ${seen} was seen, ${holds} holds`);
}
