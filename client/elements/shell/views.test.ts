import { expect, test, vi } from "vitest";
import { bedHref, pageHref, WARD_HREF } from "../../controllers/route.ts";
import { ViewLoads } from "./view-loads.ts";
import { above, parseRoute } from "./views.ts";

test("a bed's address leads to the bed, anything else to the ward", () => {
  for (const page of ["http://h/", "http://h/model", "http://h/below/upload"]) {
    expect(parseRoute(new URL(bedHref("b1"), page))).toEqual({ view: "bed", subject: "b1" });
    expect(parseRoute(new URL(WARD_HREF, page))).toEqual({ view: "ward", subject: null });
    for (const view of ["model", "upload"] as const)
      expect(parseRoute(new URL(pageHref(view), page))).toEqual({ view, subject: null });
  }
  for (const hash of ["", "#/", "#/bed/", "#/bed/<img>", "#/bed/b1/x", "#/nowhere", "#/bed/%E0%A4"])
    expect(parseRoute({ pathname: "/", hash })).toEqual({ view: "ward", subject: null });
  expect(parseRoute({ pathname: "/models", hash: "" })).toEqual({ view: "ward", subject: null });
});

test("a view's code is brought once, when it is opened; one that did not come is asked for again when somebody says so", async () => {
  const answers = [Promise.reject(new Error("offline")), Promise.resolve()];
  const load = vi.fn(() => answers.shift() ?? Promise.reject(new Error("asked for too often")));
  let told = 0;
  const loads = new ViewLoads({ requestUpdate: () => told++ }, (view) => (view === "ward" ? null : load));
  expect(loads.stateOf({ view: "ward" })).toBe("here");
  expect(load).not.toHaveBeenCalled();
  const route = { view: "model" } as const;
  expect(loads.stateOf(route)).toBe("coming");
  await vi.waitFor(() => expect(told).toBe(1));
  expect(loads.stateOf(route)).toBe("failed");
  expect(load).toHaveBeenCalledTimes(1);
  loads.retry(route);
  expect(loads.stateOf(route)).toBe("coming");
  await vi.waitFor(() => expect(loads.stateOf(route)).toBe("here"));
  expect(load).toHaveBeenCalledTimes(2);
});

test("Escape leads a step towards the ward, and nowhere from a form", () => {
  const from = (address: string): string | null => above(parseRoute(new URL(address, "http://h/")));
  expect(from("./#/bed/b1")).toBe("./#/");
  expect(from("./#/trends/b1")).toBe("./#/bed/b1");
  expect(from("./#/disclosure/b1@1700000000000")).toBe("./#/trends/b1");
  expect(from(`./#/beat/${encodeURIComponent("b1/e1/500")}`)).toBe("./#/bed/b1");
  expect(from(`./#/events/${encodeURIComponent("b1/e1/asystole/20")}`)).toBe("./#/events");
  for (const page of ["./#/events", "./#/map", "./#/simulation/b1", "./model"]) expect(from(page)).toBe("./#/");
  for (const page of ["./#/", "./upload"]) expect(from(page)).toBeNull();
});
