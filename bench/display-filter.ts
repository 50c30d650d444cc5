import { DISPLAY_FILTER_NAMES } from "../client/trace/samples/display-filter.ts";
import { filterShift } from "../testing/client/filter-shift.ts";

/** By how much each display filter shifts ST and lowers R of the generator's sinus beats: `npm run bench -- display-filter`. */
const RATE_HZ = 360;

console.log(
  `| /min | ${DISPLAY_FILTER_NAMES.map((name) => `${name}: ST, mV | ${name}: R, mV`).join(" | ")} |\n| --- | --- | --- | --- | --- |`,
);
for (const bpm of [45, 60, 75, 90, 110]) {
  const cells = DISPLAY_FILTER_NAMES.flatMap((name) => {
    const { stMv, rMv } = filterShift(name, bpm, RATE_HZ);
    return [stMv.toFixed(3), rMv.toFixed(2)];
  });
  console.log(`| ${[bpm, ...cells].join(" | ")} |`);
}
