import { randomUUID } from "node:crypto";
import { type Bus, checkReadable, type ReceivedMessage } from "../bus/bus.ts";
import { simulationCodec } from "../contracts/codec.ts";
import { formatDrift, parseDrift } from "../contracts/drift.ts";
import { BedsideError } from "../contracts/errors.ts";
import type { Simulation } from "../contracts/simulation.ts";
import { messageOf } from "../contracts/message.ts";
import { HEADERS, TOPICS } from "../contracts/topics.ts";
import { checkedTraceparent } from "../contracts/traceparent.ts";
import type { Play } from "./bed-player.ts";
import type { Library } from "./library.ts";
import type { RunningSimulator } from "./simulator.ts";

/** Requests that wait; a screen that asks faster is slowed by the bus. */
const CREDITS = 64;
/** Of what is wrong, which may quote a message. */
const REASON_CHARACTERS = 400;
/** Answers' id where nobody asked. */
const AT_START = "start";

export interface DeskOptions {
  readonly bus: Pick<Bus, "publish" | "subscribe">;
  readonly simulator: Pick<RunningSimulator, "beds" | "playing" | "play">;
  readonly library: Library;
  /** The bus takes no requests any more; beds go on as they are. */
  readonly onTrouble: (line: string) => void;
}

/** Tells on ecg.simulation what each bed plays, and heeds what screens ask there, one after another. */
export async function openDesk({
  bus,
  simulator,
  library,
  onTrouble,
}: DeskOptions): Promise<{ close(): Promise<void> }> {
  const answer = async (
    bed: string,
    id: string,
    play: Play,
    reason: string | null,
    trace: Readonly<Record<string, string>> = {},
  ): Promise<void> => {
    const said: Simulation = {
      bed,
      id,
      atMs: Date.now(),
      phase: reason === null ? "played" : "refused",
      ...wordsOf(play),
      reason: reason?.slice(0, REASON_CHARACTERS) ?? null,
      records: [...library.records],
      noise: [...library.noiseKinds],
    };
    await bus.publish([messageOf("simulation", said, trace)]);
  };

  const heed = async (message: ReceivedMessage): Promise<void> => {
    const asked = read(message);
    const before = asked && simulator.playing(asked.bed);
    if (!asked || asked.phase !== "asked" || !before) return;
    let reason: string | null = null;
    try {
      const source = asked.record === before.source.name ? before.source : await library.open(asked.record);
      const drift = parseDrift(asked.drift);
      const noise = await library.noise(drift.map(({ kind }) => kind));
      simulator.play(asked.bed, { source, speed: asked.speed ?? Number.POSITIVE_INFINITY, drift }, noise);
    } catch (error) {
      if (!(error instanceof BedsideError)) throw error;
      reason = error.message;
    }
    await answer(asked.bed, asked.id, simulator.playing(asked.bed) ?? before, reason, traceOf(message));
  };

  let isClosed = false;
  let turn: Promise<void> = Promise.resolve();
  const fail = (error: unknown): void => {
    if (!isClosed) onTrouble(`What screens ask of the beds is not heeded: ${String(error)}`);
  };
  const subscription = await bus.subscribe({
    group: `bedside-simulator-${randomUUID()}`,
    topics: [TOPICS.simulation],
    from: "latest",
    credits: CREDITS,
    onMessage: (message) => {
      turn = turn
        .then(() => heed(message))
        .catch(fail)
        .finally(() => subscription.release(1));
    },
    onError: fail,
  });
  const told = Promise.all(
    simulator.beds.map((bed) => {
      const play = simulator.playing(bed);
      return play && answer(bed, AT_START, play, null);
    }),
  );
  told.catch(fail);
  return {
    close: async () => {
      isClosed = true;
      await subscription.close();
    },
  };
}

/** Null: nothing that can be read. Others' messages are theirs to complain of. */
function read(message: ReceivedMessage): Simulation | null {
  try {
    checkReadable(message);
    return simulationCodec.decode(message.value);
  } catch (error) {
    if (error instanceof BedsideError) return null;
    throw error;
  }
}

/** The answer is part of the trace of who asked. */
function traceOf({ headers }: ReceivedMessage): Readonly<Record<string, string>> {
  const traceparent = checkedTraceparent(headers[HEADERS.traceparent]);
  return traceparent === null ? {} : { [HEADERS.traceparent]: traceparent };
}

const wordsOf = ({ source, speed, drift }: Play): Pick<Simulation, "record" | "speed" | "drift"> => ({
  record: source.name,
  speed: Number.isFinite(speed) ? speed : null,
  drift: formatDrift(drift),
});
