import { LitElement } from "lit";
import { vi } from "vitest";

/** Counts renders from here on: each call gives those since the last, as "bed element" in order of the alphabet. */
export function watchRenders(): () => string[] {
  const prototype = LitElement.prototype as unknown as { update(changed: Map<PropertyKey, unknown>): void };
  const spy = vi.spyOn(prototype, "update");
  return () => {
    const names = spy.mock.contexts.map((element) => (element instanceof LitElement ? nameOf(element) : "?"));
    spy.mockClear();
    return names.sort();
  };
}

function nameOf(element: LitElement): string {
  for (let at: Node = element; at instanceof HTMLElement;) {
    if (at.dataset["bed"]) return `${at.dataset["bed"]} ${element.localName}`;
    const root = at.getRootNode();
    if (root === at) break;
    at = root instanceof ShadowRoot ? root.host : root;
  }
  return element.localName;
}
