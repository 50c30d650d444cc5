/** Pixels of a trace's line, and of the hatch of technical alarms, among those of a canvas (RGBA), in the dark theme. */
export function countPixels(data: ArrayLike<number>): { line: number; technical: number } {
  const count = { line: 0, technical: 0 };
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] < 60) continue;
    if (data[at + 1] > data[at + 2] + 40) count.line++;
    else if (data[at + 2] > data[at] + 60) count.technical++;
  }
  return count;
}
