import { loadClassifier } from "../../model/load.ts";
import { readConfig } from "../../server/config.ts";
import { runRecord } from "../../server/pipeline/run-record.ts";
import { openSources } from "../../simulator/open-sources.ts";

/** Every beat that the pipeline finds in these records without a bus, as bed/sample; the beds are named as the simulator does. */
export async function expectedBeats(records: readonly string[]): Promise<Set<string>> {
  const config = readConfig();
  const classifier = await loadClassifier(config.MODEL, "onnx");
  const { sources } = await openSources(config.PHYSIONET_DIR, records);
  const expected = new Set<string>();
  for (const [index, source] of sources.entries()) {
    for (const { topic, data } of await runRecord(source, classifier)) {
      if (topic === "beats") expected.add(`b${index + 1}/${data.sample}`);
    }
  }
  await classifier.close();
  return expected;
}
