import { parser } from "@prometheus-io/lezer-promql";

type Node = ReturnType<typeof parser.parse>["topNode"];

export interface Matcher {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
}

/** One selection of series in an expression. */
export interface Selector {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
  /** Labels that what lies around it goes by. */
  readonly by: readonly string[];
  /** The function that is given the range, e.g. rate; null where the selection is of a moment. */
  readonly over: string | null;
}

export interface Expression {
  readonly selectors: readonly Selector[];
  /** Labels that the outermost aggregations leave; null where none is left out. */
  readonly leaves: readonly string[] | null;
}

/** What an expression of PromQL names, by Prometheus's own grammar. Throws where it is none. */
export function readPromql(text: string): Expression {
  const { topNode } = parser.parse(text);
  const of = (node: Node): string => text.slice(node.from, node.to);
  const broken = all(topNode, (node) => node.type.isError);
  if (broken.length > 0) throw new Error(`no PromQL at character ${broken[0].from}: ${text}`);
  const labelsOf = (node: Node): string[] => node.getChildren("LabelName").map(of);
  const byOf = (aggregate: Node): string[] => {
    const modifier = aggregate.getChild("AggregateModifier");
    if (modifier?.getChild("Without")) throw new Error(`"without" is not read here: ${text}`);
    const grouping = modifier?.getChild("GroupingLabels");
    return grouping ? labelsOf(grouping) : [];
  };

  const selectors = all(topNode, ({ name }) => name === "VectorSelector").map((node): Selector => {
    const above = ancestors(node);
    const matchers = all(node, ({ name }) => name === "UnquotedLabelMatcher").map((matcher): Matcher => {
      const [label, operator, value] = children(matcher).map(of);
      return { label, operator, value: JSON.parse(value) as string };
    });
    const isRange = above[0]?.name === "MatrixSelector";
    const call = above.find(({ name }) => name === "FunctionCall");
    const name = call?.getChild("FunctionIdentifier");
    return {
      metric: of(node.getChild("Identifier") ?? node),
      matchers,
      by: above.filter(({ name }) => name === "AggregateExpr").flatMap(byOf),
      over: isRange && name ? of(name) : null,
    };
  });
  const aggregates = all(topNode, ({ name }) => name === "AggregateExpr");
  const outermost = aggregates.filter((node) => !ancestors(node).some(({ name }) => name === "AggregateExpr"));
  return { selectors, leaves: outermost.length > 0 ? [...new Set(outermost.flatMap(byOf))] : null };
}

function children(node: Node): Node[] {
  const found: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

const all = (node: Node, is: (node: Node) => boolean): Node[] => [
  ...(is(node) ? [node] : []),
  ...children(node).flatMap((child) => all(child, is)),
];

/** Innermost first. */
function ancestors(node: Node): Node[] {
  const found: Node[] = [];
  for (let above = node.parent; above; above = above.parent) found.push(above);
  return found;
}
