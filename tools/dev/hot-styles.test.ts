import { expect, test } from "vitest";
import { acceptingStyles, withoutStyles } from "./hot-styles.ts";

const ELEMENT =
  'class A { static styles = [shared, css`p { color: red }`, css`b {}`]; }\ncustomElements.define("a-b", A);\n';

test("two sources that differ in their styles alone are the same without them", () => {
  expect(withoutStyles(ELEMENT)).toBe(withoutStyles(ELEMENT.replace(": red", ": blue\n")));
  expect(withoutStyles(ELEMENT)).not.toBe(withoutStyles(ELEMENT.replace("class A", "class B")));
  expect(withoutStyles("html`<p></p>`")).toBe("html`<p></p>`");
});

test("an element's source may run again, its lines where they were; any other stays as it is", () => {
  const lines = acceptingStyles(ELEMENT)?.split("\n") ?? [];
  expect(lines[0]).toMatch(/^import \{ defineAgain \} from ".*define-again\.ts"; class A/);
  expect(lines.slice(1)).toEqual(['defineAgain("a-b", A);', "", "import.meta.hot.accept();", ""]);
  expect(acceptingStyles("export const a = 1;")).toBeNull();
});
