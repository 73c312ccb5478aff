import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { setConfig } from "@/lib/env/config";
import { runWithRequestContext } from "@/lib/http/request-context";
import { setLogDestination } from "@/lib/observability/logger";
import { leastRoleWith, type Permission, STAFF_ROLES, type StaffRole } from "@/lib/permissions";
import { readSourceFiles } from "@/lib/testing/source-files";
import { testConfig } from "@/lib/testing/test-config";

const situation = vi.hoisted(() => ({ role: undefined as string | undefined }));

vi.mock("@/lib/auth/find-staff-session", () => {
  const findStaffSession = async () =>
    situation.role === undefined
      ? undefined
      : {
          sessionId: "s-1",
          authenticatedAt: new Date(),
          signInMethod: "password",
          mustChangePassword: false,
          hasSecondFactor: false,
          staff: {
            id: "0190a5c0-0000-7000-8000-000000000000",
            name: "A",
            email: "a@example.com",
            role: situation.role,
          },
        };
  return { findStaffSession, peekStaffSession: findStaffSession };
});
/** What a page does after it has let somebody pass is for other tests: it ends there. */
class LetIn extends Error {}
vi.mock("@/lib/auth/require-staff", async (original) => {
  const { requireStaff } = await original<typeof import("./require-staff")>();
  return {
    requireStaff: async (...permission: Parameters<typeof requireStaff>) => {
      await requireStaff(...permission);
      throw new LetIn();
    },
  };
});
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ origin: "http://localhost:3000", host: "localhost:3000" }),
  cookies: async () => ({ get: () => undefined }),
}));

setConfig(testConfig({ publicUrl: "http://localhost:3000" }));
const logged: string[] = [];
setLogDestination({ write: (line: string) => logged.push(line) });

/** Nobody is in no column: whoever is not signed in gets nothing. */
type Row = { subject: string; allowed: StaffRole[] };

const document = readFileSync("docs/roles.md", "utf8");

function rowsUnder(heading: string): Row[] {
  const [, rest = ""] = document.split(`\n## ${heading}\n`);
  const [section = ""] = rest.split("\n## ");
  return section
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => {
      const [subject = "", ...answers] = line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim());
      return {
        subject: subject.replaceAll("`", ""),
        allowed: STAFF_ROLES.filter((_role, index) => answers[index] === "yes"),
      };
    });
}

const PORTAL = readSourceFiles((path) => path.startsWith("app/(portal)/"));
const actions = PORTAL.filter(({ path }) => path.endsWith("actions.ts")).flatMap(({ path, text }) =>
  Array.from(text.matchAll(/^export const (\w+) = staffAction\(/gm), ([, name = ""]) => ({ path, name })),
);
const pages = PORTAL.filter(({ path }) => path.endsWith("/page.tsx")).map(({ path }) => ({
  path,
  address: path.replace(/^app\/\(portal\)/, "").replace(/\/page\.tsx$/, "") || "/",
}));

type Module = Record<string, unknown>;

// Before the first test, because no test is to be measured by how long it takes to read the whole portal.
const modules = new Map<string, Module>();
for (const { path } of [...actions, ...pages]) {
  if (!modules.has(path)) modules.set(path, (await import(/* @vite-ignore */ resolve(path))) as Module);
}
const FRAME = "app/(portal)/applications/[applicationId]/_components/frame/application-frame.tsx";
const { ApplicationFrame } = (await import(/* @vite-ignore */ resolve(FRAME))) as Module;
modules.set(FRAME, { default: ApplicationFrame });

async function inRole<Result>(role: StaffRole | undefined, run: () => Promise<Result>): Promise<Result> {
  situation.role = role;
  return runWithRequestContext({ clientAddress: "192.0.2.7", requestId: "r-1", target: "/rooms?page=2" }, run);
}

/** Every action refuses nothing as input, so that who may call it gets no further than that. */
async function callAction(path: string, name: string): Promise<unknown> {
  const action = modules.get(path)?.[name] as (input: unknown) => Promise<{ error: { reason: string } }>;
  return (await action(undefined)).error.reason;
}

const ID = "0190a5c0-0000-7000-8000-000000000001";
async function openPage(path: string): Promise<string> {
  const page = modules.get(path)?.default as (props: unknown) => Promise<unknown>;
  // A promise resolves with what has a `then` only after calling it.
  const params = new Proxy({}, { get: (_target, name) => (name === "then" ? undefined : ID) });
  try {
    await page({ params: Promise.resolve(params), searchParams: Promise.resolve({}) });
    return "shown without asking who it is";
  } catch (error) {
    if (error instanceof LetIn) return "allowed";
    const { digest } = error as { digest?: string };
    if (digest?.startsWith("NEXT_REDIRECT") === true && digest.includes(";/sign-in?to=%2Frooms%3Fpage%3D2;")) {
      return "sign-in, and back";
    }
    if (digest === "NEXT_HTTP_ERROR_FALLBACK;403") return "forbidden";
    return "broken before it asked who it is";
  }
}

/** The permission that the nearest `forbidden.tsx` above a page names. */
async function forbiddenPageOf(path: string): Promise<Permission> {
  const folders = path.split("/").slice(0, -1);
  const found = folders
    .map((_folder, index) => `${folders.slice(0, folders.length - index).join("/")}/forbidden.tsx`)
    .find((file) => PORTAL.some((one) => one.path === file));
  if (found === undefined) throw new Error(`No forbidden.tsx stands above ${path}.`);
  const { default: Forbidden } = (await import(/* @vite-ignore */ resolve(found))) as {
    default(): { props: { permission: Permission } };
  };
  return Forbidden().props.permission;
}

describe("docs/roles.md", () => {
  it("has a row for every action of the portal, and for none that does not exist", () => {
    expect(rowsUnder("Actions").map(({ subject }) => subject)).toEqual(actions.map(({ name }) => name).sort());
  });

  it("has a row for every page of the portal, and for none that does not exist", () => {
    expect(rowsUnder("Pages").map(({ subject }) => subject)).toEqual(pages.map(({ address }) => address).sort());
  });
});

describe.each(rowsUnder("Actions"))("$subject", ({ subject, allowed }) => {
  const path = actions.find(({ name }) => name === subject)?.path ?? "";

  it("answers nobody who is not signed in", async () => {
    expect(await inRole(undefined, () => callAction(path, subject))).toBe("session_ended");
  });

  it.each(STAFF_ROLES)("answers a %s as the table says", async (role) => {
    const expected = allowed.includes(role) ? "invalid" : "forbidden";
    expect(await inRole(role, () => callAction(path, subject))).toBe(expected);
  });
});

describe("the frame around the pages of an application", () => {
  it("sends whoever is not signed in to do so, and back afterwards, as its pages do", async () => {
    expect(await inRole(undefined, () => openPage(FRAME))).toBe("sign-in, and back");
  });

  it.each(STAFF_ROLES)("is there for a %s", async (role) => {
    expect(await inRole(role, () => openPage(FRAME))).toBe("allowed");
  });
});

describe.each(rowsUnder("Pages"))("the page $subject", ({ subject, allowed }) => {
  const path = pages.find(({ address }) => address === subject)?.path ?? "";

  it("sends whoever is not signed in to do so, and back afterwards", async () => {
    expect(await inRole(undefined, () => openPage(path))).toBe("sign-in, and back");
  });

  it.each(STAFF_ROLES)("answers a %s as the table says", async (role) => {
    const expected = allowed.includes(role) ? "allowed" : "forbidden";
    expect(await inRole(role, () => openPage(path))).toBe(expected);
  });

  it("tells whoever may not open it which role does, and the log why, as a matter of course", async () => {
    for (const role of STAFF_ROLES.filter((one) => !allowed.includes(one))) {
      logged.length = 0;
      await inRole(role, () => openPage(path));
      const line = JSON.parse(logged.at(-1) ?? "{}") as { detail?: string };
      expect(line).toEqual({
        level: "info",
        time: expect.any(String),
        request_id: "r-1",
        event: "page_refused",
        reason: "forbidden",
        detail: expect.stringMatching(new RegExp(`^The role ${role} lacks [a-z:-]+\\.$`)),
        msg: "a page was refused",
      });
      const shown = await inRole(role, () => forbiddenPageOf(path));
      expect(allowed[0]).toBe(leastRoleWith(shown));
    }
  });
});
