import path from "node:path";

/** Options whose value is a place on the machine that it was given on, to write to. */
const OUTPUTS: readonly string[] = ["--json", "--score-json", "--html", "--to"];
/** The same, to read from. */
const INPUTS: readonly string[] = [
  "--evaluate",
  "--replay",
  "--ablation",
  "--tools",
  "--false-s",
  "--rhythms",
  "--challenge",
  "--commands",
  "--policy",
];
const DATABASE = "--db";
const PRODUCT_MODEL = "model/artifacts/live";

/**
 * The command as it stands in reports and cards: what was asked, without the folders of the machine it ran on. `model`: the folder
 * of the model that it ran with, told where it is not the product's.
 */
export function redactCommand(name: string, args: readonly string[], model = PRODUCT_MODEL): string {
  const words = args.flatMap((arg) => (/^--[\w-]+=/.test(arg) ? [...splitAt(arg, arg.indexOf("="))] : arg));
  const told = words.map((word, i) => {
    const option = words[i - 1];
    if (OUTPUTS.includes(option)) return `OUT${path.extname(word)}`;
    if (INPUTS.includes(option)) return path.basename(word);
    return option === DATABASE ? databaseOf(word) : word;
  });
  return [...modelOf(model), "npm", "run", name, "--", ...told].join(" ");
}

const splitAt = (text: string, at: number): [string, string] => [text.slice(0, at), text.slice(at + 1)];

/** PhysioNet's tree is told as `npm run fetch` puts it: data/files/mitdb/1.0.0, data/files/challenge-2015/1.0.0/training. */
export function databaseOf(folder: string): string {
  const place = /(?:^|\/)([\w-]+\/\d+\.\d+\.\d+(?:\/[\w-]+)?)\/?$/.exec(folder)?.[1];
  return place ? `data/files/${place}` : path.basename(folder);
}

/** The variable that names another model than the product's own, before a command; nothing where it is that one. */
function modelOf(folder: string): string[] {
  const own = path.relative(".", folder);
  if (own === path.normalize(PRODUCT_MODEL)) return [];
  return [`MODEL=${own.startsWith("..") || path.isAbsolute(own) ? path.basename(folder) : own}`];
}
