/** Characters of an input that an error quotes at most. */
const QUOTED = 64;

/** What JSON leaves as it is, and a terminal or a log does not. */
const UNPRINTED = /[\u007f-\u009f\u2028\u2029]/g;

/** A text as an error quotes it: its beginning, in quotation marks, with what cannot be printed escaped. */
export function quoted(text: string): string {
  const json = JSON.stringify(text.slice(0, QUOTED));
  const escaped = json.replace(UNPRINTED, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return text.length <= QUOTED ? escaped : `${escaped}…`;
}

/** Texts as an error lists them: as many as fit. */
export function listed(texts: readonly string[]): string {
  // Each takes a character at least: what lies behind the first ones would not fit.
  const all = texts.slice(0, QUOTED).join(", ");
  return all.length <= QUOTED && texts.length <= QUOTED ? all : `${all.slice(0, QUOTED)}… (${texts.length})`;
}

/** Whether a text has so many characters at most (UTF-16 code units), none of which controls a terminal or breaks a line. */
export function isWord(text: string, most: number): boolean {
  if (text.length > most) return false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029) return false;
  }
  return true;
}
