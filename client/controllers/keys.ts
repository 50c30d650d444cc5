import type { ReactiveControllerHost } from "lit";

/** Gives `host` the keys pressed on the page while it is connected, but those that a field, a menu or a dialog has for itself. */
export function onKey(host: ReactiveControllerHost, take: (event: KeyboardEvent) => void): void {
  const listener = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const isTaken = event
      .composedPath()
      .some((node) => node instanceof Element && node.matches("input, select, textarea, dialog, [role=tablist]"));
    if (!isTaken) take(event);
  };
  host.addController({
    hostConnected: () => document.addEventListener("keydown", listener),
    hostDisconnected: () => document.removeEventListener("keydown", listener),
  });
}
