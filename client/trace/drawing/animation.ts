type Draw = (nowMs: number) => void;

const draws = new Set<Draw>();
let asked = 0;

function tick(nowMs: number): void {
  asked = requestAnimationFrame(tick);
  for (const draw of draws) draw(nowMs);
}

/** Calls `draw` at every animation frame, all from one request; returns how to stop. */
export function onAnimationFrame(draw: Draw): () => void {
  draws.add(draw);
  if (draws.size === 1) asked = requestAnimationFrame(tick);
  return () => {
    draws.delete(draw);
    if (draws.size === 0) cancelAnimationFrame(asked);
  };
}
