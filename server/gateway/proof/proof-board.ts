import type { AlarmEvent } from "../../../contracts/alarm.ts";
import { PROOF } from "../../../contracts/canary.ts";
import type { Frame } from "../../../contracts/frame.ts";
import type { Fault, Proof, Screen } from "../../../contracts/proof.ts";
import { GatewayWatch } from "./gateway-watch.ts";
import { type PathState, PathWatch } from "./path-watch.ts";
import { type OpenScreen, ScreenWatch } from "./screen-watch.ts";

export interface BoardOptions {
  /** Name of this gateway to the others. */
  readonly gateway: string;
  readonly partitions: number;
  /** Clock that only goes on, ms. */
  readonly now: () => number;
}

/** What holds at a moment. */
export interface ProofStatus {
  readonly faults: readonly Fault[];
  /** Of all gateways that speak. */
  readonly screens: readonly Screen[];
}

/** What one gateway knows of the way from the canaries to all screens: partitions, its own screens, the other gateways and theirs. */
export class ProofBoard {
  private readonly paths: PathWatch;
  private readonly own = new ScreenWatch();
  private readonly others = new GatewayWatch();

  constructor(private readonly options: BoardOptions) {
    this.paths = new PathWatch(options.partitions, options.now());
  }

  frame(frame: Frame, partition: number): void {
    this.paths.frame(frame, partition, this.options.now());
  }

  /** Returns whether the alarm proves anything, and is to be told to the screens. */
  alarm(event: AlarmEvent, partition: number): boolean {
    const nowMs = this.options.now();
    if (!event.alarm || !this.paths.alarm(event, partition, nowMs)) return false;
    this.own.tell(event.bed, event.alarm.sample, nowMs);
    return true;
  }

  openScreen(name: string): OpenScreen {
    return this.own.open(name, this.options.now);
  }

  /** What a gateway says of itself. */
  heard(proof: Proof): void {
    if (proof.gateway === this.options.gateway) return;
    this.others.heard(proof, this.options.now());
    for (const { name, state } of proof.screens) if (state === "watching") this.own.foundElsewhere(name);
  }

  /** What this gateway says of itself. */
  proof(leaving: boolean): Proof {
    const nowMs = this.options.now();
    const canaries = this.partitionNumbers.map((partition) => ({
      partition,
      ageMs: this.paths.ageMs(partition, nowMs),
    }));
    return { gateway: this.options.gateway, leaving, canaries, screens: this.own.list(nowMs) };
  }

  /** Since a canary of each partition proved something, ms; null where none has. */
  get ages(): readonly (number | null)[] {
    const nowMs = this.options.now();
    return this.partitionNumbers.map((partition) => this.paths.ageMs(partition, nowMs));
  }

  /** Gateways that speak, this one included, and those that do not any more. */
  get gateways(): { speaking: number; silent: number } {
    const nowMs = this.options.now();
    return { speaking: 1 + this.others.speaking(nowMs), silent: this.others.silent(nowMs).length };
  }

  /** `wallMs`: Unix ms of this moment. `bedsOf`: the beds of some partitions. */
  status(wallMs: number, bedsOf: (partitions: ReadonlySet<number>) => readonly string[]): ProofStatus {
    const nowMs = this.options.now();
    const wall = (ms: number): number => Math.round(wallMs - (nowMs - ms));
    const screens = latest([...this.own.list(nowMs), ...this.others.screens(nowMs)]);
    const paths = (["source", "worker"] as const).flatMap((stage) => this.pathFault(stage, nowMs, wall, bedsOf));
    const gateways = this.others.silent(nowMs).map(({ gateway, sinceMs, screens: lost }) => ({
      id: `gateway/${gateway}`,
      stage: "gateway",
      message: `Gateway ${gateway} has fallen silent: ${screensOf(lost.map(({ name }) => name))}`,
      sinceMs: wall(sinceMs),
    }));
    const silent = screens
      .filter(({ state }) => state === "silent")
      .map((screen) => ({
        id: `screen/${screen.name}`,
        stage: "screen",
        message: `Screen ${screen.name} does not confirm what it is told: it may show no alarm`,
        sinceMs: wall(nowMs - (screen.ageMs ?? PROOF.silentMs)),
      }));
    const mute = screens
      .filter(({ state, sound }) => state === "watching" && sound === "blocked")
      .map(({ name }) => ({
        id: `sound/${name}`,
        stage: "sound",
        message: `Screen ${name} can't sound until somebody touches it`,
        sinceMs: wall(nowMs),
      }));
    return { faults: [...paths, ...gateways, ...silent, ...mute], screens };
  }

  private get partitionNumbers(): number[] {
    return Array.from({ length: this.paths.partitions }, (_, partition) => partition);
  }

  private pathFault(
    stage: Extract<PathState, "source" | "worker">,
    nowMs: number,
    wall: (ms: number) => number,
    bedsOf: (partitions: ReadonlySet<number>) => readonly string[],
  ): Fault[] {
    const broken = this.partitionNumbers.filter((partition) => this.paths.state(partition, nowMs) === stage);
    if (broken.length === 0) return [];
    const place = broken.length === this.paths.partitions ? "all beds" : bedsWords(bedsOf(new Set(broken)), broken);
    const sinceMs = Math.min(...broken.map((partition) => this.paths.brokenSinceMs(partition)));
    return [{ id: stage, stage, message: `Alarms of ${place} may not come: ${WHY[stage]}`, sinceMs: wall(sinceMs) }];
  }
}

const WHY = {
  source: "no frames of a canary come (is the bus there, and a simulator that plays canaries?)",
  worker: "the canary's frames come, and no alarms of it in time (does a worker run, and keep up?)",
} as const;

const NAMED = 8;
const named = (names: readonly string[]): string =>
  names.length > NAMED ? `${names.slice(0, NAMED).join(", ")} and ${names.length - NAMED} more` : names.join(", ");

const bedsWords = (beds: readonly string[], partitions: readonly number[]): string =>
  beds.length > 0 ? `beds ${named(beds)}` : `beds of partitions ${named(partitions.map(String))}`;

const screensOf = (names: readonly string[]): string =>
  names.length > 0 ? `its screens ${named(names)} get nothing from it` : "it had no screens";

/** A screen that has moved is where it was heard of last. */
function latest(screens: readonly Screen[]): Screen[] {
  const byName = new Map<string, Screen>();
  for (const screen of screens) {
    const known = byName.get(screen.name);
    if (!known || (screen.ageMs ?? Infinity) < (known.ageMs ?? Infinity)) byName.set(screen.name, screen);
  }
  return [...byName.values()].toSorted((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
}
