import { chmod, mkdir, symlink, truncate } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import type { FrameLead } from "../../contracts/frame.ts";
import { monitoredLead } from "../../signal/leads.ts";
import { bytes16, folderOf } from "../../testing/data/wfdb-files.ts";
import { readRecord } from "./record.ts";

const ECG = Int16Array.from({ length: 400 }, (_, i) => 1003 + Math.round(100 * Math.sin(i / 9)));
const OTHER = ECG.map((adu) => 5000 - adu);
const sum = (samples: Int16Array): number => samples.reduce((all, adu) => (all + adu) & 0xffff, 0);

const HEADER = `b1 1 360 400\nb1.dat 16 200(1024)/mV 16 0 ${ECG[0]} ${sum(ECG)} 0 MLII\n`;

const read = async (files: Readonly<Record<string, string | Uint8Array>>, name = "b1") =>
  readRecord(await folderOf(files), name);

const good: FrameLead = { name: "MLII", gainAduPerMv: 200, baselineAdu: 1024, unit: "mV", samples: ECG };

const bad = (message: RegExp): unknown =>
  expect.objectContaining({ code: "BAD_RECORD", message: expect.stringMatching(message) });

const withGain = (gain: string): string => HEADER.replace("200(1024)/mV", gain);

test.each([
  ["well-formed", HEADER],
  ["200000 adu/v", withGain("200000(1024)/v")],
  ["200000 adu/V", withGain("200000(1024)/V")],
  ["0.2 adu/uv", withGain("0.2(1024)/uv")],
  ["0.2 adu/µV, micro sign, UTF-8", withGain("0.2(1024)/\u00b5V")],
  ["0.2 adu/μV, Greek, UTF-8", withGain("0.2(1024)/\u03bcV")],
  ["0.2 adu/µV, Latin-1", Buffer.from(withGain("0.2(1024)/\u00b5V"), "latin1")],
  ["0.2 adu/microvolt", withGain("2e-1(1024)/microvolt")],
  ["no unit", withGain("200(1024)")],
  ["gain 0", withGain("0(1024)")],
  ["gain .2e3", withGain("+.2e3(1024)/MV")],
  ["neither initial value nor checksum", HEADER.replace(/ 16 0 .* MLII/, " 16 0 0 0 0 MLII")],
  ["a checksum of 0", HEADER.replace(/ \d+ 0 MLII/, " 0 0 MLII")],
  ["a comment behind the name", HEADER.replace("MLII", "MLII # noisy")],
  ["a folder before the name", HEADER.replace("b1 1", "median_beats/b1 1")],
  ["a byte order mark", `\ufeff${HEADER}`],
  ["UTF-16", Buffer.from(`\ufeff${HEADER}`, "utf16le")],
  ["lines that end with a carriage return", HEADER.replaceAll("\n", "\r")],
  ["no length", HEADER.replace("360 400", "360")],
])("%s: read as the well-formed one", async (_, header) => {
  expect((await read({ "b1.hea": header, "b1.dat": bytes16([ECG]) })).leads[0]).toEqual(good);
});

test.each(["pat.1", "my record", "pat 1 2", "été", "100", "a,b"])("a record named %j is read", async (name) => {
  const record = await read({ [`${name}.hea`]: HEADER.replaceAll("b1", name), [`${name}.dat`]: bytes16([ECG]) }, name);
  expect(record).toMatchObject({ name, leads: [good] });
});

test("a record named by a number, in a folder's name before it, is no multi-segment one", async () => {
  const files = { "100.hea": HEADER.replace("b1 1", "mitdb/100 1"), "b1.dat": bytes16([ECG]) };
  expect((await read(files, "100")).leads).toEqual([good]);
});

test("samples behind a header of 24 bytes are read, as the challenges of Computing in Cardiology have them", async () => {
  const header = HEADER.replace("b1.dat 16", "b1.mat 16+24");
  expect((await read({ "b1.hea": header, "b1.mat": bytes16([ECG], 24) })).leads).toEqual([good]);
  await expect(read({ "b1.hea": header, "b1.mat": bytes16([ECG]) })).rejects.toThrow(bad(/b1\.mat: holds 388 samples/));
});

test("the ECG behind a pressure is monitored, and a record without an ECG refused by its leads' names", async () => {
  const lines = HEADER.replace("b1 1", "b1 2").replace("b1.dat", "b1.dat 16 64.02(4)/mmHg 16 0 0 0 0 ABP\nb1.dat");
  const record = await read({ "b1.hea": lines, "b1.dat": bytes16([OTHER, ECG]) });
  expect(record.leads[monitoredLead(record)]).toEqual(good);
  const without = await read({ "b1.hea": HEADER.replace("/mV", "/NU"), "b1.dat": bytes16([ECG]) });
  expect(() => monitoredLead(without)).toThrow(bad(/^record b1: none of its leads is an ECG .*: MLII \(NU\); /));
});

test.each([
  ["0.01 Hz", HEADER.replace("360", "0.01"), /frequency 0\.01 is not one from 50 to 10000 Hz/],
  ["a rate beyond numbers", HEADER.replace("360", "1e999"), /frequency 1e999/],
  ["a rate in words", HEADER.replace("360", "Infinity"), /frequency Infinity/],
  ["a length of 1e15", HEADER.replace("400", "1e15"), /samples 1e15 is not/],
  [
    "a length that no file has",
    HEADER.replace("400", "100000000000000"),
    /holds 400 samples of 1 signals, .* promises 1/,
  ],
  ["a thousand million signals", HEADER.replace("b1 1", "b1 1000000000"), /names 1000000000 signals, must be 0 to/],
  ["no signal", "b1 0 360\n", /names 0 signals: there is nothing/],
  ["a gain beyond numbers", withGain("1e999"), /gain 1e999 must come to/],
  ["a gain near nothing", withGain("1e-400"), /gain 1e-400 must come to/],
  ["a gain that only its unit makes too large", withGain("1e8/nV"), /gain 1e8 must come to/],
  ["a baseline beyond numbers", withGain(`200(${"9".repeat(400)})`), /baseline 9+ is not a whole number of 32 bits/],
  ["several samples a frame", HEADER.replace("dat 16", "dat 16x4"), /format 16x4: .*convert it with wfdb-python/],
  ["a skew", HEADER.replace("dat 16", "dat 16:3"), /format 16:3: .*convert it with wfdb-python/],
  [
    "a format that is not read",
    HEADER.replace("dat 16", "dat 80"),
    /format 80 is not read.*convert it with wfdb-python/,
  ],
  ["a layout", HEADER.replace("b1.dat 16", "~ 0"), /nothing is stored of this signal .*give the records/],
  ["segments", "b1/3 1 360 400\nb1_0 0\nb1_1 200\n~ 50\nb1_2 150\n", /multi-segment .* by name: b1_1, b1_2$/],
  ["a signal file above", HEADER.replace("b1.dat", "../../etc/passwd"), /lies beside its header/],
  ["a signal file elsewhere", HEADER.replace("b1.dat", "/etc/passwd"), /lies beside its header/],
  ["the folder above for a signal file", HEADER.replace("b1.dat", ".."), /lies beside its header/],
  ["nothing in it", "", /the header is empty/],
  ["other bytes", Buffer.from([0, 5, 22, 7, 255, 254, 0]), /signals/],
])("a header with %s is refused", async (_, header, message) => {
  const reading = read({ "b1.hea": header, "b1.dat": bytes16([ECG]) });
  await expect(reading).rejects.toThrow(bad(message));
  await expect(reading).rejects.toThrow(/^\/.*b1\.(?:hea|dat): /);
});

test.each(["constructor", "__proto__", "toString", "hasOwnProperty"])("%s is no unit of voltage", async (unit) => {
  const { leads } = await read({ "b1.hea": withGain(`200(1024)/${unit}`), "b1.dat": bytes16([ECG]) });
  expect(leads[0]).toEqual({ ...good, unit });
});

test("what is no file, or holds nothing, is said", async () => {
  const folder = await folderOf({ "b1.hea": HEADER, "b2.hea": HEADER.replaceAll("b1", "b2"), "b2.dat": "" });
  await mkdir(path.join(folder, "b1.dat"));
  await expect(readRecord(folder, "b1")).rejects.toThrow(bad(/b1\.dat: is a folder, not a file/));
  await expect(readRecord(folder, "b2")).rejects.toThrow(
    bad(/b2\.dat: holds 0 samples .* promises 400; fetch it again/),
  );
  await mkdir(path.join(folder, "b3.hea"));
  await expect(readRecord(folder, "b3")).rejects.toThrow(bad(/b3\.hea: is a folder, not a file/));
  await symlink("b4.hea", path.join(folder, "b4.hea"));
  await expect(readRecord(folder, "b4")).rejects.toThrow(bad(/b4\.hea: is a link that leads to itself/));
  expect(await folderOf({ "b5.hea": HEADER.replace("400", "0"), "b1.dat": "" }).then(codeOf("b5"))).toBe("BAD_RECORD");
});

const codeOf = (name: string) => (folder: string) =>
  readRecord(folder, name).catch(({ code }: { code: string }) => code);

test("a header of gigabytes is not read into memory", async () => {
  const folder = await folderOf({ "b1.hea": "b1 1 360\n" });
  await truncate(path.join(folder, "b1.hea"), 2 ** 33);
  await expect(readRecord(folder, "b1")).rejects.toThrow(bad(/b1\.hea: has 8589934592 bytes, at most \d+ are read/));
});

test.skipIf(process.getuid?.() === 0)("a file that may not be read is said to be so", async () => {
  const folder = await folderOf({ "b1.hea": HEADER, "b1.dat": bytes16([ECG]) });
  await chmod(path.join(folder, "b1.dat"), 0);
  await expect(readRecord(folder, "b1")).rejects.toThrow(bad(/b1\.dat: may not be read: change its permissions/));
});
