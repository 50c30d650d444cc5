import type { ReactiveControllerHost } from "lit";

/** Subscribes `host` to something while it is connected: each change asks for an update. */
export function follow(host: ReactiveControllerHost, subscribe: (changed: () => void) => () => void): void {
  let stop = (): void => {};
  host.addController({
    hostConnected: () => {
      stop = subscribe(() => host.requestUpdate());
    },
    hostDisconnected: () => stop(),
  });
}
