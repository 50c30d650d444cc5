import { expect, test } from "vitest";
import { pack, unpack } from "./packing.ts";

const snapshot = Uint8Array.from({ length: 20_000 }, (_, i) => (i % 7 === 0 ? i >>> 3 : 0));

test("what is packed is smaller and comes back to the byte, wherever in its memory it lies", () => {
  const packed = pack(snapshot.subarray(100));
  expect(packed.length).toBeLessThan(10_000);
  expect(Uint8Array.from(unpack(packed))).toEqual(snapshot.subarray(100));
  const shifted = Uint8Array.of(1, 2, 3, ...packed).subarray(3);
  expect(Uint8Array.from(unpack(shifted))).toEqual(snapshot.subarray(100));
  expect(unpack(pack(new Uint8Array(0)))).toHaveLength(0);
});

test("what claims more bytes than a snapshot may have is refused before room is made for it; what is cut off, too", () => {
  const packed = pack(snapshot);
  const claims = Uint8Array.of(255, 255, 255, 255, ...packed.subarray(4));
  expect(() => unpack(claims)).toThrow(expect.objectContaining({ code: "BAD_SNAPSHOT" }));
  for (const length of [0, 3, 4, 100])
    expect(() => unpack(packed.subarray(0, length))).toThrow("expected another byte");
});
