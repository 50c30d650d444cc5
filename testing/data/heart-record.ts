import { writeFile } from "node:fs/promises";
import path from "node:path";
import { syntheticRecord } from "../../data/synthetic/record.ts";
import type { Script } from "../../data/synthetic/script.ts";
import { writeAnnotations } from "../../data/wfdb/annotations.ts";

/** Writes a synthetic record with its annotations (.atr) into `folder`, as a WFDB record of format 16. */
export async function writeRecord(
  folder: string,
  name: string,
  script: Script,
  { samplingRateHz, leads: names, seed = 3 }: { samplingRateHz: number; leads: readonly string[]; seed?: number },
): Promise<void> {
  const { leads, length, annotations } = syntheticRecord(script, { samplingRateHz, seed, leads: names });
  const lines = leads.map(
    ({ samples, ...lead }) =>
      `${name}.dat 16 ${lead.gainAduPerMv}(${lead.baselineAdu})/mV 16 0 ${samples[0]} ${checksum(samples)} 0 ${lead.name}`,
  );
  const dat = Buffer.alloc(2 * leads.length * length);
  leads.forEach((lead, s) => lead.samples.forEach((adu, i) => dat.writeInt16LE(adu, 2 * (i * leads.length + s))));
  await writeFile(path.join(folder, `${name}.dat`), dat);
  await writeFile(
    path.join(folder, `${name}.hea`),
    [`${name} ${leads.length} ${samplingRateHz} ${length}`, ...lines, ""].join("\n"),
  );
  await writeAnnotations(folder, name, "atr", annotations);
}

const checksum = (samples: Int16Array): number => samples.reduce((sum, adu) => (sum + adu) & 0xffff, 0);
