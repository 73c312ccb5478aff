import { readdirSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { startOwnServer } from "../support/own-server";
import { makeDataDirectory } from "../support/server";

test("a bad environment stops the start: every problem by name, no value, nothing written", async () => {
  const DATA_DIR = makeDataDirectory("bad");
  const server = await startOwnServer({
    DATA_DIR,
    PUBLIC_URL: "http://canary.example",
    AUTH_SECRET: "canary",
    TRUSTED_PROXY_HOPS: "canary",
    MASTER_KEY_FILE: "/nonexistent/canary",
  });
  expect(await server.exited).toEqual({ code: 1, signal: null });
  expect(server.output()).toBe(
    [
      "",
      "Vestibule did not start.",
      "",
      "The environment is not usable:",
      "  MASTER_KEY_FILE: names a file that cannot be read (ENOENT)",
      "  PUBLIC_URL: must be https; plain http is for loopback hosts only",
      "  AUTH_SECRET: must have at least 32 characters",
      "  TRUSTED_PROXY_HOPS: must be a whole number from 0 to 10",
      "",
      "",
    ].join("\n"),
  );
  expect(readdirSync(DATA_DIR)).toEqual([]);
});

test("a database server without keys is refused before anything connects", async () => {
  const server = await startOwnServer({ DATABASE_URL: "postgresql://someone:canary@127.0.0.1:9/none" });
  expect(await server.exited).toEqual({ code: 1, signal: null });
  for (const name of ["MASTER_KEY", "AUTH_SECRET", "TOKEN_SIGNING_KEYS"]) {
    expect(server.output()).toContain(`  ${name}: is required with DATABASE_URL`);
  }
  expect(server.output()).not.toContain("canary");
});

test("a data directory that cannot be made is refused at once, in one sentence", async () => {
  // The kernel makes the folders there, for root as for anybody.
  const server = await startOwnServer({ DATA_DIR: "/proc/nope" });
  expect(await server.exited).toEqual({ code: 1, signal: null });
  expect(server.output()).toContain(
    "DATA_DIR: /proc/nope cannot be used as the data directory (ENOENT). Name a folder that this process may write to.",
  );
  expect(server.output()).not.toContain("    at ");
});

test("an address of a database whose password was not percent-encoded is refused without any part of it", async () => {
  const server = await startOwnServer({ DATABASE_URL: "postgresql://someone:one#canary@127.0.0.1:9/none" });
  expect(await server.exited).toEqual({ code: 1, signal: null });
  expect(server.output()).toContain(
    "  DATABASE_URL: cannot be taken apart: in the user name and the password write # as %23",
  );
  expect(server.output()).not.toContain("canary");
});
