import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { send } from "../support/http-client";
import { startOwnServer } from "../support/own-server";
import { copyDataDirectory, makeDataDirectory, neutralEnvironment } from "../support/server";

test.describe.configure({ mode: "serial" });

const run = promisify(execFile);

/** What the operator runs beside the server. */
function rotate(dataDirectory: string, ...args: string[]) {
  const env = { ...process.env, ...neutralEnvironment(), DATA_DIR: dataDirectory };
  return run(process.execPath, ["scripts/run.mjs", "rotate-keys", ...args], { env });
}

async function publishedKids(baseUrl: string): Promise<string[]> {
  const { json } = await send(baseUrl, { path: "/api/oauth/jwks" });
  return (json as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
}

// Conformance: M03
test("a running server publishes a rotated key beside the old one, and a restarted one too", async () => {
  const dataDirectory = copyDataDirectory("rotate");
  const server = await startOwnServer({ DATA_DIR: dataDirectory });
  await server.ready;
  const before = await publishedKids(server.baseUrl);
  const { stdout } = await rotate(dataDirectory);
  const [, added = ""] = /Added ES256 key (\S+)\. It signs from /.exec(stdout) ?? [];
  expect(stdout).not.toContain('"d"');
  await expect.poll(() => publishedKids(server.baseUrl)).toEqual([added, ...before]);
  await expect.poll(() => server.output()).toContain('"signing_keys_reloaded"');
  server.process.kill("SIGTERM");
  expect(await server.exited).toEqual({ code: 0, signal: null });

  const again = await startOwnServer({ DATA_DIR: dataDirectory });
  await again.ready;
  expect(await publishedKids(again.baseUrl)).toEqual([added, ...before]);
  again.process.kill("SIGTERM");
  await again.exited;
});

test("a rotation that cannot be done says why in one sentence, and fails", async () => {
  const failure = await rotate(makeDataDirectory("empty")).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 1, stdout: "" });
  expect(String((failure as { stderr: string }).stderr)).toMatch(
    / does not exist: the first start of the server makes it\.\n$/,
  );
});
