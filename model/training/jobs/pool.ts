import { type ChildProcess, fork } from "node:child_process";
import { BedsideError } from "../../../contracts/errors.ts";
import { deferred, type Deferred } from "../../../kit/deferred.ts";
import { Fifo } from "../../../kit/fifo.ts";
import { type Answer, valueOf } from "../../../kit/thread-answer.ts";
import type { OnStep } from "../../fitting/fit.ts";
import type { JobKind, Jobs } from "./jobs.ts";

/** What a process is asked to do. */
export interface JobMessage {
  readonly kind: JobKind;
  readonly task: unknown;
}

/** What a process says: how far a fit is, or what came of a job. */
export type JobReply = { readonly step: Parameters<OnStep> } | { readonly answer: Answer<unknown> };

export interface JobPool {
  /** Waits for a process that is free. Throws what the job threw, or what another threw meanwhile: the first failure ends all. */
  run<K extends JobKind>(kind: K, task: Jobs[K]["task"], onStep?: OnStep): Promise<Jobs[K]["result"]>;
  /** Ends the processes, whatever they do. */
  close(): void;
}

interface Waiting extends JobMessage {
  readonly onStep: OnStep | undefined;
  readonly result: Deferred<unknown>;
}

/**
 * Up to `count` processes that do jobs, one at a time each, in the order they are asked for. They are started when there is work for them,
 * and end with this process, however it ends. `entry` is what they run.
 */
export function openJobPool(count: number, entry = new URL("./process.ts", import.meta.url)): JobPool {
  const queue = new Fifo<Waiting>();
  const idle: ChildProcess[] = [];
  const busy = new Map<ChildProcess, Waiting>();

  const next = (): void => {
    if (queue.length === 0 || busy.size >= count) return;
    const job = queue.shift();
    const child = idle.pop() ?? start();
    if (!job) return;
    busy.set(child, job);
    child.send({ kind: job.kind, task: job.task } satisfies JobMessage);
  };

  /** One failure is the whole training's: nothing that is under way or waiting has a use any more. */
  const failAll = (reason: unknown): void => {
    for (const { result } of busy.values()) result.reject(reason);
    for (let job = queue.shift(); job; job = queue.shift()) job.result.reject(reason);
    endAll();
  };

  const endAll = (): void => {
    for (const child of [...idle, ...busy.keys()]) child.kill();
    idle.length = 0;
    busy.clear();
  };

  const settle = (child: ChildProcess, answer: Answer<unknown>): void => {
    const job = busy.get(child);
    if (!job) return;
    try {
      job.result.resolve(valueOf(answer));
    } catch (error) {
      return failAll(error);
    }
    busy.delete(child);
    idle.push(child);
    next();
  };

  const start = (): ChildProcess => {
    // Structured clones carry weights, and the parent's own flags (a debugger's port) are not for children.
    const child = fork(entry, { execArgv: ["--import", "tsx"], serialization: "advanced" });
    child.on("message", (reply: JobReply) => {
      if ("step" in reply) return busy.get(child)?.onStep?.(...reply.step);
      settle(child, reply.answer);
    });
    child.once("exit", (code, signal) => {
      const how = signal ? `was ended by ${signal}` : `ended with ${code}`;
      const message = `a process of the training ${how}; run the command again, what was done is kept`;
      if (busy.has(child)) failAll(new BedsideError("ENGINE_UNAVAILABLE", message));
      else if (idle.includes(child)) idle.splice(idle.indexOf(child), 1);
    });
    return child;
  };

  return {
    run<K extends JobKind>(kind: K, task: Jobs[K]["task"], onStep?: OnStep) {
      const result = deferred<unknown>();
      queue.push({ kind, task, onStep, result });
      next();
      return result.promise as Promise<Jobs[K]["result"]>;
    },
    close: endAll,
  };
}
