import { Changes } from "../changes.ts";
import { session } from "../session/session.ts";

const KEY = "bedside.name";

/** Tells that somebody else acts at this screen. */
export const nameChanges = new Changes();
/** Asks for the name to be given: what one wants to do needs it. */
export const nameWanted = new Changes();

/** Who acts at this screen: whoever is signed in, or as they last said, on whatever page; empty where nobody has. */
export function rememberedName(): string {
  const signedIn = session.state?.who?.name;
  if (signedIn !== undefined) return signedIn;
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

export function rememberName(name: string): void {
  try {
    localStorage.setItem(KEY, name.trim());
  } catch {
    // A forbidden store costs no more than the name being asked for again.
  }
  nameChanges.tell();
}
