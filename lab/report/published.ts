import type { GeneralisationRow } from "../../contracts/report.ts";

interface Published {
  readonly name: string;
  readonly accuracy: number;
  /** Se and +P of each class, %. */
  readonly percent: Readonly<Record<string, readonly [number, number]>>;
}

/** Where they were read: the papers' own tables give them with a digit more. */
const SOURCE =
  "as quoted by Garcia et al., Scientific Reports 7 (2017), table 2, doi:10.1038/s41598-017-09837-3; both leads, the annotators' R peaks; F1 is reckoned here";

/** Published figures of DS2, trained on DS1, in whole percent. */
const DS2: readonly Published[] = [
  { name: "de Chazal et al. 2004", accuracy: 83, percent: { N: [87, 99], S: [76, 38], V: [77, 82] } },
  { name: "Llamedo & Martínez 2011", accuracy: 93, percent: { N: [95, 98], S: [77, 39], V: [81, 87] } },
];

/** The rows of published figures by the name of their set. */
export const PUBLISHED: Readonly<Record<string, readonly GeneralisationRow[]>> = { DS2: DS2.map(rowOf) };

function rowOf({ name, accuracy, percent }: Published): GeneralisationRow {
  const classes = Object.entries(percent).map(([beatClass, [se, ppv]]) => [
    beatClass,
    {
      se: { value: se / 100 },
      ppv: { value: ppv / 100 },
      f1: { value: (2 * se * ppv) / (se + ppv) / 100 },
    },
  ]);
  return {
    kind: "published",
    name,
    remark: SOURCE,
    hash: null,
    command: null,
    accuracy: { value: accuracy / 100 },
    classes: Object.fromEntries(classes),
  };
}
