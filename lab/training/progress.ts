import { progressBar } from "../progress.ts";

/** A bar over the whole of a training; its line tells what is being trained, the loss and the last score. */
export function trainingBar(scoreName: string) {
  const format = `{what} [{bar}] {percentage}%  loss {loss}  ${scoreName} {score}  {eta_formatted} left`;
  const bar = progressBar(format, { fps: 2, etaBuffer: 100 });
  return {
    /** Begins with a first part of its own, e.g. the reading of records. */
    start(what: string, total: number): void {
      bar.start(Math.max(1, total), 0, { what, loss: "–", score: "–" });
    },
    part(done: number, total: number): void {
      bar.setTotal(total);
      bar.update(done);
    },
    /** `loss`: NaN where there is none; `done`: share of the training, 0 to 1. */
    step(what: string, loss: number, done: number): void {
      bar.setTotal(1000);
      bar.update(Math.round(1000 * done), { what, loss: Number.isNaN(loss) ? "–" : loss.toFixed(3) });
    },
    score(value: string): void {
      bar.update({ score: value });
    },
    stop(): void {
      bar.stop();
    },
  };
}
