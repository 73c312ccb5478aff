import { describe, expect, it } from "vitest";
import { RULES } from "@/lib/testing/architecture-rules";
import { readSourceFiles, type SourceFile } from "@/lib/testing/source-files";

const sources = new Map(readSourceFiles().map((file) => [file.path, file]));
// These two hold the breaches as text.
const JUDGED = [...sources.values()].filter(
  (file) => !/^lib\/(?:architecture\.test|testing\/architecture-rules)\.ts$/.test(file.path),
);

/** For each rule a file that breaks it: a rule that cannot fail the build is a wish. */
const BREACHES: Record<keyof typeof RULES, SourceFile> = {
  "jose belongs to lib/oauth": { path: "lib/machine/a.ts", text: 'import { SignJWT } from "jose";' },
  "argon2 belongs to lib/secrets": { path: "lib/staff/a.ts", text: 'import { hash } from "@node-rs/argon2";' },
  "next-auth belongs to lib/auth": { path: "app/(portal)/page.tsx", text: 'import { auth } from "next-auth";' },
  "openid-client belongs to lib/openid": { path: "lib/auth/a.ts", text: 'import { discovery } from "openid-client";' },
  "Prisma belongs to lib/db and the domains": {
    path: "lib/machine/a.ts",
    text: 'import { Prisma } from "@/lib/db/generated/client";',
  },
  "process.env belongs to lib/env": { path: "lib/rooms/a.ts", text: "const url = process.env.ROOM_BASE_URL;" },
  "lib/oauth imports nothing of the application": {
    path: "lib/oauth/a.ts",
    text: 'import { config } from "@/lib/env/config";',
  },
  "lib never imports app or components": { path: "lib/rooms/a.ts", text: 'import { A } from "@/app/page";' },
  "components never import app": { path: "components/ui/a.tsx", text: 'import { A } from "@/app/page";' },
  "components/ui and components/data-table know no domain": {
    path: "components/data-table/a.tsx",
    text: 'import { SCOPES } from "@/lib/applications/scopes";',
  },
  "pages, actions and routes reach the database through verbs": {
    path: "app/(portal)/page.tsx",
    text: 'import { database } from "@/lib/db/client";',
  },
  "client components reach nothing of the server": {
    path: "components/a.tsx",
    text: '"use client";\nimport { config } from "@/lib/env/config";',
  },
  "client components live in components or _components": { path: "app/page.tsx", text: '"use client";' },
  "server files say so": { path: "lib/rooms/create-room.ts", text: "export function createRoom() {}" },
  "layouts do not authorise": { path: "app/(portal)/layout.tsx", text: "await requireStaff();" },
  "every portal page asks for a permission": { path: "app/(portal)/rooms/page.tsx", text: "export default Page;" },
  "every portal route asks for a permission": {
    path: "app/(portal)/rooms/export/route.ts",
    text: "export async function GET() {}",
  },
  "every portal action goes through staffAction": {
    path: "app/(portal)/rooms/actions.ts",
    text: '"use server";\nexport async function removeRoom() {}',
  },
  "every method of the external API declares its scope": {
    path: "app/api/external/rooms/route.ts",
    text: "export const GET = externalRoute({ run: listRooms });",
  },
  "names explain": { path: "lib/rooms/utils.ts", text: "" },
  "files stay under 300 lines": { path: "lib/rooms/a.ts", text: "\n".repeat(301) },
  "nothing asks git": { path: "lib/a.test.ts", text: 'execFileSync("git", ["ls-files"]);' },
  "nothing is skipped, focused or slept for": { path: "e2e/a.spec.ts", text: "await page.waitForTimeout(500);" },
};

describe.each(Object.entries(RULES))("%s", (name, rule) => {
  it("holds in every source file", () => {
    const found = JUDGED.flatMap((file) => rule.breaches(file, sources).map((breach) => `${file.path}: ${breach}`));
    expect(found, rule.teaches).toEqual([]);
  });

  it("fails on a file that breaks it", () => {
    const file = BREACHES[name];
    expect(file, "write a file that breaks the rule into BREACHES").toBeDefined();
    if (file !== undefined) expect(rule.breaches(file, sources)).not.toEqual([]);
  });
});

it("reads the sources it judges", () => {
  expect(sources.size).toBeGreaterThan(20);
  expect(sources.has("lib/env/config.ts")).toBe(true);
});
