import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { type Static, Type } from "typebox";
import { Compile } from "typebox/compile";
import { BedsideError } from "../../contracts/errors.ts";
import { ROLES, USER_NAME } from "../../contracts/session.ts";
import { KEY_HASH, PASSWORD_HASH } from "./password.ts";

const person = ROLES.filter((role) => role !== "service");

/** A person has a password, a program a key; of neither more than its hash. */
const UserSchema = Type.Union([
  Type.Object(
    {
      name: Type.String({ maxLength: 64 }),
      role: Type.Enum([...person]),
      password: Type.String({ pattern: PASSWORD_HASH }),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      name: Type.String({ maxLength: 64 }),
      role: Type.Literal("service"),
      key: Type.String({ pattern: KEY_HASH }),
    },
    { additionalProperties: false },
  ),
]);
export type User = Static<typeof UserSchema>;

const UsersSchema = Type.Object(
  { users: Type.Array(UserSchema, { maxItems: 10_000 }) },
  { additionalProperties: false },
);
const validator = Compile(UsersSchema);
const nameShape = new RegExp(USER_NAME, "u");

/** Names are the same whatever their case. */
export const sameName = (name: string): string => name.normalize("NFKC").toLowerCase();

export const isUserName = (name: string): boolean => nameShape.test(name);

const marks = new WeakMap<User, string>();

/** What a session is bound to: it ends with another password, another role, or the user. */
export function markOf(user: User): string {
  const known = marks.get(user);
  if (known !== undefined) return known;
  const text = JSON.stringify([user.name, user.role, hashOf(user)]);
  const mark = createHash("sha256").update(text).digest("base64url").slice(0, 16);
  marks.set(user, mark);
  return mark;
}

export const hashOf = (user: User): string => ("password" in user ? user.password : user.key);

/** Throws BAD_CONFIG naming the file. */
export function readUsers(file: string): readonly User[] {
  const fault = (what: string, cause?: unknown): BedsideError =>
    new BedsideError("BAD_CONFIG", `variable USERS_FILE is ${JSON.stringify(file)}: ${what}`, { cause });
  const value = ((): unknown => {
    let text: string;
    try {
      text = readFileSync(file, "utf8");
    } catch (cause) {
      throw fault("no file that can be read; `npm run users -- add NAME --role operator` makes it", cause);
    }
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw fault("not JSON", cause);
    }
  })();
  if (!validator.Check(value)) {
    const [first] = validator.Errors(value);
    throw fault(`${first.instancePath} ${first.message}`);
  }
  const { users } = value as Static<typeof UsersSchema>;
  const seen = new Set<string>();
  for (const { name } of users) {
    if (!isUserName(name)) throw fault(`${JSON.stringify(name)} is no name`);
    if (seen.has(sameName(name))) throw fault(`${JSON.stringify(name)} stands in it twice`);
    seen.add(sameName(name));
  }
  return users;
}

const LOOK_AGAIN_MS = 1000;

/** The users of a file that is read again when it changes: one who was taken out is out within a second. */
export class UsersFile {
  private byName: ReadonlyMap<string, User>;
  private version: string;
  private lookedMs = 0;

  /** Throws BAD_CONFIG. `onTrouble` hears of a changed file that can't be read: until it can, what was read before holds. */
  constructor(
    private readonly file: string,
    private readonly onTrouble: (error: unknown) => void,
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    this.byName = byName(readUsers(file));
    this.version = versionOf(file);
    this.lookedMs = this.nowMs();
  }

  find(name: string): User | null {
    this.look();
    return this.byName.get(sameName(name)) ?? null;
  }

  private look(): void {
    if (this.nowMs() - this.lookedMs < LOOK_AGAIN_MS) return;
    this.lookedMs = this.nowMs();
    try {
      const version = versionOf(this.file);
      if (version === this.version) return;
      this.version = version;
      this.byName = byName(readUsers(this.file));
    } catch (error) {
      this.onTrouble(error);
    }
  }
}

const byName = (users: readonly User[]): ReadonlyMap<string, User> =>
  new Map(users.map((user) => [sameName(user.name), user]));

function versionOf(file: string): string {
  const { mtimeMs, size, ino } = statSync(file);
  return `${mtimeMs}/${size}/${ino}`;
}
