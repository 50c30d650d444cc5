import { type Injection, type InjectionKind } from "../../contracts/drift.ts";
import type { Bus } from "../../bus/bus.ts";
import { injectSamples, type NoiseKind } from "../../simulator/inject-samples.ts";
import { openNoise, openSources } from "../../simulator/open-sources.ts";
import { type RunningSimulator, runSimulator } from "../../simulator/simulator.ts";

export interface SimulationOptions {
  /** Number of beds; the records are dealt out in turn. Default: one bed a record. */
  readonly beds?: number;
  readonly records?: readonly string[];
  readonly speed: number;
  readonly once: boolean;
  readonly frameMs: number;
  readonly seed: number;
  readonly epoch: string;
  readonly drift: readonly Injection[];
}

const NOISE_KINDS: readonly InjectionKind[] = ["em", "bw", "ma"];

/** Opens what the beds replay, mixes the drift in and starts. `say` gets a line of what is replayed. */
export async function simulate(
  bus: Bus,
  dir: string,
  options: SimulationOptions,
  say: (line: string) => void,
): Promise<RunningSimulator> {
  const { kind, sources } = await openSources(dir, options.records);
  const names = sources.map((source) => source.name.replace(/^\w+\//, "")).join(", ");
  say(
    kind === "recorded"
      ? `Replaying MIT-BIH records ${names} from ${dir}`
      : `Replaying synthetic beds (${names}); \`npm run fetch\` brings the real MIT-BIH recordings`,
  );
  const kinds = options.drift.map((injection) => injection.kind).filter((name) => NOISE_KINDS.includes(name));
  const noise = await openNoise(dir, kinds as NoiseKind[]);
  const disturbed = sources.map((source) => injectSamples(source, options.drift, noise, options.seed));
  const beds = Array.from({ length: options.beds ?? disturbed.length }, (_, index) => ({
    bed: `b${index + 1}`,
    source: disturbed[index % disturbed.length],
  }));
  const { speed, once, frameMs, seed, epoch, drift } = options;
  return runSimulator({ bus, beds, speed, loop: !once, frameMs, seed, epoch, drift });
}
