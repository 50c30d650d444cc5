import { LitElement } from "lit";
import { afterEach, vi } from "vitest";
import { provide, type Shared } from "../../client/context.ts";
import { Settings } from "../../client/controllers/settings.ts";
import { AlarmSound } from "../../client/sound/alarm-sound.ts";
import { paintHere } from "../../client/trace/painting/open-painter.ts";
import { UploadRun } from "../../client/upload/upload-run.ts";
import { REDUCERS } from "../../client/ward/reducers.ts";
import { WardStore } from "../../client/ward/ward-store.ts";
import { FakeAudio } from "./fake-audio.ts";

/** What an element under test has above it: what <bedside-app> provides, and the place where it stands. */
export interface Scene extends Shared {
  /** Connects an element and waits for it and all below it to have been drawn. */
  show<E extends LitElement>(element: E): Promise<E>;
}

const scenes: HTMLElement[] = [];
afterEach(() => {
  for (const scene of scenes.splice(0)) scene.remove();
  vi.restoreAllMocks();
});

export function sceneOf({ upload = new UploadRun() }: { readonly upload?: UploadRun } = {}): Scene {
  const painter = paintHere();
  const ward = new WardStore(REDUCERS, painter);
  const settings = new Settings(null);
  const sound = new AlarmSound(null, () => new FakeAudio().context);
  const above = document.createElement("div");
  provide(above, { ward, settings, sound, painter, upload });
  document.body.append(above);
  scenes.push(above);
  return {
    ward,
    settings,
    sound,
    painter,
    upload,
    show: async (element) => {
      above.append(element);
      await drawn(element);
      return element;
    },
  };
}

/** Waits until `element` and all below it show what they know. */
export async function drawn(element: LitElement): Promise<void> {
  await element.updateComplete;
  for (const child of element.renderRoot.querySelectorAll("*")) if (child instanceof LitElement) await drawn(child);
}

/** All text that stands on the screen in `element` and below, in one line; what is hidden but for its ears included. */
export function textOf(element: Element): string {
  return collect(element).replaceAll(/\s+/g, " ").trim();
}

/** An element stands apart from what is beside it. */
function collect(node: Node): string {
  if (node instanceof Text) return node.data;
  if (!(node instanceof Element) || node instanceof HTMLStyleElement) return "";
  return ` ${[...(node.shadowRoot ?? node).childNodes].map(collect).join("")} `;
}

/** Elements that match `selector` in `element` and below it, shadow roots included, in the page's order. */
export function within(element: Element, selector: string): HTMLElement[] {
  return [...(element.shadowRoot ?? element).querySelectorAll("*")].flatMap((child) => [
    ...(child instanceof HTMLElement && child.matches(selector) ? [child] : []),
    ...(child.shadowRoot ? within(child, selector) : []),
  ]);
}

/** The one that matches. Throws where there is none, or more. */
export function the(element: Element, selector: string): HTMLElement {
  const found = within(element, selector);
  if (found.length !== 1) throw new Error(`${found.length} of ${selector} in <${element.localName}>`);
  return found[0];
}

/** Stands in for the gateway's HTTP: each path its answer as JSON, any other 404. */
export function answering(answers: Readonly<Record<string, unknown>>): void {
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input, location.href);
    return pathname in answers ? Response.json(answers[pathname]) : new Response(null, { status: 404 });
  });
}

/** Chooses an option as a person does. */
export async function choose(select: HTMLElement, value: string): Promise<void> {
  if (!(select instanceof HTMLSelectElement)) throw new Error(`<${select.localName}> has no options`);
  select.value = value;
  select.dispatchEvent(new Event("change"));
  await new Promise((resolve) => requestAnimationFrame(resolve));
}
