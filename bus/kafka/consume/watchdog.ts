/** Waits for a sign of life. */
export interface Watchdog {
  alive(): void;
  stop(): void;
}

/**
 * Calls `onStall` once if `alive` has not been called for `limitMs` ms: kafkajs consumers can fall silent without an
 * event (kafkajs #659, #1570).
 */
export function createWatchdog(limitMs: number, onStall: () => void): Watchdog {
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    onStall();
  }, limitMs);
  timer.unref();
  return {
    alive: () => {
      if (!isOver) timer.refresh();
    },
    stop: () => {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
