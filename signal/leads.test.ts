import { expect, test } from "vitest";
import { distinctNames, pickLead, withoutEcg } from "./leads.ts";

const inMillivolts = (...names: readonly string[]) => names.map((name) => ({ name, unit: "mV" }));

test("the lead the model knows is picked by its name, wherever it stands; else the first", () => {
  expect(pickLead(inMillivolts("V5", "MLII"))).toBe(1);
  expect(pickLead(inMillivolts("V5", "ii"))).toBe(1);
  expect(pickLead(inMillivolts("II", "MLII"))).toBe(1);
  expect(pickLead(inMillivolts("V5", "V2"))).toBe(0);
  expect(pickLead([])).toBeNull();
});

test.each([
  ..."ECG II|II-ECG|EKG II|EKG-II|ECG_II|ECGII|D2|DII|D II|Lead II|LEADII|lead 2|Lead-2|ECG lead II|ECG lead 2|ECG_lead_2|mod.II".split(
    "|",
  ),
  ..."MLII # noisy|ML2|ML II|modified lead II|II filtered|ii|\u2161|ECG_LL-RA|MDC_ECG_LEAD_II|L-II".split("|"),
])("lead II is picked by the name %s", (name) => {
  expect(pickLead(inMillivolts("V1", name, "III", "ECG"))).toBe(1);
});

test.each(
  "III|I|ECG LA-RA|aVF|V2|ECG2|ECG 2|ECG-2|II-III|V1-II|MLIII|MCL1|ABP II|Channel 2|D3|lead 3|VII|XII".split("|"),
)("%s is not lead II", (name) => {
  expect(pickLead(inMillivolts("V1", name))).toBe(0);
});

test("only a voltage is an ECG; a missing unit is mV", () => {
  const abp = { name: "ABP", unit: "mmHg" };
  const pleth = { name: "PLETH", unit: "NU" };
  expect(pickLead([abp, pleth, { name: "ECG", unit: "\u00b5V" }])).toBe(2);
  expect(pickLead([abp, { name: "x", unit: "" }])).toBe(1);
  expect(
    pickLead([
      { name: "II", unit: "mmHg" },
      { name: "V", unit: "uv" },
    ]),
  ).toBe(1);
  expect(pickLead([abp, pleth])).toBeNull();
  expect(withoutEcg([abp, pleth])).toMatch(
    /^none of its leads is an ECG in a unit of voltage: ABP \(mmHg\), PLETH \(NU\);/,
  );
});

test.each(
  "ABP|ART|ART1|CVP|PAP2|BP|NIBP|RESP|Resp oro-nasal|respiration|PLETH|Pleth_L|PPG|SpO2|SaO2|EEG C4-A1|EEG2|EMG|EOG(left)|EtCO2|ACC x".split(
    "|",
  ),
)("%s in mV is never monitored", (name) => {
  expect(pickLead(inMillivolts(name))).toBeNull();
  expect(pickLead(inMillivolts(name, "unknown"))).toBe(1);
});

test("the name of a lead of the ECG goes before one that is not known, and that before a doubtful one", () => {
  expect(pickLead(inMillivolts("C4-A1", "V5"))).toBe(1);
  expect(pickLead(inMillivolts("sensor 1", "ECG1"))).toBe(1);
  expect(pickLead(inMillivolts("RESP (ECG)", "sensor 1"))).toBe(1);
  expect(pickLead(inMillivolts("RESP (ECG)", "RESP"))).toBe(0);
});

test("leads are told apart by name, by their place where they cannot", () => {
  const names = (...leads: string[]): string[] =>
    distinctNames(
      leads.map((name) => ({ name, unit: "mV" })),
      [1, 0],
    );
  expect(names("V1", "II")).toEqual(["II", "V1"]);
  expect(names("ECG", "ECG")).toEqual(["ECG", "ECG (1)"]);
  expect(names("", "")).toEqual(["lead 2", "lead 1"]);
});
