import type { ReactiveControllerHost } from "lit";
import { Changes } from "../changes.ts";

/** Asks for the list of keys to be shown. */
export const keysWanted = new Changes();

/** The bed whose tile or alarm has the focus; null where none has. */
export function focusedBed(): string | null {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  const link = at?.closest("li")?.querySelector("a") ?? at;
  return /#\/bed\/([^/]+)$/.exec(link?.getAttribute("href") ?? "")?.[1] ?? null;
}

/**
 * Gives `host` the keys pressed on the page while it is connected, but those that a field, a menu or a dialog has for itself. `isFirst`: before the
 * page's own keys and what has the focus, which it may keep them from.
 */
export function onKey(host: ReactiveControllerHost, take: (event: KeyboardEvent) => void, isFirst = false): void {
  const listener = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const isTaken = event
      .composedPath()
      .some((node) => node instanceof Element && node.matches("input, select, textarea, dialog, [role=tablist]"));
    if (!isTaken) take(event);
  };
  host.addController({
    hostConnected: () => document.addEventListener("keydown", listener, isFirst),
    hostDisconnected: () => document.removeEventListener("keydown", listener, isFirst),
  });
}
