import { afterEach, describe, expect, it, vi } from "vitest";
import { readSourceFiles } from "@/lib/testing/source-files";

type ErrorClass = new (...args: unknown[]) => Error;

/** What comes out of something that exists once in a process, whichever bundle has made that; with what makes one. */
const BETWEEN_BUNDLES: Readonly<Record<string, { path: string; args: unknown[] }>> = {
  AppError: { path: "@/lib/errors/app-error", args: ["unavailable", "sign_in_throttled"] },
  HttpProblem: { path: "@/lib/http/problem", args: [{ status: 429, code: "quota_exceeded", detail: "Wait." }] },
  JwksFetchError: { path: "@/lib/machine/client/fetch-client-jwks", args: ["timeout"] },
  OpenIdError: { path: "@/lib/openid/openid-error", args: ["provider_unreachable"] },
  VerificationOverloadedError: { path: "@/lib/secrets/verification-queue", args: [2] },
};

/** The others, and why none of them meets another copy of its class. */
const WITHIN_ONE: Readonly<Record<string, string>> = {
  BackupError: "thrown and told by the scripts",
  DataDirectoryError: "thrown and told at the start, by server.ts and the scripts",
  DataDirectoryBusyError: "thrown and told at the start, by server.ts and the scripts",
  DatabaseStartError: "thrown and told at the start, by server.ts and the scripts",
  EnvironmentError: "thrown and told at the start, by server.ts and the scripts",
  GroupWriterFullError: "known by its code, as the errors of the driver are",
  JwkError: "caught by whoever reads the key",
  KeyFileBusyError: "thrown and told by the scripts",
  MigrationError: "caught by whoever applies the migrations",
  NoSchemaError: "caught by whoever opens the database",
  PoolerError: "caught by whoever opens or migrates the database",
  OAuthError: "has a brand of its own, isOAuthError: lib/oauth imports nothing",
  SecretFieldError: "a bug, which nobody catches by its class",
  SigningKeyError: "caught by whoever reads the file",
  ValueError: "caught by whoever reads the environment",
};

const declared = readSourceFiles((path) => path.startsWith("lib/") && !/\.test\.ts$/.test(path)).flatMap(({ text }) =>
  Array.from(text.matchAll(/^export class (\w+) extends \w*Error\b/gm), ([, name = ""]) => name),
);

afterEach(() => vi.resetModules());

async function importAnew(path: string, name: string): Promise<ErrorClass> {
  vi.resetModules();
  const module: Record<string, ErrorClass> = await import(/* @vite-ignore */ path);
  const found = module[name];
  if (found === undefined) throw new Error(`${path} does not export ${name}.`);
  return found;
}

describe("the error classes of the product", () => {
  it("are each in one of the two tables", () => {
    expect(declared.sort()).toEqual([...Object.keys(BETWEEN_BUNDLES), ...Object.keys(WITHIN_ONE)].sort());
  });

  it.each(Object.entries(BETWEEN_BUNDLES))("%s knows an error of the class in another bundle", async (name, entry) => {
    const [one, other] = [await importAnew(entry.path, name), await importAnew(entry.path, name)];
    expect(one).not.toBe(other);
    const error = new one(...entry.args);
    expect(error).toBeInstanceOf(other);
    expect(error).toBeInstanceOf(one);
  });

  it.each(Object.entries(BETWEEN_BUNDLES))("%s knows nothing else", async (name, { path }) => {
    const known = await importAnew(path, name);
    for (const value of [new Error(name), new TypeError("x"), { name }, name, null, undefined]) {
      expect(value instanceof known).toBe(false);
    }
  });
});
