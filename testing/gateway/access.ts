import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { SignedIn } from "../../contracts/session.ts";
import { Access, type AccessOptions } from "../../server/access/access.ts";
import { putPerson, putService } from "../../server/access/edit-users.ts";
import { Seal } from "../../server/access/seal.ts";
import { UsersFile } from "../../server/access/users-file.ts";
import type { TestGateway } from "./gateway.ts";

export const PASSWORD = "correct horse battery";
/** What a guess costs in tests: little. */
export const CHEAP = { N: 1024, r: 8, p: 1 };

export interface TestAccess {
  readonly access: Access;
  readonly file: string;
  /** Of the service `probe`. */
  readonly bearer: string;
  /** Its clock, which a test may put on. */
  readonly clock: { nowMs: number };
}

/** Anna (operator), Vera (viewer) and the program `probe`. */
export async function openTestAccess(options: Partial<AccessOptions> = {}): Promise<TestAccess> {
  const folder = mkdtempSync(path.join(tmpdir(), "bedside-users-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, "users.json");
  await putPerson(file, "Anna", "operator", PASSWORD, CHEAP);
  await putPerson(file, "Vera", "viewer", PASSWORD, CHEAP);
  const bearer = await putService(file, "probe");
  const clock = { nowMs: Date.now() };
  const nowMs = () => clock.nowMs;
  const users = new UsersFile(
    file,
    (error) => {
      throw error;
    },
    nowMs,
  );
  const seal = new Seal("", nowMs);
  const access = new Access({ users, issuer: null, seal, sessionMs: 3_600_000, nowMs, ...options });
  return { access, file, bearer, clock };
}

/** The cookie of somebody who has signed in. */
export async function signIn({ app }: Pick<TestGateway, "app">, name: string): Promise<string> {
  const answer = await app.inject({ method: "POST", url: "/api/session", payload: { name, password: PASSWORD } });
  if (answer.statusCode !== 200) throw new Error(`${name} can't sign in: ${answer.body}`);
  return String(answer.headers["set-cookie"]).split(";")[0];
}

export const sessionOf = async (
  { app }: Pick<TestGateway, "app">,
  headers: Record<string, string>,
): Promise<SignedIn> => (await app.inject({ url: "/api/session", headers })).json<SignedIn>();
