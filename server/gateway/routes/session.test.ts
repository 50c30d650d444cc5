import { expect, test } from "vitest";
import { SESSION_ENDED, type SignedIn, type Ticket } from "../../../contracts/session.ts";
import { SOCKET_PROTOCOL } from "../../../contracts/socket.ts";
import { TOPICS } from "../../../contracts/topics.ts";
import { CHEAP, openTestAccess, PASSWORD, sessionOf, signIn } from "../../../testing/gateway/access.ts";
import { TestClient } from "../../../testing/gateway/client.ts";
import { openGateway, type TestGateway, until } from "../../../testing/gateway/gateway.ts";
import { frameAt, frameMessage } from "../../../testing/gateway/messages.ts";
import { readConfig } from "../../config.ts";
import { putPerson, removeUser } from "../../access/edit-users.ts";

const post = ({ app }: TestGateway, payload: object, headers: Record<string, string> = {}) =>
  app.inject({ method: "POST", url: "/api/session", payload, headers });

const ticketOf = async ({ app }: TestGateway, cookie: string): Promise<string> =>
  (await app.inject({ method: "POST", url: "/api/ticket", headers: { cookie } })).json<Ticket>().ticket ?? "";

/** How a browser offers a ticket. */
const offering = (ticket: string) => ({ protocol: [SOCKET_PROTOCOL, `ticket.${ticket}`] });

test("without a sign-in nobody is asked for one, and a socket wants no ticket", async () => {
  const gateway = await openGateway();
  expect(await sessionOf(gateway, {})).toEqual({ signIn: "none", who: null });
  const { statusCode, body } = await gateway.app.inject({ method: "POST", url: "/api/ticket" });
  expect([statusCode, JSON.parse(body)]).toEqual([200, { ticket: null }]);
  expect((await post(gateway, { name: "Anna", password: PASSWORD })).statusCode).toBe(404);
});

test("who signs in is known by a cookie that scripts can't read and other pages can't send, until they sign out", async () => {
  const { access } = await openTestAccess();
  const gateway = await openGateway({ access });
  expect(await sessionOf(gateway, {})).toEqual({ signIn: "password", who: null });
  const answer = await post(gateway, { name: "anna", password: PASSWORD });
  expect(answer.json<SignedIn>().who).toMatchObject({ name: "Anna", role: "operator" });
  expect(answer.headers["set-cookie"]).toMatch(
    /^bedside-session=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/,
  );
  const cookie = String(answer.headers["set-cookie"]).split(";")[0];
  expect((await sessionOf(gateway, { cookie })).who?.name).toBe("Anna");
  const out = await gateway.app.inject({ method: "DELETE", url: "/api/session", headers: { cookie } });
  expect(out.json<SignedIn>().who).toBeNull();
  expect(await sessionOf(gateway, { cookie })).toEqual({ signIn: "password", who: null });
  expect((await gateway.app.inject({ url: "/api/beds", headers: { cookie } })).statusCode).toBe(401);
});

test("over TLS the cookie goes by nothing else", async () => {
  const { access } = await openTestAccess();
  const gateway = await openGateway({ access });
  const headers = { host: "127.0.0.1", origin: "https://127.0.0.1" };
  const answer = await post(gateway, { name: "Anna", password: PASSWORD }, headers);
  expect(answer.headers["set-cookie"]).toMatch(
    /^__Host-bedside-session=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/,
  );
});

test.each([
  ["a wrong password", { name: "Anna", password: `${PASSWORD}.` }, 401],
  ["a name that is none", { name: "Nobody", password: PASSWORD }, 401],
  ["a program's name", { name: "probe", password: PASSWORD }, 401],
  ["nothing", {}, 400],
])("%s signs nobody in", async (_, payload, status) => {
  const { access } = await openTestAccess();
  const { statusCode, headers, body } = await post(await openGateway({ access }), payload);
  expect([statusCode, headers["set-cookie"]]).toEqual([status, undefined]);
  expect(body).not.toContain(PASSWORD);
});

test("a wrong password and a name that is none are told in the same words", async () => {
  const { access } = await openTestAccess();
  const gateway = await openGateway({ access });
  const [wrong, none] = await Promise.all(
    ["Anna", "Nobody"].map((name) => post(gateway, { name, password: "not the one, surely" })),
  );
  expect(wrong.body).toBe(none.body);
});

test("guessing ends: by one address after ten times within a minute, at one name after a hundred within an hour", async () => {
  const { access, clock } = await openTestAccess();
  const near = await openGateway({ access });
  const statuses: number[] = [];
  for (let guess = 0; guess < 11; guess++)
    statuses.push((await post(near, { name: "Vera", password: `guess ${guess} of many` })).statusCode);
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);

  const far = await openGateway({ access, rateLimits: { signIns: 1000 } });
  for (let guess = 0; guess < 100; guess++) await post(far, { name: "Anna", password: `guess ${guess} of many` });
  expect((await post(far, { name: "Anna", password: PASSWORD })).statusCode).toBe(429);
  clock.nowMs += 3_600_001;
  expect((await post(far, { name: "Anna", password: PASSWORD })).statusCode).toBe(200);
});

test("a page elsewhere signs nobody in, and gets nothing done with a browser's cookie", async () => {
  const { access } = await openTestAccess();
  const gateway = await openGateway({ access });
  const origin = "https://elsewhere.example";
  expect((await post(gateway, { name: "Anna", password: PASSWORD }, { origin })).statusCode).toBe(403);
  const cookie = await signIn(gateway, "Anna");
  for (const [method, url] of [
    ["DELETE", "/api/session"],
    ["POST", "/api/ticket"],
  ] as const)
    expect((await gateway.app.inject({ method, url, headers: { cookie, origin } })).statusCode).toBe(403);
  expect((await sessionOf(gateway, { cookie })).who?.name).toBe("Anna");
});

test("a socket opens with a ticket, once; with none, with the cookie alone, or with a late one it does not", async () => {
  const { access, clock } = await openTestAccess();
  const gateway = await openGateway({ access });
  const cookie = await signIn(gateway, "Vera");
  const ticket = await ticketOf(gateway, cookie);
  const client = await TestClient.open(gateway.url, offering(ticket));
  expect(client.socket.protocol).toBe(SOCKET_PROTOCOL);
  await client.subscribe();
  await expect(TestClient.open(gateway.url, offering(ticket))).rejects.toThrow("401");
  await expect(TestClient.open(gateway.url)).rejects.toThrow("401");
  await expect(TestClient.open(gateway.url, { headers: { cookie } })).rejects.toThrow("401");
  const late = await ticketOf(gateway, cookie);
  clock.nowMs += 32_000;
  await expect(TestClient.open(gateway.url, offering(late))).rejects.toThrow("401");
  // A session is no ticket, nor a ticket a session.
  await expect(TestClient.open(gateway.url, offering(cookie.split("=")[1]))).rejects.toThrow("401");
  const other = await ticketOf(gateway, cookie);
  expect((await sessionOf(gateway, { cookie: `bedside-session=${other}` })).who).toBeNull();
});

test("a program opens it by its key", async () => {
  const { access, bearer } = await openTestAccess();
  const gateway = await openGateway({ access });
  const headers = { authorization: `Bearer ${bearer}` };
  const client = await TestClient.open(gateway.url, { headers });
  await client.subscribe();
  // It is no session that could be ended.
  await gateway.app.inject({ method: "DELETE", url: "/api/session", headers });
  expect((await sessionOf(gateway, headers)).who).toMatchObject({ name: "probe", role: "service" });
  const wrong = { authorization: `Bearer ${bearer.slice(0, -1)}-` };
  await expect(TestClient.open(gateway.url, { headers: wrong })).rejects.toThrow("401");
});

test.each<
  [
    string,
    (signed: { gateway: TestGateway; cookie: string; file: string; clock: { nowMs: number } }) => Promise<unknown>,
  ]
>([
  [
    "signs out",
    ({ gateway: { app }, cookie }) => app.inject({ method: "DELETE", url: "/api/session", headers: { cookie } }),
  ],
  ["has been signed in for long enough", async ({ clock }) => void (clock.nowMs += 3_600_001)],
  [
    "is no user any more",
    async ({ file, clock }) => {
      await removeUser(file, "Vera");
      clock.nowMs += 1001;
    },
  ],
  [
    "has got another role",
    async ({ file, clock }) => {
      await putPerson(file, "Vera", "operator", PASSWORD, CHEAP);
      clock.nowMs += 1001;
    },
  ],
])("the socket of somebody who %s is closed, and told why", async (_, end) => {
  const { access, file, clock } = await openTestAccess();
  const gateway = await openGateway({ access, limits: { checkEveryMs: 10 } });
  const cookie = await signIn(gateway, "Vera");
  const client = await TestClient.open(gateway.url, offering(await ticketOf(gateway, cookie)));
  await client.subscribe();
  await end({ gateway, cookie, file, clock });
  await until(() => client.closed !== null);
  expect(client.closed?.code).toBe(SESSION_ENDED);
  expect((await sessionOf(gateway, { cookie })).who).toBeNull();
});

test("an operator commands in their own name, whatever name they give; the trail has both who and what", async () => {
  const { access } = await openTestAccess();
  const trail: object[] = [];
  const gateway = await openGateway({ access, auditTo: { info: (entry) => void trail.push(entry) } });
  await gateway.bus.publish([frameMessage(frameAt("b1", 1))]);
  const anna = await signIn(gateway, "Anna");
  const vera = await signIn(gateway, "Vera");
  await until(
    async () => (await gateway.app.inject({ url: "/api/beds/b1", headers: { cookie: anna } })).statusCode === 200,
  );
  const commands: { by: string }[] = [];
  await gateway.bus.subscribe({
    group: "test",
    topics: [TOPICS.commands],
    from: "earliest",
    credits: 10,
    onMessage: ({ value }) => void commands.push(JSON.parse(Buffer.from(value).toString()) as { by: string }),
    onError: (error) => {
      throw error;
    },
  });
  const payload = { id: "command-1", action: "pause", by: "Somebody Else", reason: "Mr. Miller is washed" };
  const url = "/api/beds/b1/commands";
  expect((await gateway.app.inject({ method: "POST", url, payload, headers: { cookie: vera } })).statusCode).toBe(403);
  expect((await gateway.app.inject({ method: "POST", url, payload, headers: { cookie: anna } })).statusCode).toBe(202);
  await until(() => commands.length === 1);
  expect(commands[0].by).toBe("Anna");
  expect(trail).toMatchObject([
    { audit: "sign-in", who: "Anna", role: "operator", signedIn: true, status: 200 },
    { audit: "sign-in", who: "Vera", status: 200 },
    { audit: "commands", who: "Vera", role: "viewer", bed: "b1", status: 403 },
    { audit: "commands", who: "Anna", bed: "b1", action: "pause", id: "command-1", status: 202 },
  ]);
  const text = JSON.stringify(trail);
  for (const kept of [PASSWORD, "Miller", "Somebody Else"]) expect(text).not.toContain(kept);
});

test("without a sign-in the trail has what they call themselves who command, and the log has not", async () => {
  const trail: object[] = [];
  const lines: string[] = [];
  const config = readConfig({ PORT: "0" });
  const logTo = { write: (line: string) => void lines.push(line) };
  const command = { id: "command-1", action: "pause", by: "Nurse Anna" };
  const asked = { method: "POST", url: "/api/beds/b1/commands", payload: command } as const;
  const kept = await openGateway({ config, logTo, auditTo: { info: (entry) => void trail.push(entry) } });
  await kept.app.inject(asked);
  await until(() => trail.length === 1);
  expect(trail).toMatchObject([
    { audit: "commands", who: "Nurse Anna", signedIn: false, action: "pause", status: 404 },
  ]);
  const logged = await openGateway({ config, logTo });
  await logged.app.inject(asked);
  await until(() => lines.some((line) => line.includes('"audit":"commands"')));
  expect(lines.join("")).not.toContain("Nurse Anna");
});

test("whoever asks for what they may not is in the trail, and counted, without what they sent", async () => {
  const { access } = await openTestAccess();
  const trail: object[] = [];
  const { app, metrics } = await openGateway({ access, auditTo: { info: (entry) => void trail.push(entry) } });
  await app.inject("/api/beds/b1/signal");
  await app.inject({ url: "/livez", headers: { host: "rebound.example" } });
  await app.inject({ url: "/api/beds", headers: { authorization: "Bearer of-somebody" } });
  await until(() => trail.length === 3);
  expect(trail).toMatchObject([
    { audit: "refused", who: null, route: "GET /api/beds/:bed/signal", status: 401 },
    { audit: "refused", route: "GET /livez", status: 421 },
    { audit: "refused", route: "GET /api/beds", status: 401 },
  ]);
  expect(JSON.stringify(trail)).not.toContain("of-somebody");
  const { values } = await metrics.refusedRequests.get();
  expect(values.map(({ labels, value }) => [labels.status, value])).toEqual([
    [401, 2],
    [403, 0],
    [421, 1],
    [429, 0],
  ]);
});

test("a sign-in that fails is in the trail with the user's name, and without what was written in its place", async () => {
  const { access } = await openTestAccess();
  const trail: object[] = [];
  const gateway = await openGateway({ access, auditTo: { info: (entry) => void trail.push(entry) } });
  await post(gateway, { name: "VERA", password: "not the one, surely" });
  await post(gateway, { name: PASSWORD, password: "Vera" });
  await until(() => trail.length === 2);
  expect(trail).toMatchObject([
    { audit: "sign-in", who: "Vera", signedIn: false, status: 401 },
    { audit: "sign-in", who: null, status: 401 },
  ]);
  expect(JSON.stringify(trail)).not.toMatch(/correct horse|surely/);
});
