const NAME = "[A-Za-z][\\w.:-]*";
const TOKEN = new RegExp(`<(/?)(${NAME})((?:\\s+${NAME}="[^"<]*")*)\\s*(/?)>|([^<]+)`, "y");
const ENTITY = /&(?!(amp|lt|gt|quot|#39);)/;

/** Why `markup` is not well-formed XML with one root, or null where it is: tags in order, attributes quoted and unique, text escaped. */
export function faultOf(markup: string): string | null {
  const open: string[] = [];
  let roots = 0;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < markup.length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(markup);
    const here = `at ${at}: ${markup.slice(at, at + 60)}`;
    if (!found) return here;
    const [whole, closes, name, attributes, selfCloses] = found;
    if (ENTITY.test(whole)) return `bare & ${here}`;
    if (name === undefined) {
      if (open.length === 0) return `text outside of the root ${here}`;
      continue;
    }
    const keys = [...attributes.matchAll(/\s([\w.:-]+)="/g)].map(([, key]) => key);
    if (new Set(keys).size < keys.length) return `an attribute twice ${here}`;
    if (open.length === 0 && roots++ > 0) return `a second root ${here}`;
    if (closes) {
      if (open.pop() !== name) return `wrong end ${here}`;
    } else if (!selfCloses) open.push(name);
  }
  return open.length > 0 ? `not closed: ${open.join(" ")}` : null;
}

/** The attribute of each element of this name, in order. */
export function attributesOf(markup: string, element: string, attribute: string): string[] {
  return [...markup.matchAll(new RegExp(`<${element}\\b[^>]*?\\s${attribute}="([^"]*)"`, "g"))].map(
    ([, value]) => value,
  );
}
