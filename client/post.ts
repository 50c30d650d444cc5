import { msg, str } from "@lit/localize";
/** Posts JSON that is answered with 202. Throws an Error whose message is for people. */
export async function post(path: string, body: unknown): Promise<void> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch (cause) {
    throw new Error(msg("The server can't be reached: nothing was changed."), { cause });
  }
  if (response.status === 202) return;
  const { error } = ((await response.json().catch(() => null)) ?? {}) as { error?: { message?: unknown } };
  throw new Error(msg(str`Not taken: ${String(error?.message ?? response.status)}`));
}

/** A name of what is asked. Also where a page may not ask for a UUID: over plain HTTP by a name. */
export const requestId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
