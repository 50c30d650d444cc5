import { Changes } from "../changes.ts";

const changes = new Changes();
let isOn = false;
let lock: WakeLockSentinel | null = null;

/**
 * A screen that hangs on a wall: the whole screen, without controls, and it does not go to sleep where the browser can keep it awake (over HTTPS, or
 * on the machine itself). An address with `?kiosk` begins so, but for the whole screen, which only a person may ask for.
 */
export const kiosk = {
  subscribe: (listener: () => void): (() => void) => changes.subscribe(listener),
  get isOn(): boolean {
    return isOn;
  },
  async enter(): Promise<void> {
    set(true);
    await document.documentElement.requestFullscreen?.().catch(() => {
      // Without the whole screen it has no controls all the same.
    });
  },
  async leave(): Promise<void> {
    set(false);
    if (document.fullscreenElement) await document.exitFullscreen();
  },
};

function set(on: boolean): void {
  if (on === isOn) return;
  isOn = on;
  void stayAwake();
  changes.tell();
}

/** A lock is gone whenever the page is out of sight. */
async function stayAwake(): Promise<void> {
  if (!isOn) {
    await lock?.release();
    lock = null;
  } else if (document.visibilityState === "visible") {
    lock = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
  }
}

document.addEventListener("visibilitychange", () => void stayAwake());
document.addEventListener("fullscreenchange", () => {
  if (!document.fullscreenElement) set(false);
});
if (new URLSearchParams(location.search).has("kiosk")) set(true);
