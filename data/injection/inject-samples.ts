import type { Injection } from "../../contracts/drift.ts";
import type { NoiseRecords } from "./noise-records.ts";
import { type Injectable, SampleInjector } from "./sample-injector.ts";

/** The whole source with the injections that change samples mixed in. Throws as SampleInjector does. */
export function injectSamples<T extends Injectable>(
  source: T,
  injections: readonly Injection[],
  noise: NoiseRecords,
  seed: number,
): T {
  if (injections.length === 0) return source;
  const leads = new SampleInjector(source, injections, noise, seed).portion(0, source.leads[0].samples.length);
  return { ...source, leads };
}
