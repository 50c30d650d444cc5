const KEY = "bedside.name";

/** Who acts at this screen, as they last said; empty where nobody has. */
export function rememberedName(): string {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

export function rememberName(name: string): void {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // A forbidden store costs no more than the name being asked for again.
  }
}
