import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ReceivedMessage } from "../bus/bus.ts";
import { beatId } from "../contracts/beat.ts";
import { beatCodec } from "../contracts/codec.ts";
import { encodeFrame } from "../contracts/frame.ts";
import { TOPICS } from "../contracts/topics.ts";
import { History } from "../server/history/history.ts";

/**
 * An hour of 32 beds into a history file through its threads: `npm run bench -- history [minutes]`. Events: frames of 200 ms of two leads at
 * 360 Hz and 75 beats a minute, as fast as they are written. Then one hour's trend of a bed, and 20 s of its signal, through the reader's thread.
 */
const BEDS = 32;
const RATE_HZ = 360;
const FRAME = 72;
const minutes = Number(process.argv[2] ?? 60);
const beginMs = Math.floor(Date.now() / 10_000) * 10_000 - minutes * 60_000;

const folder = mkdtempSync(path.join(tmpdir(), "bedside-bench-"));
const file = path.join(folder, "history.sqlite");
const logTo = { error: console.error, warn: console.warn, info: console.log };
// A log whose offsets last: it waits where it would leave out.
const history = await History.open({ file, log: "bench", maxAgeMs: 1e9, maxBytes: 8 * 2 ** 30, logTo });

const samples = Int16Array.from({ length: FRAME }, (_, i) => 200 * Math.sin(i / 6) + (i % 7));
const lead = { gainAduPerMv: 200, baselineAdu: 0, unit: "mV", samples };
let offset = 0;
const received = (topic: "frames" | "beats", key: string, value: Uint8Array): ReceivedMessage => {
  offset++;
  return { topic: TOPICS[topic], key, value, headers: {}, partition: 0, offset };
};

function frame(bed: string, sequence: number): ReceivedMessage {
  const of = { bed, epoch: "bench", epochStartMs: beginMs, samplingRateHz: RATE_HZ, source: "bench", last: false };
  const place = { sequence, firstSample: sequence * FRAME, producedAtMs: beginMs };
  const leads = ["MLII", "V1"].map((name) => ({ name, ...lead }));
  return received("frames", bed, encodeFrame({ ...of, ...place, leads }));
}

function beat(bed: string, count: number): ReceivedMessage {
  const sample = count * 288;
  const value = beatCodec.encode({
    id: beatId(bed, "bench", sample),
    bed,
    epoch: "bench",
    sample,
    samplingRateHz: RATE_HZ,
    timeMs: beginMs + count * 800,
    beatClass: count % 9 === 0 ? "V" : "N",
    probabilities: { N: Math.random(), S: 0.01, V: Math.random(), F: 0.002 },
    rrMs: 800 + (count % 13),
    heartRateBpm: 75,
    quality: 0.98,
    foundLate: false,
    lead: "MLII",
    model: "bench",
  });
  return received("beats", bed, value);
}

let events = 0;
const beganMs = performance.now();
for (let frames = 0; frames < minutes * 300; frames++) {
  for (let bed = 1; bed <= BEDS; bed++) {
    await history.take("frames", frame(`b${bed}`, frames));
    events++;
    if (frames % 4 !== 0) continue;
    await history.take("beats", beat(`b${bed}`, frames / 4));
    events++;
  }
}
// What follows has been written when it is read.
const isWritten = async (): Promise<boolean> => {
  const { beats } = await history.read("beats", "b1", beginMs + (minutes * 60 - 5) * 1000, beginMs + minutes * 60_000);
  return beats.length > 3;
};
while (!(await isWritten())) await new Promise((resolve) => setTimeout(resolve, 50));
const seconds = (performance.now() - beganMs) / 1000;

async function timed(what: () => Promise<unknown>): Promise<string> {
  const times: number[] = [];
  for (let run = 0; run < 21; run++) {
    const fromMs = performance.now();
    await what();
    times.push(performance.now() - fromMs);
  }
  times.sort((a, b) => a - b);
  return `${times[10].toFixed(1)} ms (${times[0].toFixed(1)}–${times[20].toFixed(1)})`;
}

const to = beginMs + minutes * 60_000;
console.log(`${events} events of ${BEDS} beds in ${seconds.toFixed(1)} s: ${Math.round(events / seconds)} a second`);
console.log(
  `trend of an hour, 10 s steps: ${await timed(() => history.read("trend", "b7", to - 3_600_000, to, 10_000))}`,
);
console.log(`20 s of signal: ${await timed(() => history.read("signal", "b7", to - 60_000, to - 40_000, false))}`);
await history.close();
console.log(`file: ${(statSync(file).size / 2 ** 20).toFixed(0)} MB`);
rmSync(folder, { recursive: true });
