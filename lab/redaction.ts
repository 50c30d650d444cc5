import path from "node:path";

/** Options whose value is a place on the machine that it was given on. */
const OUT: readonly string[] = ["--json", "--html", "--to"];
const DATABASE = "--db";

/** The command as it stands in reports and cards: what was asked, without the folders of the machine it ran on. */
export function toldCommand(name: string, args: readonly string[]): string {
  const told = args.map((arg, i) => {
    if (OUT.includes(args[i - 1])) return `OUT${path.extname(arg)}`;
    return args[i - 1] === DATABASE ? databaseOf(arg) : arg;
  });
  return ["npm", "run", name, "--", ...told].join(" ");
}

/** PhysioNet's tree is told as `npm run fetch` puts it: data/files/mitdb/1.0.0. */
function databaseOf(folder: string): string {
  const place = /(?:^|\/)([\w-]+\/\d+\.\d+\.\d+)\/?$/.exec(folder)?.[1];
  return place ? `data/files/${place}` : path.basename(folder);
}
