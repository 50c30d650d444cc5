import { answerOf } from "../../../kit/thread-answer.ts";
import type { OnStep } from "../../fitting/fit.ts";
import { type JobKind, type Jobs, runJob } from "./jobs.ts";
import type { JobMessage, JobReply } from "./pool.ts";

/** Steps are told so often at the most: a bar has no use for more. */
const TELL_EVERY_MS = 200;

const reply = (message: JobReply): void => void process.send?.(message);

function teller(): OnStep {
  let told = Number.NEGATIVE_INFINITY;
  return (...step) => {
    if (performance.now() - told < TELL_EVERY_MS) return;
    told = performance.now();
    reply({ step });
  };
}

process.on("message", async ({ kind, task }: JobMessage) => {
  reply({ answer: await answerOf(() => runJob(kind, task as Jobs[JobKind]["task"], teller())) });
});
// A parent that has gone, killed or not, leaves nobody to work for.
process.on("disconnect", () => process.exit(1));
