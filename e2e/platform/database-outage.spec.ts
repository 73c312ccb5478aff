import { randomBytes } from "node:crypto";
import { connect, createServer, type Server, type Socket } from "node:net";
import { expect, test } from "@playwright/test";
import { findFreePort } from "../../lib/testing/process/loopback";
import { findPostgres } from "../../scripts/testing/test-environment.mjs";
import { ApplicationFormPage } from "../pages/application-form-page";
import { SignInPage } from "../pages/sign-in-page";
import { send } from "../support/http-client";
import { expectProblem, expectToken } from "../support/oauth-expectations";
import { callApi, postForm, tokenForm } from "../support/oauth-requests";
import { generateKeys, migrate, query } from "../support/own-database";
import { startOwnServer } from "../support/own-server";
import { skipIfMissing } from "../support/run-client";

const postgres = await findPostgres();

/** A wire between the server and its database that can be cut and mended. */
async function createWire(to: { host: string; port: number }) {
  const port = await findFreePort();
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  return {
    port,
    mend: () =>
      new Promise<void>((resolve) => {
        server = createServer((near) => {
          const far = connect(to);
          for (const [from, into] of [
            [near, far],
            [far, near],
          ] as const) {
            sockets.add(from);
            from.pipe(into);
            from.on("error", () => into.destroy());
            from.on("close", () => sockets.delete(from));
          }
        });
        server.listen(port, "127.0.0.1", resolve);
      }),
    cut: () =>
      new Promise<void>((resolve) => {
        server?.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

// Conformance: N46, Q04
test("without its database the server gives no token and says when to ask again; with it, all is as before", async ({
  browser,
}) => {
  skipIfMissing(postgres.url === undefined ? postgres.reason : undefined);
  const server = new URL(postgres.url ?? "");
  const name = `vestibule_outage_${randomBytes(6).toString("hex")}`;
  await query(server.href, `CREATE DATABASE ${name}`);
  const wire = await createWire({ host: server.hostname, port: Number(server.port || 5432) });
  await wire.mend();
  const address = new URL(server.href);
  address.pathname = `/${name}`;
  address.port = String(wire.port);
  const admin = { email: "administrator@vestibule.example", password: randomBytes(18).toString("base64url") };
  const environment = {
    ...(await generateKeys()),
    DATABASE_URL: address.href,
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
  };
  await migrate(environment);
  const product = await startOwnServer(environment);
  try {
    await product.ready;
    const { baseUrl } = product;
    const page = await browser.newPage({ baseURL: baseUrl });
    const signIn = new SignInPage(page);
    await signIn.open();
    await signIn.signIn(admin);
    await expect(page).not.toHaveURL(/sign-in/);
    const form = new ApplicationFormPage(page);
    await form.open();
    await form.fill({ name: "Outage", scopes: ["rooms:list"], domains: ["example.com"] });
    const credentials = await form.createAndReadCredentials();
    await page.close();
    const ask = () => postForm(baseUrl, tokenForm(credentials, "alice@example.com"));
    const token = expectToken(await ask(), "rooms:list");

    await wire.cut();
    const refused = await ask();
    expect(refused.status).toBe(503);
    expect(refused.json).toMatchObject({ error: "temporarily_unavailable" });
    expect(refused.json).not.toHaveProperty("access_token");
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    const call = await callApi(baseUrl, token);
    expectProblem(call, 503);
    expect(call.json).toMatchObject({
      type: "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity",
    });
    expect(Number(call.headers["retry-after"])).toBeGreaterThan(0);
    expect((await send(baseUrl, { path: "/api/health/ready" })).status).toBe(503);

    await wire.mend();
    await expect.poll(async () => (await callApi(baseUrl, token)).status).toBe(200);
    expectToken(await ask(), "rooms:list");
    expect(product.output()).not.toContain(credentials.clientSecret);
  } finally {
    product.process.kill("SIGTERM");
    await product.exited;
    await wire.cut();
    await query(server.href, `DROP DATABASE ${name} WITH (FORCE)`);
  }
});
