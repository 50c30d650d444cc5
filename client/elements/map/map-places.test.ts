import { expect, test } from "vitest";
import { MAP, movedTo, placesOf, readPlaces, rowsOf } from "./map-places.ts";

const cell = (column: number, row: number) => ({ column, row });

test("a bed lies where it was laid, others on the first free cells, none upon another", () => {
  const places = placesOf(["b1", "b2", "b3", "b4"], { b3: cell(0, 0), b4: cell(0, 0), gone: cell(1, 0) });
  expect(Object.fromEntries(places)).toEqual({ b3: cell(0, 0), b1: cell(1, 0), b2: cell(2, 0), b4: cell(3, 0) });
  const many = placesOf(
    Array.from({ length: 95 }, (_, i) => `b${i}`),
    {},
  );
  expect(new Set([...many.values()].map(({ column, row }) => `${column}/${row}`)).size).toBe(95);
  expect(rowsOf(many)).toBe(10);
  expect(rowsOf(places)).toBe(MAP.rows);
});

test("who lies where one is moved to takes its place; nothing leaves the map", () => {
  const places = placesOf(["b1", "b2"], {});
  expect(movedTo(places, "b1", cell(1, 0))).toEqual({ b1: cell(1, 0), b2: cell(0, 0) });
  expect(movedTo(places, "b1", cell(5, 3))).toEqual({ b1: cell(5, 3), b2: cell(1, 0) });
  expect(movedTo(places, "b1", cell(-1, 99))["b1"]).toEqual(cell(0, MAP.rows - 1));
});

test("of what was stored, what is no place is passed over", () => {
  expect(readPlaces({ b1: cell(2, 3), b2: cell(-1, 0), b3: cell(0.5, 0), b4: null, b5: "x", b6: cell(10, 0) })).toEqual(
    {
      b1: cell(2, 3),
    },
  );
});
