import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import type { SignedIn } from "../../contracts/session.ts";
import { rememberedName } from "../controllers/own-name.ts";
import "../elements/parts/no-commands.ts";
import "../elements/parts/own-name.ts";
import "../elements/shell/sign-in.ts";
import "../elements/shell/signed-in.ts";
import { session } from "./session.ts";

const NOBODY: SignedIn = { signIn: "password", who: null };
const as = (role: "viewer" | "operator"): SignedIn => ({
  signIn: "password",
  who: { name: "Vera", role, untilMs: 9e12 },
});

afterEach(() => {
  session.state = null;
  session.endedMs = null;
});

/** Answers what is fetched, in turn, and keeps what was asked. */
function answering(...answers: [status: number, body: unknown][]): string[] {
  const asked: string[] = [];
  const fetched = vi.spyOn(globalThis, "fetch").mockImplementation(async (path, init) => {
    asked.push(`${init?.method ?? "GET"} ${String(path)}`);
    const [status, body] = answers.shift() ?? [500, {}];
    return new Response(JSON.stringify(body), { status });
  });
  onTestFinished(() => fetched.mockRestore());
  return asked;
}

async function shown(name: string): Promise<ShadowRoot> {
  const host = document.createElement("div");
  document.body.append(host);
  onTestFinished(() => host.remove());
  const tag = document.createElement(name);
  host.append(tag);
  await (tag as HTMLElement & { updateComplete: Promise<unknown> }).updateComplete;
  if (!tag.shadowRoot) throw new Error(`<${name}> is no element`);
  return tag.shadowRoot;
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

test("whoever signs in is asked for name and password, told why it did not work, and is then known by name and role", async () => {
  session.state = NOBODY;
  const asked = answering([401, {}], [200, as("viewer")]);
  const page = await shown("sign-in");
  const mark = await shown("signed-in");
  expect(mark.textContent?.trim()).toBe("");
  const field = (name: string) => page.querySelector<HTMLInputElement>(`[name=${name}]`) as HTMLInputElement;
  expect(field("password").type).toBe("password");
  const submit = async (password: string) => {
    field("name").value = "Vera";
    field("password").value = password;
    page.querySelector<HTMLButtonElement>("[data-testid=sign-in]")?.click();
    await settled();
  };
  await submit("wrong");
  expect(page.querySelector("[data-testid=sign-in-fault]")?.textContent).toMatch(/don't belong together/);
  // The name stays, the password has to be written anew.
  expect([field("name").value, field("password").value]).toEqual(["Vera", ""]);
  await submit("right");
  expect(asked).toEqual(["POST api/session", "POST api/session"]);
  expect(mark.querySelector("[data-testid=who]")?.textContent).toBe("Vera, viewer");
});

test("a sign-in that ended while somebody watched says so, and since when", async () => {
  session.state = as("viewer");
  session.end();
  expect(session.isWanted).toBe(true);
  const page = await shown("sign-in");
  expect(page.querySelector("[role=alert]")?.textContent).toMatch(/ended at \d.*no alarm comes to it/);
});

test("a viewer is told why nothing can be commanded; an operator acts in their own name and no other", async () => {
  session.state = as("viewer");
  const note = await shown("no-commands");
  expect(note.textContent).toMatch(/Vera is signed in as a viewer: operators alone/);
  session.state = as("operator");
  session.changes.tell();
  await settled();
  expect(note.textContent?.trim()).toBe("");
  const name = await shown("own-name");
  expect(name.querySelector("input")).toBeNull();
  expect([name.textContent?.trim(), rememberedName()]).toEqual(["Vera", "Vera"]);
});

test("where nobody need sign in, nothing of it is there", async () => {
  session.state = { signIn: "none", who: null };
  expect(session.isWanted).toBe(false);
  expect(session.whyNoCommands).toBeNull();
  expect((await shown("signed-in")).textContent?.trim()).toBe("");
  expect((await shown("own-name")).querySelector("input")).not.toBeNull();
});

test("where the sign-in stands before the page, it asks for no password", async () => {
  session.state = { signIn: "elsewhere", who: null };
  const page = await shown("sign-in");
  expect(page.querySelector("input")).toBeNull();
  expect(page.textContent).toMatch(/stands before this page/);
});

test.each([
  [200, { ticket: "t-1" }, "t-1"],
  [200, { ticket: null }, null],
  [404, {}, null],
])("a ticket: %i %o", async (status, body, ticket) => {
  answering([status, body]);
  expect(await session.ticket()).toBe(ticket);
});

test.each([
  [401, /^$/],
  [503, /no ticket/],
])("no ticket: %i", async (status, message) => {
  answering([status, {}]);
  await expect(session.ticket()).rejects.toThrow(message);
});
