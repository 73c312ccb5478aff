import { resolve } from "node:path";
import { lockDataDirectory } from "@/lib/db/data-directory/data-directory-lock";
import { orUnusable } from "@/lib/db/data-directory/prepare-data-directory";
import { openDatabase } from "@/lib/db/open-database";
import { setConfig } from "@/lib/env/config";
import { ensureKeys } from "@/lib/env/keys/ensure-keys";
import type { Settings } from "@/lib/env/parse-environment";

/**
 * Runs `work` on the configured database, which is closed afterwards. The embedded one is opened by one process at a
 * time, so no server may use it meanwhile.
 */
export async function withDatabase(settings: Settings, work: () => Promise<void>): Promise<void> {
  const lock =
    settings.databaseUrl === undefined
      ? await lockDataDirectory(settings.dataDirectory, { onLost: () => process.exit(1) })
      : undefined;
  try {
    setConfig(await orUnusable(settings.dataDirectory, () => ensureKeys(settings)));
    const opened = await openDatabase(settings, resolve("prisma/migrations"));
    await work().finally(() => opened.close());
  } finally {
    await lock?.release();
  }
}
