import { adoptStyles, LitElement } from "lit";

/** In the page: defines an element, or gives one that is defined the styles of its source as it now stands. */
export function defineAgain(name: string, element: typeof LitElement): void {
  const known = customElements.get(name) as typeof LitElement | undefined;
  if (!known) {
    customElements.define(name, element);
    return;
  }
  // A class of Lit's has its styles in order from when it is asked for its attributes, which defining does.
  void element.observedAttributes;
  known.elementStyles = element.elementStyles;
  for (const each of elementsIn(document)) {
    if (each instanceof known && each.renderRoot instanceof ShadowRoot)
      adoptStyles(each.renderRoot, known.elementStyles);
  }
}

function* elementsIn(root: ParentNode): Generator<Element> {
  for (const element of root.querySelectorAll("*")) {
    yield element;
    if (element.shadowRoot) yield* elementsIn(element.shadowRoot);
  }
}
