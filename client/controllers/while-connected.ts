import type { ReactiveControllerHost } from "lit";

/**
 * While `host` is connected, what `begin` does to the subject stands; it gives how to end it. The subject is asked for again before each update,
 * since an element may come to show another; null: none yet.
 */
export function whileConnected<T>(
  host: ReactiveControllerHost,
  subject: () => T | null,
  begin: (subject: T) => () => void,
): void {
  let isConnected = false;
  let current: T | null = null;
  let end = (): void => {};
  const attend = (next: T | null): void => {
    if (next === current) return;
    end();
    current = next;
    end = next === null ? () => {} : begin(next);
  };
  host.addController({
    hostConnected: () => {
      isConnected = true;
      attend(subject());
    },
    hostUpdate: () => {
      if (isConnected) attend(subject());
    },
    hostDisconnected: () => {
      isConnected = false;
      attend(null);
    },
  });
}
