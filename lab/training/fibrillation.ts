import { writeWhole } from "../../kit/atomic-write.ts";
import { patientSeconds, type PatientSeconds } from "../../model/training/fibrillation/patients.ts";
import { type HeldOutSeconds, trainFibrillation } from "../../model/training/fibrillation/train.ts";
import { readConfig } from "../../server/config.ts";
import { type FibrillationTrees, LEAVES, SPLITS } from "../../signal/waveform/fibrillation-score.ts";

const THRESHOLDS = [0.5, 0.7, 0.8, 0.9, 0.95] as const;
/** The threshold that patients are listed at. */
const LISTED = 0.8;

/** Trains the trees of signal/waveform, prints what held-out patients say, and writes them into `file`. */
export async function trainFibrillationTrees({ seed, out }: { seed: number; out: string }): Promise<void> {
  const { PHYSIONET_DIR: dir } = readConfig();
  const all: PatientSeconds[] = [];
  for await (const one of patientSeconds(dir, seed)) {
    all.push(one);
    console.error(`${one.patient} (${one.source}): ${one.labels.length} seconds`);
  }
  const { trees, heldOut } = trainFibrillation(all, seed);
  for (const line of tableOf(heldOut)) console.log(line);
  await writeWhole(out, moduleOf(trees));
  console.log(`written: ${out}`);
}

/** Shares of held-out seconds, by source and threshold, and by patient with fibrillation. */
function tableOf(heldOut: readonly HeldOutSeconds[]): string[] {
  const lines = ["source | threshold | seconds | Se % | Sp %"];
  for (const source of new Set(heldOut.map((one) => one.source))) {
    const own = heldOut.filter((one) => one.source === source);
    for (const threshold of THRESHOLDS) lines.push(`${source} | ${threshold} | ${figures(own, threshold)}`);
  }
  lines.push(`patient | at ${LISTED}: seconds | Se % | Sp %`);
  for (const one of heldOut) {
    if (one.labels.includes(1)) lines.push(`${one.patient} | ${figures([one], LISTED)}`);
  }
  return lines;
}

function figures(seconds: readonly HeldOutSeconds[], threshold: number): string {
  const count = [0, 0];
  const right = [0, 0];
  for (const { labels, probabilities } of seconds) {
    labels.forEach((label, row) => {
      count[label]++;
      right[label] += Number(probabilities[row] >= threshold === (label === 1));
    });
  }
  const share = (label: number): string =>
    count[label] === 0 ? "-" : ((100 * right[label]) / count[label]).toFixed(2);
  return `${count[1]} + ${count[0]} | ${share(1)} | ${share(0)}`;
}

/** A tree's values to a line. */
const lined = (values: readonly number[], perTree: number): string =>
  Array.from(
    { length: values.length / perTree },
    (_, tree) => `    ${values.slice(tree * perTree, (tree + 1) * perTree).join(", ")},`,
  ).join("\n");

const moduleOf = ({
  features,
  thresholds,
  leaves,
  offset,
}: FibrillationTrees): string => `import type { FibrillationTrees } from "./fibrillation-score.ts";

/** Written by \`npm run train -- --model fibrillation\`: a tree to a line. */
// oxfmt-ignore
export const FIBRILLATION_TREES: FibrillationTrees = {
  offset: ${offset},
  features: [
${lined(features, SPLITS)}
  ],
  thresholds: [
${lined(thresholds, SPLITS)}
  ],
  leaves: [
${lined(leaves, LEAVES)}
  ],
};
`;
