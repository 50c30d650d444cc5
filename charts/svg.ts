const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** `text` as it stands in HTML and SVG, in an element or an attribute. */
export const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]);

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One element; attributes are escaped, numbers rounded to 0.01, undefined ones left out. `content` is markup. */
export function tag(name: string, attributes: Attributes, ...content: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? rounded(value) : escapeText(String(value))}"`)
    .join("");
  return content.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${content.join("")}</${name}>`;
}

/** px to 0.01; what is no number stands at 0, so that markup stays drawable. */
function rounded(px: number): string {
  return Number.isFinite(px) ? String(Math.round(px * 100) / 100) : "0";
}

/** Whether a value can be drawn. */
export const isDrawn = (value: number | null | undefined): value is number =>
  typeof value === "number" && Number.isFinite(value);
