import { BedsideError } from "../../contracts/errors.ts";
import type { WfdbAnnotation } from "./annotation.ts";
import { symbolOf } from "./symbols.ts";

const TIME_RESOLUTION = /^## time resolution:\s*(\S+)/;
const DEFINITIONS = "## annotation type definitions";
const END_OF_DEFINITIONS = "## end of definitions";

export interface DefinedAnnotations {
  readonly annotations: WfdbAnnotation[];
  /** Ticks a second that the samples count; null: those of the record. */
  readonly resolutionHz: number | null;
}

/**
 * What a file of annotations says of itself (annot(5)): NOTE annotations at sample 0 whose texts state its time resolution and the
 * symbols of codes that have none. They are taken out, the symbols put in. Throws BAD_RECORD for a resolution that is none.
 */
export function heedDefinitions(all: readonly WfdbAnnotation[], file: string): DefinedAnnotations {
  const symbols = new Map<string, string>();
  const annotations: WfdbAnnotation[] = [];
  let resolutionHz: number | null = null;
  let isDefining = false;
  for (const annotation of all) {
    const { aux } = annotation;
    const isNote = annotation.sample === 0 && annotation.symbol === '"';
    if (isNote && (isDefining || aux.startsWith("## "))) {
      const [, resolution] = TIME_RESOLUTION.exec(aux) ?? [];
      if (resolution !== undefined) resolutionHz = frequency(resolution, file);
      const [, code, symbol] = /^(\d+) (\S+)/.exec(aux) ?? [];
      if (isDefining && code !== undefined) symbols.set(symbolOf(Number(code)), symbol);
      isDefining = aux !== END_OF_DEFINITIONS && (isDefining || aux === DEFINITIONS);
    } else {
      const symbol = symbols.get(annotation.symbol);
      annotations.push(symbol === undefined ? annotation : { ...annotation, symbol });
    }
  }
  return { annotations, resolutionHz };
}

function frequency(text: string, file: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new BedsideError("BAD_RECORD", `${file}: its time resolution, ${text}, is no frequency; fetch it again`);
}
