import { randomBytes } from "node:crypto";
import type { Command } from "commander";
import type { Injection } from "../../contracts/drift.ts";
import type { Bus } from "../../bus/bus.ts";
import { NOISE_KINDS, openNoise } from "../../data/injection/noise-records.ts";
import { drift, epoch, list, speed, wholeNumber } from "../../kit/cli/options.ts";
import type { Tracing } from "../../kit/tracing.ts";
import { isGiven } from "../config.ts";
import { openDesk } from "../../simulator/desk.ts";
import { openLibrary } from "../../simulator/library.ts";
import { openSources } from "../../simulator/open-sources.ts";
import { runCanaries } from "../../simulator/canary/run-canaries.ts";
import { type RunningSimulator, runSimulator } from "../../simulator/simulator.ts";

export interface SimulationOptions {
  /** Number of beds; the records are dealt out in turn. Default: one bed a record. */
  readonly beds?: number;
  readonly records?: readonly string[];
  readonly speed: number;
  readonly once: boolean;
  readonly frameMs: number;
  readonly seed: number;
  /** Name of each bed's first epoch; default: random. */
  readonly epoch?: string;
  readonly drift: readonly Injection[];
  /** Play canaries beside the beds. */
  readonly canaries: boolean;
}

export type Simulation = Pick<RunningSimulator, "done" | "stop">;

/** Starts the beds, and the canaries beside them, which go on when the beds have ended. `say` gets a line of what is replayed. */
export async function simulate(
  bus: Bus,
  dir: string,
  options: SimulationOptions,
  say: (line: string) => void,
  tracing: Tracing | null = null,
): Promise<Simulation> {
  if (options.beds === 0 && options.canaries) {
    say("Playing canaries alone");
    return runCanaries(bus);
  }
  const beds = await simulateBeds(bus, dir, options, say, tracing);
  if (!options.canaries) return beds;
  const canaries = runCanaries(bus);
  const failed = canaries.done.then(() => beds.done);
  return {
    done: Promise.race([beds.done, failed]),
    stop: async () => {
      await Promise.all([beds.stop(), canaries.stop()]);
    },
  };
}

/** Opens what the beds replay, starts, and heeds what screens ask of them. */
async function simulateBeds(
  bus: Bus,
  dir: string,
  options: SimulationOptions,
  say: (line: string) => void,
  tracing: Tracing | null = null,
): Promise<Simulation> {
  const { kind, sources } = await openSources(dir, options.records, isGiven("PHYSIONET_DIR"));
  const names = sources.map((source) => source.name.replace(/^\w+\//, "")).join(", ");
  say(
    kind === "recorded"
      ? `Replaying MIT-BIH records ${names} from ${dir}`
      : `Replaying synthetic beds (${names}); \`npm run fetch\` brings the real MIT-BIH recordings`,
  );
  const kinds = NOISE_KINDS.filter((kind) => options.drift.some((injection) => injection.kind === kind));
  const noise = await openNoise(dir, kinds);
  const beds = Array.from({ length: options.beds ?? sources.length }, (_, index) => ({
    bed: `b${index + 1}`,
    source: sources[index % sources.length],
  }));
  const { once, epoch: name = randomBytes(4).toString("hex"), speed, frameMs, seed, drift } = options;
  const loop = once ? "no" : "epoch after epoch";
  const simulator = runSimulator({ bus, beds, speed, loop, frameMs, seed, epoch: name, drift, noise, tracing });
  const desk = await openDesk({ bus, simulator, library: await openLibrary(dir), onTrouble: say });
  return {
    done: simulator.done,
    stop: async () => {
      await desk.close();
      await simulator.stop();
    },
  };
}

/** The options of SimulationOptions, for `npm start` and `npm run simulate` alike. */
export function addSimulationOptions(program: Command): Command {
  return program
    .option(
      "--beds <count>",
      "number of beds; the records are dealt out in turn; 0: canaries alone (default: one a record)",
      wholeNumber(0, 1024),
    )
    .option("--records <names>", "comma-separated MIT-BIH records, or synthetic/NAME", list)
    .option("--speed <times>", "times real time, 0.1 to max", speed, 1)
    .option("--once", "end each bed when its record has been played (default: begin a new epoch)", false)
    .option("--frame-ms <ms>", "length of a frame", wholeNumber(100, 500), 200)
    .option("--seed <number>", "seed of what is random in the drift", wholeNumber(0, 2 ** 31), 1)
    .option("--epoch <name>", "name of each bed's first epoch (default: random)", epoch)
    .option("--drift <spec>", "e.g. em:6dB@60..120s,gain:0.5@200s", drift, [])
    .option("--no-canaries", "without the hidden beds that prove the way of alarms to the screens");
}
