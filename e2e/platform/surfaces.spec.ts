import { expect, test } from "@playwright/test";
import { send } from "../support/http-client";
import { postForm, tokenForm } from "../support/oauth-requests";
import { type OwnServer, startOwnServer } from "../support/own-server";
import { copyDataDirectory } from "../support/server";

/** Run in the server before anything else: says at the end whether the server of Next was loaded. */
const TELL_NEXT = [
  'import{createRequire}from"node:module";',
  'process.on("exit",()=>console.error("next:"+',
  'Object.keys(createRequire("/x").cache).some((path)=>/next.dist.server.next\\.js$/.test(path))))',
].join("");
const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(TELL_NEXT)}`;

async function stop(server: OwnServer): Promise<void> {
  server.process.kill("SIGTERM");
  expect(await server.exited).toEqual({ code: 0, signal: null });
}

async function statusOf({ baseUrl }: OwnServer, path: string): Promise<number> {
  return (await send(baseUrl, { path })).status;
}

const guess = tokenForm({ clientId: "nobody", clientSecret: "guessed" }, "alice@example.com");

test("SURFACES=machine answers applications without ever loading Next", async () => {
  const server = await startOwnServer({ DATA_DIR: copyDataDirectory("machine"), SURFACES: "machine", NODE_OPTIONS });
  await server.ready;
  expect(server.output()).toContain("It answers applications only: SURFACES is machine.");
  expect(server.output()).toContain("Warning: SURFACES is machine, but the embedded database is open to one process");
  expect((await postForm(server.baseUrl, guess)).status).toBe(401);
  expect(await statusOf(server, "/api/external/me")).toBe(401);
  for (const path of ["/api/health/ready", "/api/openapi.json", "/.well-known/oauth-authorization-server"]) {
    expect([path, await statusOf(server, path)]).toEqual([path, 200]);
  }
  for (const path of ["/", "/sign-in", "/developers", "/api/auth/session", "/nope"]) {
    const { status, headers, text } = await send(server.baseUrl, { path });
    expect([path, status, headers["content-type"], text]).toEqual([
      path,
      404,
      "text/plain",
      "There are no pages at this address: this process answers applications only.\n",
    ]);
  }
  await stop(server);
  expect(server.output()).toContain("next:false");
});

test("SURFACES=portal shows pages and answers no application", async () => {
  const server = await startOwnServer({ DATA_DIR: copyDataDirectory("portal"), SURFACES: "portal", NODE_OPTIONS });
  await server.ready;
  expect(server.output()).toContain("It has the portal only: SURFACES is portal. Sign in at ");
  for (const path of ["/sign-in", "/developers", "/api/health/ready", "/api/auth/csrf"]) {
    expect([path, await statusOf(server, path)]).toEqual([path, 200]);
  }
  expect((await postForm(server.baseUrl, guess)).status).toBe(404);
  for (const path of ["/api/external/me", "/api/openapi.json", "/.well-known/oauth-authorization-server"]) {
    expect([path, await statusOf(server, path)]).toEqual([path, 404]);
  }
  await stop(server);
  expect(server.output()).toContain("next:true");
});
