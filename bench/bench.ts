import { readdirSync } from "node:fs";

/** `npm run bench -- NAME`: runs the measurement bench/NAME.ts; without a name, lists them. */
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && file !== "bench.ts")
  .map((file) => file.replace(/\.ts$/, ""));

const [name] = process.argv.splice(2, 1);
if (name !== undefined && names.includes(name)) {
  await import(`./${name}.ts`);
} else {
  console.log(`npm run bench -- NAME, where NAME is one of ${names.join(", ")}`);
  process.exitCode = name === undefined || name === "--help" ? 0 : 2;
}
