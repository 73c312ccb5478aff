import { connect as connectTls } from "node:tls";
import { type Browser, expect, test } from "@playwright/test";
import { findPostgres } from "../../../scripts/testing/test-environment.mjs";
import { ApplicationFormPage } from "../../pages/application-form-page";
import { SignInPage } from "../../pages/sign-in-page";
import { freshAddress, send } from "../../support/http-client";
import { basic, type Credentials, callApi, claimsOf, obtainToken, TOKEN_PATH } from "../../support/oauth-requests";
import { createOwnDatabase, migrate, type OwnDatabase, query } from "../../support/own-database";
import { OWN_ADMINISTRATOR, stopOwnServer } from "../../support/own-portal";
import { type OwnServer, startOwnServer } from "../../support/own-server";
import { missingProxy, type OwnProxy, PROXIED_HOST, type ProxyName, startProxy } from "../../support/proxy/own-proxy";
import { skipIfMissing } from "../../support/run-client";

test.describe.configure({ mode: "serial" });

const PUBLIC_URL = `https://${PROXIED_HOST}`;
const NAMES = ["nginx", "caddy"] as const;
const postgres = await findPostgres();
const missing = postgres.url === undefined ? postgres.reason : undefined;

let database: OwnDatabase;
let servers: OwnServer[] = [];
const proxies = new Map<ProxyName, OwnProxy>();
/** One browser, to which the name leads to the proxy that a test is about. */
let browsers: Browser[] = [];
let credentials: Credentials;

// Two servers on one database, and both proxies in front of both.
test.beforeAll(async () => {
  if (missing !== undefined) return;
  database = await createOwnDatabase(postgres.url ?? "");
  await migrate(database.environment);
  const environment = {
    ...database.environment,
    PUBLIC_URL,
    TRUSTED_PROXY_HOPS: "1",
    ADMIN_EMAIL: OWN_ADMINISTRATOR.email,
    ADMIN_PASSWORD: OWN_ADMINISTRATOR.password,
  };
  servers = await Promise.all([startOwnServer(environment), startOwnServer(environment)]);
  await Promise.all(servers.map(({ ready }) => ready));
  const ports = servers.map(({ port }) => port);
  for (const name of NAMES.filter((each) => missingProxy(each) === undefined))
    proxies.set(name, await startProxy(name, ports));
});
test.afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()));
  browsers = [];
  await Promise.all([...proxies.values()].map((proxy) => proxy.stop()));
  await Promise.all(servers.map(stopOwnServer));
  await database?.drop();
});

/** The proxy called `name`, or the end of the test where it is not to be had. */
function use(name: ProxyName): { proxy: OwnProxy; baseUrl: string } {
  skipIfMissing(missing ?? missingProxy(name));
  const proxy = proxies.get(name);
  if (proxy === undefined) throw new Error(`${name} was not started.`);
  return { proxy, baseUrl: `https://${PROXIED_HOST}:${proxy.port}` };
}

const named = { Host: PROXIED_HOST };
const addressesOf = async (table: string, where: string) =>
  (
    await query(database.environment.DATABASE_URL ?? "", `SELECT DISTINCT ip::text AS ip FROM ${table} WHERE ${where}`)
  ).map(({ ip }) => ip);

/** Writes bytes on a connection of its own, and returns all that comes back. */
function writeRaw({ port }: OwnProxy, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const options = { host: "127.0.0.1", port, servername: PROXIED_HOST, rejectUnauthorized: false };
    // Not ended: to Caddy whoever closes their half has gone, and gets an empty answer.
    const socket = connectTls(options, () => socket.write(bytes));
    socket.setEncoding("latin1").on("data", (part: string) => {
      text += part;
    });
    socket.on("close", () => resolve(text));
    socket.on("error", reject);
  });
}

for (const name of NAMES) {
  test(`behind ${name} staff sign in over HTTP/2, with cookies that only https carries`, async ({ playwright }) => {
    const { proxy } = use(name);
    const { args = [], ...options } = test.info().project.use.launchOptions ?? {};
    const map = `--host-resolver-rules=MAP ${PROXIED_HOST}:443 127.0.0.1:${proxy.port}`;
    const browser = await playwright.chromium.launch({ ...options, args: [...args, map] });
    browsers.push(browser);
    const context = await browser.newContext({ ignoreHTTPSErrors: true, baseURL: PUBLIC_URL });
    const page = await context.newPage();
    await new SignInPage(page).open();
    const protocol = await page.evaluate(() => {
      const [entry] = performance.getEntriesByType("navigation");
      return entry !== undefined && "nextHopProtocol" in entry ? entry.nextHopProtocol : undefined;
    });
    expect(protocol).toBe("h2");
    await new SignInPage(page).signIn(OWN_ADMINISTRATOR);
    await expect(page.getByRole("contentinfo")).toContainText("Vestibule");
    const cookies = await context.cookies();
    expect(cookies.some((cookie) => cookie.httpOnly && cookie.name.startsWith("__Host-"))).toBe(true);
    for (const { name: cookie, secure, path, domain } of cookies)
      expect([cookie, secure, path, domain]).toEqual([
        expect.stringMatching(/^__(?:Host|Secure)-/),
        true,
        "/",
        PROXIED_HOST,
      ]);
    if (credentials !== undefined) return;
    const form = new ApplicationFormPage(page);
    await form.open();
    const scopes = ["rooms:create", "rooms:list", "rooms:retrieve"] as const;
    await form.fill({ name: "Calendar", scopes: [...scopes], domains: ["example.com"] });
    credentials = await form.createAndReadCredentials();
  });

  test(`behind ${name} an application is served, and its address is its own, whatever it says`, async () => {
    const { baseUrl } = use(name);
    const from = freshAddress();
    const person = `ana.${name}@example.com`;
    const asked = await send(baseUrl, {
      method: "POST",
      path: TOKEN_PATH,
      headers: {
        ...named,
        Authorization: basic(credentials),
        "Content-Type": "application/x-www-form-urlencoded",
        // Two that are made up, and one that a proxy further away would have written.
        "X-Forwarded-For": ["203.0.113.9, 198.51.100.4", "192.0.2.1"],
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "http",
        "X-Real-IP": "203.0.113.9",
        Forwarded: "for=203.0.113.9;proto=http",
      },
      body: `grant_type=client_credentials&requested_subject=${encodeURIComponent(person)}`,
      from,
    });
    expect([asked.status, asked.text]).toEqual([200, expect.stringContaining("access_token")]);
    expect(asked.headers["strict-transport-security"]).toBe("max-age=31536000");
    const { access_token: token } = asked.json as { access_token: string };
    expect(claimsOf(token)).toMatchObject({ iss: PUBLIC_URL });
    const call = (method: string, path?: string) =>
      callApi(baseUrl, token, { method, headers: named, from, ...(path === undefined ? {} : { path }) });
    const made = await call("POST");
    expect([made.status, made.text]).toEqual([201, expect.stringContaining("slug")]);
    const { id, url } = made.json as { id: string; url: string };
    expect(url).toMatch(new RegExp(`^${PUBLIC_URL}/r/`));
    const list = await call("GET");
    expect(list.json).toMatchObject({ count: 1, results: [{ id }] });
    expect(Number(list.headers["content-length"] ?? Buffer.byteLength(list.text))).toBe(Buffer.byteLength(list.text));
    await expect
      .poll(() => addressesOf("activity", `room_id = '${id}' OR jti = '${claimsOf(token).jti}'`))
      .toEqual([from]);
    expect(await addressesOf("audit_events", `action = 'room.created' AND target_id = '${id}'`)).toEqual([from]);
    expect((await send(baseUrl, { path: "/api/health/ready", headers: named })).json).toMatchObject({
      status: "ready",
    });
  });

  test(`behind ${name} what is too large is refused, and a length that is said twice makes no second request`, async () => {
    const { baseUrl, proxy } = use(name);
    const post = (bytes: number) =>
      send(baseUrl, {
        method: "POST",
        path: TOKEN_PATH,
        headers: { ...named, "Content-Type": "application/x-www-form-urlencoded" },
        body: "a".repeat(bytes),
      });
    const ours = await post(20_000);
    expect([ours.status, ours.json]).toEqual([413, expect.objectContaining({ error: "invalid_request" })]);

    const smuggled = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
    const head = `POST ${TOKEN_PATH} HTTP/1.1\r\nHost: ${PROXIED_HOST}\r\nConnection: close\r\n`;
    const before = await addressesOf("activity", "path = '/smuggled'");
    for (const fields of [
      `Content-Length: ${5 + smuggled.length}\r\nTransfer-Encoding: chunked\r\n`,
      `Transfer-Encoding: xchunked\r\nContent-Length: ${5 + smuggled.length}\r\n`,
      `Content-Length: 5\r\nContent-Length: ${5 + smuggled.length}\r\n`,
    ]) {
      const answers = (await writeRaw(proxy, `${head}${fields}\r\n0\r\n\r\n${smuggled}`)).match(/^HTTP\/1\.[01] \d+/gm);
      expect([fields, answers]).toEqual([fields, [expect.stringMatching(/ (?:400|401|415|501)$/)]]);
    }
    expect(await addressesOf("activity", "path = '/smuggled'")).toEqual(before);
  });

  test(`${name} sends people on to https, and refuses machines that have sent credentials in the clear`, async () => {
    const { proxy } = use(name);
    const plain = `http://127.0.0.1:${proxy.plainPort}`;
    for (const path of [TOKEN_PATH, "/external-api/v1.0/application/token/"]) {
      const refused = await send(plain, { method: "POST", path, headers: named, body: "client_secret=x" });
      expect([path, refused.status, refused.headers.location]).toEqual([path, 400, undefined]);
    }
    const moved = await send(plain, { path: "/rooms?q=a", headers: named });
    expect([moved.status, moved.headers.location]).toEqual([301, `${PUBLIC_URL}/rooms?q=a`]);
  });
}

test("no request fails while one of two servers stops, whichever proxy is in front", async () => {
  skipIfMissing(missing ?? missingProxy("nginx") ?? missingProxy("caddy"));
  const targets = NAMES.map((name) => use(name).baseUrl);
  const tokens = new Map<string, string>();
  for (const baseUrl of targets) tokens.set(baseUrl, await obtainToken(baseUrl, credentials, "ana@example.com"));
  const [stopping, staying] = servers;
  let isOver = false;
  const failures: unknown[] = [];
  const answered = { before: 0, after: 0 };
  const load = async (baseUrl: string) => {
    while (!isOver) {
      // A POST: no proxy repeats one that a server may have done.
      const answer = await callApi(baseUrl, tokens.get(baseUrl) ?? "", { method: "POST", headers: named });
      if (answer.status !== 201) failures.push([baseUrl, answer.status, answer.text]);
      answered[stopping?.process.exitCode === null ? "before" : "after"] += 1;
    }
  };
  const loads = targets.flatMap((baseUrl) => [load(baseUrl), load(baseUrl), load(baseUrl)]);
  await expect.poll(() => answered.before).toBeGreaterThan(40);
  stopping?.process.kill("SIGTERM");
  expect(await stopping?.exited).toEqual({ code: 0, signal: null });
  await expect.poll(() => answered.after).toBeGreaterThan(40);
  isOver = true;
  await Promise.all(loads);
  expect(failures).toEqual([]);
  expect(staying?.process.exitCode).toBeNull();
});
