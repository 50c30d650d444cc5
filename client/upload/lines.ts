/** Cuts a growing text into its lines: each call takes all text so far, and gives the whole lines that are new. */
export function lineReader(): (text: string, isOver?: boolean) => string[] {
  let from = 0;
  return (text, isOver = false) => {
    const end = isOver ? text.length : text.lastIndexOf("\n") + 1;
    if (end <= from) return [];
    const lines = text
      .slice(from, end)
      .split("\n")
      .filter((line) => line.trim() !== "");
    from = end;
    return lines;
  };
}
