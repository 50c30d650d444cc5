import type { Evaluation, Report } from "../../contracts/report.ts";
import { percent } from "../../kit/figures.ts";
import { paragraph } from "../page.ts";
import { two } from "./words.ts";

export const CHOICE_HEADING = "Which of the two to use";

/** What each model is for, and how good it is on patients it has never seen; of one that the report has not, what it is for. */
export function choiceHtml({ live, rows }: Report): string {
  const known = rows?.evaluations.find(({ isHoldOut }) => !isHoldOut);
  const [foreign] = onStrangers(rows?.evaluations);
  return [
    paragraph(
      "Live model: for a recording with its rhythm, of any patient. A beat is judged with those before it." +
        sentence(
          "On patients it has never seen",
          onStrangers(live?.evaluations).map((one) => `${one.name.split(",")[0]}: ${inShort(one)}`),
        ),
    ),
    paragraph(
      "Model of uploaded rows: for files of isolated beats in the form of Kaggle's heartbeat files. A row tells neither the beats before it nor the rhythm." +
        sentence(
          "With each patient's beats in training and test, as these files are split",
          known && [inShort(known)],
        ) +
        sentence("On patients it has never seen it is of little use", foreign && [inShort(foreign)]) +
        (foreign?.command ? ` Measured by \`${foreign.command}\`.` : ""),
    ),
  ].join("");
}

/** Hold-outs, of several looks at the same records the first. */
const onStrangers = (evaluations: readonly Evaluation[] = []): Evaluation[] => {
  const holdOuts = evaluations.filter(({ isHoldOut }) => isHoldOut);
  return holdOuts.filter(
    ({ records }, i) => holdOuts.findIndex((one) => String(one.records) === String(records)) === i,
  );
};

const sentence = (where: string, figures: readonly string[] = []): string =>
  figures.length > 0 ? ` ${where}: ${figures.join("; ")}.` : "";

/** "96.6 % right, F1 of S 0.74, of V 0.96". */
const inShort = ({ figures: { accuracy, classes } }: Evaluation): string =>
  `${percent(accuracy)} right, F1 of S ${two(classes["S"]?.f1)}, of V ${two(classes["V"]?.f1)}`;
