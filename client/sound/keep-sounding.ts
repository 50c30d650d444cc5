import type { Priority } from "../../contracts/condition.ts";
import type { WardStore } from "../ward/ward-store.ts";
import type { AlarmSound } from "./alarm-sound.ts";
import { loudestOf } from "./loudest.ts";

const EVERY_MS = 200;

/** For as long as the page is open: what calls in the ward sounds, the proof of life knows whether it can, and a touch of the page unblocks it. */
export function keepSounding(sound: AlarmSound, ward: WardStore): void {
  let loudest: Priority | null = loudestOf(ward.alarms);
  ward.changes.alarms.subscribe(() => {
    loudest = loudestOf(ward.alarms);
  });
  const tell = (): void => {
    ward.proof.sound = sound.proven;
  };
  sound.changes.subscribe(tell);
  tell();
  for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, () => sound.touched());
  setInterval(() => sound.sound(loudest, performance.now()), EVERY_MS);
}
