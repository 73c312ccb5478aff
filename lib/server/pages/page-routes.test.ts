import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readPageRoutes } from "./page-routes";

const MANIFEST = {
  staticRoutes: [
    { page: "/", regex: "^/(?:/)?$" },
    { page: "/rooms", regex: "^/rooms(?:/)?$" },
  ],
  dynamicRoutes: [
    { page: "/rooms/[roomId]", regex: "^/rooms/([^/]+?)(?:/)?$" },
    { page: "/[...path]", regex: "^/(.+?)(?:/)?$" },
  ],
  rewrites: {
    afterFiles: [{ regex: "^(?:/([a-z]{3}-[a-z]{4}-[a-z]{3}))(?:/)?$", destination: "/r/:slug/open" }],
  },
};

let folder: string;
let routeOf: Awaited<ReturnType<typeof readPageRoutes>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vestibule-page-routes-"));
  await mkdir(join(folder, ".next"));
  await writeFile(join(folder, ".next", "routes-manifest.json"), JSON.stringify(MANIFEST));
  routeOf = await readPageRoutes(folder);
});
afterAll(() => rm(folder, { recursive: true }));

it.each([
  ["/", "/"],
  ["/rooms", "/rooms"],
  ["/rooms/", "/rooms"],
  ["/rooms/abc", "/rooms/[roomId]"],
  ["/abc-defg-hij", "/r/[slug]/open"],
  ["/_next/static/chunks/x.js", "static"],
  ["/abc-defg-hijk", "unknown"],
  ["/nobody/knows/this", "unknown"],
])("%s is called %s", (path, route) => {
  expect(routeOf(path)).toBe(route);
});
