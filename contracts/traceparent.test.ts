import { expect, test } from "vitest";
import { checkedTraceparent, readTraceparent, writeTraceparent } from "./traceparent.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN = "00f067aa0ba902b7";

test("a traceparent is read, and written the same", () => {
  const text = `00-${TRACE}-${SPAN}-01`;
  expect(readTraceparent(text)).toEqual({ traceId: TRACE, spanId: SPAN, isSampled: true });
  expect(readTraceparent(`00-${TRACE}-${SPAN}-02`)?.isSampled).toBe(false);
  expect(writeTraceparent({ traceId: TRACE, spanId: SPAN, isSampled: true })).toBe(text);
});

test("of a later version what is known is passed on", () => {
  expect(checkedTraceparent(`cc-${TRACE}-${SPAN}-09-what-follows`)).toBe(`00-${TRACE}-${SPAN}-01`);
});

test.each([
  undefined,
  "",
  `00-${TRACE}-${SPAN}`,
  `00-${TRACE}-${SPAN}-01-more`,
  `00-${TRACE}-${SPAN}-01\n`,
  `cc-${TRACE}-${SPAN}-01x`,
  `ff-${TRACE}-${SPAN}-01`,
  `00-${TRACE.toUpperCase()}-${SPAN}-01`,
  `00-${"0".repeat(32)}-${SPAN}-01`,
  `00-${TRACE}-${"0".repeat(16)}-01`,
  `00-${TRACE.slice(1)}-${SPAN}-011`,
  `01-${TRACE}-${SPAN}-01-${"x".repeat(1000)}`,
])("%j is none", (text) => {
  expect(readTraceparent(text)).toBeNull();
  expect(checkedTraceparent(text)).toBeNull();
});
