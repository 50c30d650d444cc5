import { existsSync } from "node:fs";
import { BedsideError } from "../../contracts/errors.ts";
import type { Role } from "../../contracts/session.ts";
import { writeWhole } from "../../kit/atomic-write.ts";
import { hashKey, hashPassword, newKey, PASSWORD_LENGTH, SCRYPT_COST, type ScryptCost } from "./password.ts";
import { isUserName, readUsers, sameName, type User } from "./users-file.ts";

/** The file's owner alone. */
const MODE = 0o600;

/** Adds somebody who signs in by password, or gives who is there another password or role. Throws BAD_ARGUMENT. */
export async function putPerson(
  file: string,
  name: string,
  role: Exclude<Role, "service">,
  password: string,
  cost: ScryptCost = SCRYPT_COST,
): Promise<void> {
  checkName(name);
  checkPassword(name, password);
  await put(file, { name, role, password: await hashPassword(password, cost) });
}

/** Adds a program, or gives it another key; the key is told here and never again. Throws BAD_ARGUMENT. */
export async function putService(file: string, name: string): Promise<string> {
  checkName(name);
  const key = newKey();
  await put(file, { name, role: "service", key: hashKey(key) });
  return `${name}~${key}`;
}

/** Throws BAD_ARGUMENT where there is none of this name. */
export async function removeUser(file: string, name: string): Promise<void> {
  const users = readUsers(file);
  const left = others(users, name);
  if (left.length === users.length) throw bad(`nobody is called ${JSON.stringify(name)} in ${file}`);
  await write(file, left);
}

async function put(file: string, user: User): Promise<void> {
  const users = existsSync(file) ? readUsers(file) : [];
  await write(file, [...others(users, user.name), user]);
}

const others = (users: readonly User[], name: string): User[] =>
  users.filter((user) => sameName(user.name) !== sameName(name));

const write = (file: string, users: readonly User[]): Promise<void> =>
  writeWhole(file, `${JSON.stringify({ users }, null, 2)}\n`, MODE);

function checkName(name: string): void {
  if (!isUserName(name))
    throw bad(`${JSON.stringify(name)} is no name: letters, digits, spaces and . _ @ ' -, 64 at the most`);
}

function checkPassword(name: string, password: string): void {
  const { min, max } = PASSWORD_LENGTH;
  const length = [...password].length;
  if (length < min || length > max) throw bad(`a password has ${min} to ${max} characters, this one has ${length}`);
  if (new Set(password).size < 4 || password.toLowerCase().includes(name.toLowerCase()))
    throw bad("a password of few different characters, or with the name in it, is soon guessed");
}

const bad = (message: string): BedsideError => new BedsideError("BAD_ARGUMENT", message);
