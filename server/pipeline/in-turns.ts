import { Observable, type OperatorFunction } from "rxjs";

/**
 * Batching without a timer. While one turn runs, items queue; the next turn removes what it takes from the queue's
 * head and resolves with it when it is done. Items leave in the order they came. A turn that rejects ends the stream.
 */
export function inTurns<T>(turn: (queue: T[]) => Promise<readonly T[]>): OperatorFunction<T, T> {
  return (items$) =>
    new Observable<T>((out) => {
      const queue: T[] = [];
      let running = false;
      let completed = false;

      const drain = async (): Promise<void> => {
        running = true;
        try {
          while (queue.length > 0 && !out.closed) for (const item of await turn(queue)) out.next(item);
          running = false;
          if (completed) out.complete();
        } catch (error) {
          out.error(error);
        }
      };

      return items$.subscribe({
        next: (item) => {
          queue.push(item);
          if (!running) void drain();
        },
        error: (error: unknown) => out.error(error),
        complete: () => {
          completed = true;
          if (!running) out.complete();
        },
      });
    });
}
