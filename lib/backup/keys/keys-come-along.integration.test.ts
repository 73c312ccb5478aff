import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, expect, it } from "vitest";
import { makeBackup } from "@/lib/backup/make-backup";
import { moveDatabase } from "@/lib/backup/move-database";
import { restoreBackup } from "@/lib/backup/restore-backup";
import { openDatabase } from "@/lib/db/open-database";
import { setConfig } from "@/lib/env/config";
import { ensureKeys } from "@/lib/env/keys/ensure-keys";
import { parseEnvironment } from "@/lib/env/parse-environment";
import { makeTarget, type RestoreTarget, TARGETS } from "@/lib/testing/backup/restore-targets";
import { copyEmbeddedTemplate } from "@/lib/testing/database/embedded-snapshot";
import { createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import { askForToken, callExternal, captureLog, obtainToken } from "@/lib/testing/machine/machine-requests";
import { listRoute, openUntimedMachine } from "@/lib/testing/machine/untimed-machine";
import { collectKeys } from "./product-keys";
import { sealKeys } from "./seal-keys";

const MIGRATIONS = resolve("prisma/migrations");
const PASSPHRASE = "a passphrase of tests";

let folder: string | undefined;
let target: RestoreTarget | undefined;
afterEach(() => target?.dispose());
afterAll(() => folder && rm(folder, { recursive: true }));

/** Runs the machine API as a server would that is started on this data directory. */
async function withMachine<Result>(
  { dataDirectory, databaseUrl }: RestoreTarget["location"],
  work: (machine: ReturnType<typeof openUntimedMachine>) => Promise<Result>,
): Promise<Result> {
  const config = await ensureKeys(await parseEnvironment({ DATA_DIR: dataDirectory }));
  setConfig(config);
  const { close } = await openDatabase({ databaseUrl, dataDirectory }, MIGRATIONS);
  const machine = openUntimedMachine({}, config);
  const log = captureLog();
  try {
    return await work(machine);
  } finally {
    await machine.settled();
    log.stop();
    await close();
    setConfig(undefined);
  }
}

async function expectBoth(location: RestoreTarget["location"], client: TestClient, token: string): Promise<void> {
  await withMachine(location, async (machine) => {
    expect((await askForToken(machine, client)).status).toBe(200);
    expect((await callExternal(listRoute(machine), { token })).status).toBe(200);
    expect((await askForToken(machine, { ...client, secret: `${client.secret.slice(0, -1)}!` })).status).toBe(401);
  });
}

it.each(TARGETS)("a secret and a token from before work after a restore into %s", async (into) => {
  folder ??= await mkdtemp(join(tmpdir(), "vestibule-keys-"));
  const dataDirectory = join(folder, into);
  await mkdir(dataDirectory);
  const location = { databaseUrl: undefined, dataDirectory };
  await ensureKeys(await parseEnvironment({ DATA_DIR: dataDirectory }));
  await copyEmbeddedTemplate(dataDirectory);
  const { client, token } = await withMachine(location, async (machine) => {
    const made = await createTestClient();
    return { client: made, token: await obtainToken(machine, made) };
  });

  const file = join(folder, `${into}.gz`);
  const keys = await sealKeys(await collectKeys({}, dataDirectory), PASSPHRASE);
  await makeBackup(file, { location, migrationsFolder: MIGRATIONS, product: "1.2.3", now: new Date(), keys });
  target = await makeTarget(into);
  const passphrase = async () => PASSPHRASE;
  await restoreBackup(file, { location: target.location, migrationsFolder: MIGRATIONS, passphrase });
  await expectBoth(target.location, client, token);

  if (into !== "postgresql") return;
  const moved = await makeTarget(into);
  const to = moved.location.databaseUrl ?? "";
  await moveDatabase({ dataDirectory, to }, MIGRATIONS);
  await expectBoth({ databaseUrl: to, dataDirectory }, client, token);
  await moved.dispose();
});
