/** What of `npm audit --json` is read. */
interface AuditAnswer {
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly via: readonly unknown[] }>>;
  readonly error?: { readonly summary?: string };
  readonly message?: string;
}

/** Advisories that were looked at and don't concern this product, by their GHSA address's end, each with the reason. */
const ANSWERED: Readonly<Record<string, string>> = {};

/** So severe that a change with it does not get in. */
const STOPPING: readonly string[] = ["high", "critical"];

export interface Advisory {
  readonly packageName: string;
  readonly severity: string;
  readonly title: string;
  /** E.g. "GHSA-x428-ghpx-8j92". */
  readonly id: string;
}

/** What the registry says of the packages; in words why it says nothing. */
export function readAudit(json: string): readonly Advisory[] | string {
  let answer: AuditAnswer;
  try {
    answer = JSON.parse(json) as AuditAnswer;
  } catch {
    return "its answer is no JSON";
  }
  if (!answer.vulnerabilities) return answer.message ?? answer.error?.summary ?? "its answer names no vulnerabilities";
  return Object.entries(answer.vulnerabilities).flatMap(([packageName, { via }]) =>
    // A name in it is of another package, whose own entry has the advisory.
    via.flatMap((one) => {
      if (typeof one !== "object" || one === null) return [];
      const { severity = "unknown", title = "", url = "" } = one as Partial<Record<string, string>>;
      return [{ packageName, severity, title, id: url.split("/").at(-1) ?? url }];
    }),
  );
}

/** Those that nobody has answered. */
export const stopping = (
  advisories: readonly Advisory[],
  answered: Readonly<Record<string, string>> = ANSWERED,
): readonly Advisory[] => advisories.filter(({ severity, id }) => STOPPING.includes(severity) && !(id in answered));
