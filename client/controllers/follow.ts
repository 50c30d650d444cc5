import type { ReactiveControllerHost } from "lit";
import type { Changing } from "../changes.ts";

/**
 * Subscribes `host` while it is connected to what `source` gives: each change asks for an update. The source is asked for
 * again before each update, since an element may come to show another bed; null: nothing to follow yet. `shown`: what of it the
 * host shows, where that changes less often than the source; an update is asked for where it differs from before alone.
 */
export function follow(
  host: ReactiveControllerHost,
  source: () => Changing | null,
  shown?: () => string | number,
): void {
  let last: string | number | undefined;
  const changed = (): void => {
    if (!shown || shown() !== last) host.requestUpdate();
  };
  let isConnected = false;
  let followed: Changing | null = null;
  let stop = (): void => {};
  const attend = (next: Changing | null): void => {
    if (next === followed) return;
    stop();
    followed = next;
    stop = next ? next.subscribe(changed) : () => {};
  };
  host.addController({
    hostConnected: () => {
      isConnected = true;
      attend(source());
    },
    hostUpdate: () => {
      if (isConnected) attend(source());
      last = shown?.();
    },
    hostDisconnected: () => {
      isConnected = false;
      attend(null);
    },
  });
}
