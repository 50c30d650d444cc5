import { Observable } from "rxjs";
import type { Bus, ReceivedMessage, SubscribeOptions, Subscription } from "../bus/bus.ts";
import { deferred } from "../kit/deferred.ts";

export interface BusSource {
  /** The messages of this member's partitions; completes at `stop()`, errors when the subscription ends by itself. */
  readonly messages$: Observable<ReceivedMessage>;
  /** The subscription, once `messages$` is subscribed to and the bus has answered. */
  readonly subscription: Promise<Subscription>;
  /** No further messages; the subscription stays open for commits until it is closed. */
  stop(): void;
}

/** A bus subscription as an observable. Backpressure is the bus's: it hands out `credits` messages until some are released. */
export function busSource(bus: Bus, options: Omit<SubscribeOptions, "onMessage" | "onError">): BusSource {
  let stop = (): void => {};
  const subscription = deferred<Subscription>();
  const messages$ = new Observable<ReceivedMessage>((out) => {
    stop = () => out.complete();
    bus.subscribe({ ...options, onMessage: (message) => out.next(message), onError: (error) => out.error(error) }).then(
      (opened) => subscription.resolve(opened),
      (error: unknown) => {
        subscription.reject(error);
        out.error(error);
      },
    );
  });
  return { messages$, subscription: subscription.promise, stop: () => stop() };
}
