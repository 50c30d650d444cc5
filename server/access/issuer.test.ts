import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { openTestAccess, sessionOf } from "../../testing/gateway/access.ts";
import { TestClient } from "../../testing/gateway/client.ts";
import { openGateway, until } from "../../testing/gateway/gateway.ts";
import { SESSION_ENDED } from "../../contracts/session.ts";
import { Issuer } from "./issuer.ts";

const AUDIENCE = "bedside";
const HOUR_S = 3600;

/** An issuer on this machine, with the keys that it publishes and others that it does not. */
async function openIssuer() {
  const [own, foreign] = [await generateKeyPair("RS256"), await generateKeyPair("RS256")];
  const jwk = { ...(await exportJWK(own.publicKey)), kid: "key-1", alg: "RS256", use: "sig" };
  const server = createServer(({ url }, response) => {
    const { port } = server.address() as AddressInfo;
    const issuer = `http://127.0.0.1:${port}`;
    response.setHeader("content-type", "application/json");
    if (url === "/.well-known/openid-configuration")
      response.end(JSON.stringify({ issuer, jwks_uri: `${issuer}/keys` }));
    else if (url === "/keys") response.end(JSON.stringify({ keys: [jwk] }));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const nowS = Math.floor(Date.now() / 1000);
  const claims: JWTPayload = { iss: issuer, aud: AUDIENCE, sub: "u-17", exp: nowS + HOUR_S, roles: ["operator"] };
  const sign = (changed: Readonly<Record<string, unknown>> = {}, key = own.privateKey) =>
    new SignJWT({ ...claims, ...changed }).setProtectedHeader({ alg: "RS256", kid: "key-1" }).sign(key);
  const options = { issuer, audience: AUDIENCE, jwksUrl: "", rolesClaim: "roles" };
  return { issuer, sign, nowS, foreign, options, server };
}

test("a token of the issuer's names who asks, and what they may", async () => {
  const { sign, options } = await openIssuer();
  const issuer = new Issuer(options);
  expect(await issuer.who(await sign())).toMatchObject({ name: "u-17", role: "operator" });
  expect(
    await issuer.who(await sign({ preferred_username: "Anna", roles: ["viewer", "offline_access"] })),
  ).toMatchObject({
    name: "Anna",
    role: "viewer",
  });
  const within = new Issuer({ ...options, rolesClaim: "realm_access.roles" });
  expect((await within.who(await sign({ realm_access: { roles: ["service"] } })))?.role).toBe("service");
  expect(await within.who(await sign())).toBeNull();
});

test("no other token does", async () => {
  const { sign, options, nowS, foreign, issuer: address } = await openIssuer();
  const issuer = new Issuer(options);
  const shared = new TextEncoder().encode("s".repeat(64));
  const none = `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify({ iss: address, aud: AUDIENCE, sub: "u", exp: nowS + HOUR_S, roles: ["operator"] }))}.`;
  const others: Readonly<Record<string, string>> = {
    "of another audience": await sign({ aud: "another" }),
    "of another issuer": await sign({ iss: "https://another.example" }),
    "that is over": await sign({ exp: nowS - 60 }),
    "without an end": await sign({ exp: undefined }),
    "not yet begun": await sign({ nbf: nowS + HOUR_S }),
    "of nobody": await sign({ sub: undefined }),
    "without a role": await sign({ roles: ["admin"] }),
    "signed by somebody else": await sign({}, foreign.privateKey),
    "signed with a shared secret": await new SignJWT({ sub: "u" })
      .setProtectedHeader({ alg: "HS256", kid: "key-1" })
      .sign(shared),
    "signed by nobody": none.replaceAll("=", ""),
    "that is none": "nothing",
  };
  for (const [what, token] of Object.entries(others)) expect([what, await issuer.who(token)]).toEqual([what, null]);
});

test("an issuer that does not answer is not a wrong token, and is asked again", async () => {
  const { sign, options, server } = await openIssuer();
  const token = await sign();
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const issuer = new Issuer(options);
  await expect(issuer.who(token)).rejects.toMatchObject({ code: "SIGN_IN_UNAVAILABLE" });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  expect((await issuer.who(token))?.name).toBe("u-17");
});

test("at a gateway a bearer asks, and its socket ends with the token; 503 while the issuer is away", async () => {
  const { sign, options, server, nowS } = await openIssuer();
  const { access, clock } = await openTestAccess({ users: null, issuer: new Issuer(options) });
  const gateway = await openGateway({ access, limits: { checkEveryMs: 10 } });
  const headers = { authorization: `Bearer ${await sign()}` };
  expect(await sessionOf(gateway, headers)).toMatchObject({
    signIn: "elsewhere",
    who: { name: "u-17", role: "operator" },
  });
  expect((await gateway.app.inject({ url: "/api/beds", headers })).statusCode).toBe(200);
  expect(
    (await gateway.app.inject({ url: "/api/beds", headers: { authorization: "Bearer nothing" } })).statusCode,
  ).toBe(401);
  const client = await TestClient.open(gateway.url, { headers });
  await client.subscribe();
  clock.nowMs = (nowS + HOUR_S) * 1000;
  await until(() => client.closed !== null);
  expect(client.closed?.code).toBe(SESSION_ENDED);

  await new Promise((resolve) => server.close(resolve));
  const cut = await openGateway({
    access: (await openTestAccess({ users: null, issuer: new Issuer(options) })).access,
  });
  expect((await cut.app.inject({ url: "/api/beds", headers })).statusCode).toBe(503);
});
