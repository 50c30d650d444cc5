import { expect, test } from "vitest";
import { parseHeader } from "./header.ts";

test("record line, signal lines and comments", () => {
  const header = parseHeader(
    [
      "# leading comment",
      "r1 2 360/1.5(10) 650000 12:00:00 01/02/1990",
      "r1.dat 212 200.5(-12)/uV 11 1024 995 -22131 0 MLII modified",
      "r1.dat 212 0 12 0 -29 -3562 0 noise1",
      "#69 M 1085",
    ].join("\r\n"),
    "r1.hea",
  );
  expect(header).toEqual({
    name: "r1",
    samplingRateHz: 360,
    length: 650_000,
    comments: ["leading comment", "69 M 1085"],
    signals: [
      {
        file: "r1.dat",
        format: 212,
        gainAduPerMv: 200_500,
        baselineAdu: -12,
        unit: "mV",
        initialAdu: 995,
        checksum: -22_131,
        description: "MLII modified",
      },
      {
        file: "r1.dat",
        format: 212,
        gainAduPerMv: 200,
        baselineAdu: 0,
        unit: "mV",
        initialAdu: -29,
        checksum: -3562,
        description: "noise1",
      },
    ],
  });
});

test("a header without signals has the rate of its annotations", () => {
  expect(parseHeader("r1 0 128 0", "r1.hea")).toMatchObject({ samplingRateHz: 128, length: null, signals: [] });
});

test("what is left out has header(5)'s defaults; the baseline is the ADC's zero", () => {
  const header = parseHeader("r1 2\nr1.dat 16\nr1.dat 16 100/mmHg 12 50", "r1.hea");
  expect(header).toMatchObject({ samplingRateHz: 250, length: null });
  expect(header.signals).toMatchObject([
    { gainAduPerMv: 200, baselineAdu: 0, unit: "mV", initialAdu: null, checksum: null, description: "r1.dat" },
    { gainAduPerMv: 100, baselineAdu: 50, unit: "mmHg" },
  ]);
});

test.each([
  ["", /empty/],
  ["# only a comment", /empty/],
  ["r1/3 2 360 1000\nr1_1 500\nr1_2 500", /multi-segment/],
  ["r1", /names no signals/],
  ["r1 two 360", /names two signals/],
  ["r1 1 0 100\nr1.dat 16", /frequency 0/],
  ["r1 1 fast 100\nr1.dat 16", /frequency fast/],
  ["r1 1 360 many\nr1.dat 16", /samples many/],
  ["r1 2 360 100\nr1.dat 16", /2 signals are announced, 1 are described/],
  ["r1 1 360 100\nr1.dat", /no readable format/],
  ["r1 1 360 100\nr1.dat 16x4", /format 16x4: frames/],
  ["r1 1 360 100\nr1.dat 16 gain", /no readable gain/],
  ["r1 1 360 100\nr1.dat 16 200 12 zero", /baseline zero/],
  ["r1 1 360 100\nr1.dat 16 200 12 0 0 sum", /checksum sum/],
])("%j: BAD_RECORD", (text, message) => {
  expect(() => parseHeader(text, "f/r1.hea")).toThrow(
    expect.objectContaining({ code: "BAD_RECORD", message: expect.stringMatching(message) }),
  );
  expect(() => parseHeader(text, "f/r1.hea")).toThrow(/^f\/r1\.hea: /);
});
