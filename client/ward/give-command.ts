import type { CommandRequest } from "../../contracts/command.ts";

/** Gives a command; its answer is an event of the bed's alarms that names its id. Throws an Error whose message is for people. */
export async function giveCommand(bed: string, command: Omit<CommandRequest, "id">): Promise<string> {
  const id = commandId();
  let response: Response;
  try {
    response = await fetch(`api/beds/${encodeURIComponent(bed)}/commands`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ id, ...command }),
    });
  } catch (cause) {
    throw new Error("The server can't be reached: nothing was changed.", { cause });
  }
  if (response.status === 202) return id;
  const { error } = ((await response.json().catch(() => null)) ?? {}) as { error?: { message?: unknown } };
  throw new Error(`Not taken: ${String(error?.message ?? `the server answered ${response.status}`)}`);
}

/** Also where a page may not ask for a UUID: over plain HTTP by a name. */
const commandId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
