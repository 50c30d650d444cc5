import { cp, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readConfig } from "../../server/config.ts";
import { hasRecords, mitdbFolder } from "../records.ts";
import { MITDB } from "../splits/mitdb.ts";
import { readAnnotations } from "./annotations.ts";
import { readRecord } from "./record.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "bedside-wfdb-"));
  await cp(path.join(import.meta.dirname, "golden"), folder, { recursive: true });
});

afterEach(() => rm(folder, { recursive: true }));

async function editHeader(change: (text: string) => string): Promise<void> {
  const file = path.join(folder, "g212.hea");
  const text = await readFile(file, "utf8");
  expect(change(text)).not.toBe(text);
  await writeFile(file, change(text));
}

const withoutChecksums = (text: string): string => text.replace(/^(g212\.dat(?: \S+){4}).*$/gm, "$1");

const read = () => readRecord(folder, "g212");

const bad = (message: RegExp): unknown =>
  expect.objectContaining({ code: "BAD_RECORD", message: expect.stringMatching(message) });

test("a truncated .dat", async () => {
  await truncate(path.join(folder, "g212.dat"), 100);
  await expect(read()).rejects.toThrow(
    bad(/g212\.dat: holds 33 samples of 2 signals, the header promises 61; fetch it again/),
  );
});

test("a header that promises more samples", async () => {
  await editHeader((text) => text.replace("360 61", "360 62"));
  await expect(read()).rejects.toThrow(bad(/g212\.dat: holds 61 .* promises 62/));
});

test("a header that leaves out a signal is given away by its checksums, or by the length where there are none", async () => {
  await editHeader((text) => text.replace("g212 2", "g212 1"));
  await expect(read()).rejects.toThrow(bad(/g212\.dat: MLII sums to -?\d+, the header says 1044/));
  await editHeader(withoutChecksums);
  await expect(read()).rejects.toThrow(bad(/g212\.dat: holds 122 samples of 1 signals, the header promises 61/));
});

test("a header without length and checksums: the file's length counts", async () => {
  const whole = await readRecord(folder, "g212");
  await editHeader((text) => withoutChecksums(text).replace("360 61", "360"));
  const { leads } = await readRecord(folder, "g212");
  expect(leads.map((lead) => lead.samples)).toEqual(whole.leads.map((lead) => lead.samples));
});

test("a wrong checksum", async () => {
  const file = path.join(folder, "g212.dat");
  const bytes = await readFile(file);
  bytes[60] ^= 1;
  await writeFile(file, bytes);
  await expect(read()).rejects.toThrow(bad(/g212\.dat: MLII sums to \d+, the header says 1044; fetch it again/));
});

test("a wrong initial value", async () => {
  await editHeader((text) => text.replace(" 2047 9082", " 2046 9082"));
  await expect(read()).rejects.toThrow(bad(/g212\.dat: V5 begins with 2047, the header says 2046/));
});

test("an unknown format", async () => {
  await editHeader((text) => text.replaceAll("dat 212", "dat 310"));
  await expect(read()).rejects.toThrow(bad(/g212\.dat: format 310 is not read, only 16 and 212 are/));
});

test("signals of two formats in one file", async () => {
  await editHeader((text) => text.replace("dat 212", "dat 16"));
  await expect(read()).rejects.toThrow(bad(/different formats/));
});

test("a multi-segment record", async () => {
  await editHeader((text) => text.replace("g212 2", "g212/3 2"));
  await expect(read()).rejects.toThrow(bad(/g212\.hea: .*multi-segment/));
});

test("signals of different lengths", async () => {
  const g16 = (await readFile(path.join(folder, "g16.hea"), "utf8")).split("\n");
  await cp(path.join(folder, "g212odd.dat"), path.join(folder, "short.dat"));
  await truncate(path.join(folder, "short.dat"), 30);
  await editHeader(
    (text) => `${text.split("\n")[0].replace("2 360 61", "3 360")}\n${g16[1]}\n${g16[2]}\nshort.dat 212`,
  );
  await expect(read()).rejects.toThrow(bad(/g212\.hea: lead short\.dat is longer or shorter than MLII/));
});

test("a signal file that is not there, or lies elsewhere", async () => {
  await rm(path.join(folder, "g212.dat"));
  await expect(read()).rejects.toThrow(bad(/g212\.dat: the header names it, it can't be read; fetch it again/));
  await editHeader((text) => text.replaceAll("g212.dat", "../../g212.dat"));
  await expect(read()).rejects.toThrow(bad(/lies beside its header/));
});

test("an unknown name is answered with the names there are", async () => {
  await expect(readRecord(folder, "g21")).rejects.toThrow(
    expect.objectContaining({
      code: "UNKNOWN_RECORD",
      message: expect.stringMatching(/record g21: .*g21\.hea can't be read; .* has g212, g16, g212odd$/),
    }),
  );
  await expect(readRecord(path.join(folder, "none"), "100")).rejects.toThrow(
    /there is no folder .*none; `npm run fetch`/,
  );
  await expect(readRecord(folder, "../g212")).rejects.toThrow(expect.objectContaining({ code: "UNKNOWN_RECORD" }));
  await expect(readAnnotations(folder, "g16")).rejects.toThrow(expect.objectContaining({ code: "UNKNOWN_RECORD" }));
});

test("a unit that is a multiple of the volt becomes mV", async () => {
  const [before] = (await readRecord(folder, "g212")).leads;
  await editHeader((text) => text.replace("200.0(1024)/mV", "0.2(1024)/uV"));
  expect((await readRecord(folder, "g212")).leads[0]).toEqual(before);
});

const { PHYSIONET_DIR } = readConfig();
const fetched = await hasRecords(PHYSIONET_DIR, MITDB);
if (!fetched) console.log(`not read: all 48 records of MIT-BIH, for they are not in ${PHYSIONET_DIR}; npm run fetch`);

test.skipIf(!fetched)("all 48 records of MIT-BIH read and match their headers' checksums", async () => {
  expect(MITDB).toHaveLength(48);
  for (const name of MITDB) {
    const record = await readRecord(mitdbFolder(PHYSIONET_DIR), name);
    expect(record).toMatchObject({ name, samplingRateHz: 360, length: 650_000 });
    expect(record.leads).toHaveLength(2);
    const annotations = await readAnnotations(mitdbFolder(PHYSIONET_DIR), name);
    expect(annotations.length).toBeGreaterThan(1500);
    expect(annotations.at(-1)?.sample).toBeLessThan(650_000);
  }
});
