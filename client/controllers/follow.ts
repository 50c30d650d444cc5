import type { ReactiveControllerHost } from "lit";
import type { Changing } from "../changes.ts";

/**
 * Subscribes `host` while it is connected to what `source` gives: each change asks for an update. The source is asked for
 * again before each update, since an element may come to show another bed; null: nothing to follow yet.
 */
export function follow(host: ReactiveControllerHost, source: () => Changing | null): void {
  let isConnected = false;
  let followed: Changing | null = null;
  let stop = (): void => {};
  const attend = (next: Changing | null): void => {
    if (next === followed) return;
    stop();
    followed = next;
    stop = next ? next.subscribe(() => host.requestUpdate()) : () => {};
  };
  host.addController({
    hostConnected: () => {
      isConnected = true;
      attend(source());
    },
    hostUpdate: () => {
      if (isConnected) attend(source());
    },
    hostDisconnected: () => {
      isConnected = false;
      attend(null);
    },
  });
}
