import { msg, str } from "@lit/localize";
import { type Injection, parseDrift } from "../../contracts/drift.ts";
import { readSourceName } from "../../contracts/source-name.ts";

/** What is mixed into a bed's signal, in words, by what its frames name as their source; null: nothing. */
export function injectedWords(source: string): string | null {
  const { injected } = readSourceName(source);
  if (injected === null) return null;
  try {
    return parseDrift(injected).map(wordsOf).join(", ");
  } catch {
    // Too much for a frame's source: kinds alone, or their number.
    return injected;
  }
}

function wordsOf({ kind, value }: Injection): string {
  switch (kind) {
    case "em":
      return msg(str`electrode motion ${value} dB`);
    case "bw":
      return msg(str`baseline noise ${value} dB`);
    case "ma":
      return msg(str`muscle noise ${value} dB`);
    case "white":
      return msg(str`white noise ${value} dB`);
    case "wander":
      return msg(str`baseline wander ${value} mV`);
    case "gain":
      return msg(str`gain × ${value}`);
    case "baseline":
      return msg(str`baseline ${value > 0 ? "+" : ""}${value} mV`);
    case "lead-off":
      return value === 0 ? msg("all leads off") : msg(str`lead ${value} off`);
    case "drop":
      return msg(str`${value} % of frames lost`);
    case "duplicate":
      return msg(str`${value} % of frames twice`);
    case "late":
      return msg(str`${value} % of frames late`);
  }
}
