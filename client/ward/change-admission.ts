import type { AdmissionRequest } from "../../contracts/admission.ts";
import { post, requestId } from "../post.ts";

/** Admits, names, moves or discharges who lies in a bed; an event of the bed names the id. Throws an Error whose message is for people. */
export async function changeAdmission(bed: string, request: Omit<AdmissionRequest, "id">): Promise<string> {
  const id = requestId();
  await post(`api/beds/${encodeURIComponent(bed)}/admission`, { id, ...request });
  return id;
}
