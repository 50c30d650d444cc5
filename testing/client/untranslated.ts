import { type ESTree, parseSync, Visitor } from "vite";

/** What reads alike in every language: names, units, signs of the field. */
const ALIKE = new Set(
  "Bedside WFDB EDF PNG PDF JSON CSV Enter Tab Esc mm mV Hz px bpm ms min nbsp RR SD1 SD2 QRS QT QTc ST PVC".split(" "),
);
/** Attributes that are read out or shown. */
const READ =
  /\s(?:aria-label|aria-description|aria-roledescription|title|placeholder|alt)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const TAG = /<!--[\s\S]*?-->|<code>[^<]*<\/code>|<\/?[a-zA-Z](?:[^>"']|"[^"]*"|'[^']*')*>/g;
/** A sentence, however short. */
const SENTENCE = /^\p{Lu}?[\p{L}’']+,? [\p{L}’']+[^/#=<>{}[\]]*$|^\p{Lu}\p{Ll}+(?:\.| …)$/u;
const HOLE = "\u0000";

/** Words that somebody reads and nobody can translate. */
export interface Untranslated {
  readonly line: number;
  readonly words: string;
}

/**
 * What a source file says in its own words: in templates (html, svg), texts, attributes that are read out and the strings that an expression in a text
 * may come to; elsewhere, strings that are sentences, but those of messages, errors and styles. Single words that come from functions are not seen.
 */
export function untranslatedIn(name: string, text: string): Untranslated[] {
  const found: Untranslated[] = [];
  const tell = (at: number, words: string): void => {
    const said = words.replaceAll(HOLE, "…").replaceAll(/\s+/g, " ").trim();
    if (hasWords(said)) found.push({ line: text.slice(0, at).split("\n").length, words: said });
  };
  const spared: ESTree.Node[] = [];
  const inTemplates = new Set<ESTree.Node>();
  const templates: ESTree.TemplateLiteral[] = [];
  const strings: { readonly node: ESTree.Node; readonly words: string }[] = [];
  new Visitor({
    TaggedTemplateExpression(node) {
      const tag = node.tag.type === "Identifier" ? node.tag.name : "";
      if (tag === "html" || tag === "svg") templates.push(node.quasi);
      if (tag === "html" || tag === "svg") for (const quasi of node.quasi.quasis) inTemplates.add(quasi);
      if (tag === "css") spared.push(node);
    },
    CallExpression(node) {
      if (node.callee.type === "Identifier" && node.callee.name === "msg") spared.push(node);
    },
    NewExpression(node) {
      if (node.callee.type === "Identifier" && node.callee.name.endsWith("Error")) spared.push(node);
    },
    Literal(node) {
      if (typeof node.value === "string") strings.push({ node, words: node.value });
    },
    TemplateElement(node) {
      strings.push({ node, words: node.value.cooked ?? "" });
    },
  }).visit(parseSync(name, text).program);
  const isSpared = ({ start, end }: ESTree.Node): boolean =>
    spared.some((other) => other.start <= start && end <= other.end);
  for (const template of templates) if (!isSpared(template)) inTemplate(template, tell);
  for (const { node, words } of strings)
    if (SENTENCE.test(words.trim()) && !inTemplates.has(node) && !isSpared(node)) tell(node.start, words);
  return found;
}

const hasWords = (words: string): boolean =>
  (words.replaceAll(/&\w+;/g, "").match(/\p{L}[\p{L}\d]+/gu) ?? []).some((word) => !ALIKE.has(word));

function inTemplate(
  { quasis, expressions, start }: ESTree.TemplateLiteral,
  tell: (at: number, words: string) => void,
): void {
  const source = quasis.map(({ value }) => value.cooked ?? value.raw).join(HOLE);
  for (const [, double, single] of source.matchAll(READ)) tell(start, double ?? single);
  const texts = source.replaceAll(TAG, (tag) => "<>" + HOLE.repeat(tag.split(HOLE).length - 1) + "<>").split("<>");
  let hole = 0;
  texts.forEach((part, i) => {
    const isText = i % 2 === 0;
    if (isText) tell(start, part);
    for (let left = part.split(HOLE).length - 1; left > 0; left--) {
      const expression = expressions[hole++];
      if (isText) for (const { at, words } of outcomes(expression)) tell(at, words);
    }
  });
}

/** The strings that an expression may come to. */
function outcomes(expression: ESTree.Expression): { readonly at: number; readonly words: string }[] {
  switch (expression.type) {
    case "ParenthesizedExpression":
      return outcomes(expression.expression);
    case "ConditionalExpression":
      return [...outcomes(expression.consequent), ...outcomes(expression.alternate)];
    case "LogicalExpression":
      return [...outcomes(expression.left), ...outcomes(expression.right)];
    case "Literal":
      return typeof expression.value === "string" ? [{ at: expression.start, words: expression.value }] : [];
    case "TemplateLiteral":
      return expression.quasis.map(({ value, start }) => ({ at: start, words: value.raw }));
    default:
      return [];
  }
}
