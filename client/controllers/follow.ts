import type { ReactiveControllerHost } from "lit";
import type { Changing } from "../changes.ts";
import { whileConnected } from "./while-connected.ts";

/**
 * Subscribes `host` while it is connected to what `source` gives: each change asks for an update. null: nothing to follow yet. `shown`: what of it the
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
  whileConnected(host, source, (changing) => changing.subscribe(changed));
  host.addController({
    hostUpdate: () => {
      last = shown?.();
    },
  });
}
