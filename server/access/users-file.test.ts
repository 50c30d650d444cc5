import { readFileSync, statSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CHEAP, openTestAccess, PASSWORD } from "../../testing/gateway/access.ts";
import { runCommand } from "../../testing/run-command.ts";
import { putPerson, removeUser } from "./edit-users.ts";
import { hashPassword, isPassword } from "./password.ts";
import { readUsers, UsersFile } from "./users-file.ts";

test("a password is known by its hash, which another salt makes another one", async () => {
  const [one, other] = [await hashPassword(PASSWORD, CHEAP), await hashPassword(PASSWORD, CHEAP)];
  expect(one).not.toBe(other);
  expect(await isPassword(PASSWORD, one)).toBe(true);
  expect(await isPassword(`${PASSWORD} `, one)).toBe(false);
  // Written with one character, or with a letter and a mark: the same word.
  expect(await isPassword("cafe\u0301 au lait", await hashPassword("caf\u00e9 au lait", CHEAP))).toBe(true);
});

test("the file is its owner's alone, holds no password and no key, and one user of a name", async () => {
  const { file, bearer } = await openTestAccess();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await putPerson(file, "ANNA", "viewer", PASSWORD, CHEAP);
  expect(readUsers(file).map(({ name, role }) => `${name} ${role}`)).toEqual([
    "Vera viewer",
    "probe service",
    "ANNA viewer",
  ]);
  const text = readFileSync(file, "utf8");
  expect(text).not.toContain(PASSWORD);
  expect(text).not.toContain(bearer.split("~")[1]);
});

test.each([
  ["Anna", "eleven char"],
  ["Anna", "x".repeat(129)],
  ["Anna", "aaaaaaaaaaaaaa"],
  ["Anna", "it is anna, surely"],
  ["", PASSWORD],
  ["Anna\n", PASSWORD],
  ["a~b", PASSWORD],
])("%j with the password %j is refused, and nothing changes", async (name, password) => {
  const { file } = await openTestAccess();
  const before = readFileSync(file, "utf8");
  await expect(putPerson(file, name, "viewer", password, CHEAP)).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
  expect(readFileSync(file, "utf8")).toBe(before);
});

test("a change is known within a second; one that can't be read is told, and what was read before holds", async () => {
  const { file } = await openTestAccess();
  const told: unknown[] = [];
  let nowMs = 0;
  const users = new UsersFile(
    file,
    (error) => told.push(error),
    () => nowMs,
  );
  await removeUser(file, "Vera");
  nowMs += 1001;
  expect(users.find("vera")).toBeNull();
  expect(users.find("anna")?.role).toBe("operator");
  writeFileSync(file, "{");
  nowMs += 1001;
  expect(users.find("anna")?.role).toBe("operator");
  expect(told).toHaveLength(1);
});

test("npm run users takes a password from what is piped in, never from its arguments", async () => {
  const { file } = await openTestAccess();
  const environment = { USERS_FILE: file };
  const { out } = await runCommand(
    "server/main/users.ts",
    ["add", "Bo", "--role", "viewer"],
    environment,
    `${PASSWORD}\n`,
  );
  expect(out).toContain(file);
  const { err, code } = await runCommand(
    "server/main/users.ts",
    ["add", "Cy", "--role", "viewer", PASSWORD],
    environment,
  );
  expect([code, err]).toEqual([2, expect.stringContaining("too many arguments")]);
  expect((await runCommand("server/main/users.ts", ["list"], environment)).out).toMatch(/^viewer {4}Bo$/m);
});
