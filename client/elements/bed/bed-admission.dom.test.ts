import { expect, test, vi } from "vitest";
import type { Admission } from "../../../contracts/admission.ts";
import { drawn, sceneOf, textOf, the, within } from "../../../testing/client/dom.ts";
import { bedOf, snapshotOf } from "../../../testing/client/messages.ts";
import { BedAdmission } from "./bed-admission.ts";

const admissionOf = (bed: string, version: number, name: string | null, command = "c-0000001"): Admission => ({
  bed,
  version,
  change: name === null ? "discharged" : "admitted",
  patient: name === null ? null : { name, sinceMs: 0 },
  command,
  by: "Anna",
  atMs: 0,
});

async function shown(...admissions: Admission[]) {
  localStorage.setItem("bedside.name", "Anna");
  const { ward, show } = sceneOf();
  ward.take(
    { kind: "snapshot", snapshot: snapshotOf({ beds: ["b1", "b2", "b3"].map((bed) => bedOf(bed)), admissions }) },
    0,
  );
  const bed = ward.beds.get("b1");
  const element = await show(Object.assign(new BedAdmission(), { bed }));
  const sent: Record<string, unknown>[] = [];
  const fetched = vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    sent.push({ url, ...(JSON.parse(String(init?.body)) as object) });
    return Response.json({}, { status: 202 });
  });
  const press = async (name: string): Promise<void> => {
    the(element, `[data-testid=${name}]`).click();
    await drawn(element);
  };
  const write = (name: string, value: string): void => {
    (the(element, `[name=${name}]`) as HTMLInputElement).value = value;
  };
  const said = () => textOf(the(element, "[data-testid=admission-said]"));
  const tell = async (data: Admission): Promise<void> => {
    ward.take({ kind: "event", event: { topic: "admissions", bed: data.bed, cursor: "c", data, meta: {} } }, 0);
    await drawn(element);
  };
  return { element, sent, fetched, press, write, said, tell };
}

test("a bed without a patient can have one, as it was seen; the event of it says that it is done", async () => {
  const { element, sent, press, write, said, tell } = await shown();
  expect(textOf(the(element, "[data-testid=patient]"))).toBe("Nobody is admitted to this bed.");
  expect(within(element, "[data-testid=discharge]")).toEqual([]);
  await press("admit");
  expect([said(), sent]).toEqual(["Give the patient's name.", []]);
  write("name", " Ada ");
  await press("admit");
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ url: "api/beds/b1/admission", action: "admit", version: 0, name: "Ada", by: "Anna" });
  await vi.waitFor(() => expect(said()).toBe("…"));
  await tell(admissionOf("b1", 1, "Ada", String(sent[0]["id"])));
  await vi.waitFor(() => expect(said()).toBe("Done."));
  expect(textOf(the(element, "[data-testid=patient]"))).toMatch(/^Ada since/);
});

test("a patient moves to a bed that is free, in the versions that were seen, and is discharged at the second press", async () => {
  const { element, sent, press } = await shown(
    admissionOf("b1", 4, "Ada"),
    admissionOf("b2", 2, "Grace"),
    admissionOf("b3", 6, null),
  );
  expect(within(element, "option").map(textOf)).toEqual(["b3"]);
  await press("move");
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ action: "move", version: 4, to: { bed: "b3", version: 6 } });
  await press("discharge");
  expect([textOf(the(element, "[data-testid=discharge]")), sent.length]).toEqual(["Press again to discharge", 1]);
  await press("discharge");
  await vi.waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]).toMatchObject({ action: "discharge", version: 4 });
});

test("a refusal is told in its words", async () => {
  const { fetched, press, write, said } = await shown();
  fetched.mockResolvedValue(
    Response.json({ error: { code: "CONFLICT", message: "version 0 was seen, 1 holds" } }, { status: 409 }),
  );
  write("name", "Ada");
  await press("admit");
  await vi.waitFor(() => expect(said()).toBe("Not taken: version 0 was seen, 1 holds"));
});
