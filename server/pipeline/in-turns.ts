import { Observable, type OperatorFunction } from "rxjs";

/**
 * Batching without a timer. While one turn runs, items queue; the next turn removes what it takes from the queue's
 * head and resolves with what becomes of it when it is done. Items leave in the order they came. A turn that rejects ends
 * the stream.
 */
export function inTurns<T, R = T>(
  turn: (queue: T[]) => Promise<readonly R[]>,
): OperatorFunction<readonly T[], readonly R[]> {
  return (items$) =>
    new Observable<readonly R[]>((out) => {
      const queue: T[] = [];
      let running = false;
      let completed = false;

      const drain = async (): Promise<void> => {
        running = true;
        try {
          // What comes in one turn of the event loop goes together.
          await undefined;
          while (queue.length > 0 && !out.closed) out.next(await turn(queue));
          running = false;
          if (completed) out.complete();
        } catch (error) {
          out.error(error);
        }
      };

      return items$.subscribe({
        next: (items) => {
          for (const item of items) queue.push(item);
          if (!running && queue.length > 0) void drain();
        },
        error: (error: unknown) => out.error(error),
        complete: () => {
          completed = true;
          if (!running) out.complete();
        },
      });
    });
}
