import type { KafkaClientName } from "../bus/kafka/names.ts";
import { createRandom } from "../kit/random.ts";
import type { Beside } from "./commanded.ts";
import type { Delays } from "./delays.ts";
import { type Form, inOrder, type Row, sentOf } from "./rows.ts";
import { compare, type Said, type Verdict } from "./said.ts";
import { Stage } from "./stage.ts";
import { undisturbed } from "./undisturbed.ts";
import { endsOf, toMessage, wardFrames } from "./ward.ts";

export interface RowOptions {
  readonly form: Form;
  readonly client: KafkaClientName;
  readonly seed: number;
  readonly physionetDir: string;
  readonly jarsDir: string;
}

export interface RowResult extends Verdict {
  readonly delays: Delays;
  /** Dead letters, and those there are to be. */
  readonly letters: number;
  readonly poison: number;
  /** What does not hold of what is not compared, in a line each. */
  readonly wrong: readonly string[];
  /** What the processes have printed, behind what was told and was to be told under the ids that are wrong. */
  readonly output: string;
}

const NOTHING_BESIDE: Beside = { sent: [], isApart: () => false, wrong: () => [] };

/** Feeds a ward through a real broker and two workers while `row` happens, and compares what was told with what an undisturbed worker says. */
export async function runRow(row: Row, { form, client, seed, physionetDir, jarsDir }: RowOptions): Promise<RowResult> {
  const dues = await wardFrames(form.beds, form.seconds, physionetDir);
  const random = createRandom(seed, row.name);
  const { sent, heard, letters } = sentOf(row, dues, random);
  const ends = endsOf(heard);
  const clean = await undisturbed(heard.map(toMessage), ends);
  const beside = row.beside?.(dues, clean) ?? NOTHING_BESIDE;
  const all = [...sent, ...beside.sent].toSorted((a, b) => a.atSeconds - b.atSeconds);
  const stage = new Stage({ client, jarsDir, ends });
  try {
    await (row.begins ?? inOrder)(stage);
    const fed = stage.feed(all, form.speed);
    // Where what happens fails, that is what is told.
    fed.catch(() => {});
    await row.happens?.(stage, form, random);
    await fed;
    const compared = (): Verdict => compare(stage.said, clean, beside.isApart);
    const wrong = (): string[] => beside.wrong(stage.said, clean);
    await stage.settled(() => compared().lost.length === 0 && wrong().length === 0);
    const verdict = compared();
    return {
      ...verdict,
      delays: stage.delays,
      letters: stage.said.letters,
      poison: letters,
      wrong: wrong(),
      output: `${textsOf([...verdict.lost, ...verdict.different, ...verdict.extra, ...verdict.reordered], stage.said, clean)}${stage.output}`,
    };
  } finally {
    await stage.close();
  }
}

const MOST_TEXTS = 40;

function textsOf(ids: readonly string[], said: Said, undisturbed: Said): string {
  const lines = ids
    .slice(0, MOST_TEXTS)
    .toSorted()
    .map((id) => {
      return `${id}\n  told:  ${said.first.get(id) ?? "–"}\n  right: ${undisturbed.first.get(id) ?? "–"}\n`;
    });
  return lines.join("");
}
