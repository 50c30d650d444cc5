import type { CommandRequest } from "../../contracts/command.ts";
import { post, requestId } from "../post.ts";

/** Gives a command; its answer is an event of the bed's alarms that names its id. Throws an Error whose message is for people. */
export async function giveCommand(bed: string, command: Omit<CommandRequest, "id">): Promise<string> {
  const id = requestId();
  await post(`api/beds/${encodeURIComponent(bed)}/commands`, { id, ...command });
  return id;
}
