import { type Context, ContextConsumer, ContextProvider, createContext } from "@lit/context";
import type { LitElement } from "lit";
import type { Settings } from "./controllers/settings.ts";
import type { AlarmSound } from "./sound/alarm-sound.ts";
import type { UploadRun } from "./upload/upload-run.ts";
import type { TracePainter } from "./trace/painting/painter.ts";
import type { WardStore } from "./ward/ward-store.ts";

/** What <bedside-app> shares with every element below it. */
export interface Shared {
  readonly ward: WardStore;
  readonly settings: Settings;
  readonly sound: AlarmSound;
  readonly painter: TracePainter;
  /** Goes on while other pages are looked at. */
  readonly upload: UploadRun;
}

export const wardContext = createContext<WardStore>(Symbol("ward"));
export const settingsContext = createContext<Settings>(Symbol("settings"));
export const soundContext = createContext<AlarmSound>(Symbol("sound"));
export const painterContext = createContext<TracePainter>(Symbol("painter"));
export const uploadContext = createContext<UploadRun>(Symbol("upload"));

/** Provides all that is shared to what stands below `host`. */
export function provide(host: HTMLElement, { ward, settings, sound, painter, upload }: Shared): void {
  const add = <T>(context: Context<unknown, T>, initialValue: T) =>
    new ContextProvider(host, { context, initialValue });
  add(wardContext, ward);
  add(settingsContext, settings);
  add(soundContext, sound);
  add(painterContext, painter);
  add(uploadContext, upload);
}

/** What an element has from above: `value` is there from the moment it is connected. */
export interface Consumed<T> {
  readonly value: T;
}

/** Gives `host` what an element above it provides. Reading `value` throws where none does: a fault of the page's own. */
export function consume<T>(host: LitElement, context: Context<unknown, T>): Consumed<T> {
  const consumer = new ContextConsumer(host, { context });
  return {
    get value() {
      if (consumer.value === undefined)
        throw new Error(`nothing above <${host.localName}> provides ${String(context)}`);
      return consumer.value;
    },
  };
}
