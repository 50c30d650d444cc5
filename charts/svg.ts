const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** `text` as it stands in HTML and SVG, in an element or an attribute. */
export const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
