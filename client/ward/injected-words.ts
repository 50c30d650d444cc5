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
      return `electrode motion ${value} dB`;
    case "bw":
      return `baseline noise ${value} dB`;
    case "ma":
      return `muscle noise ${value} dB`;
    case "white":
      return `white noise ${value} dB`;
    case "wander":
      return `baseline wander ${value} mV`;
    case "gain":
      return `gain × ${value}`;
    case "baseline":
      return `baseline ${value > 0 ? "+" : ""}${value} mV`;
    case "lead-off":
      return "all leads off";
    case "drop":
      return `${value} % of frames lost`;
    case "duplicate":
      return `${value} % of frames twice`;
    case "late":
      return `${value} % of frames late`;
  }
}
