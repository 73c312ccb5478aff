import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { lockDataDirectory } from "@/lib/db/data-directory/data-directory-lock";
import { openDatabase } from "@/lib/db/open-database";
import { copyEmbeddedTemplate } from "@/lib/testing/database/embedded-snapshot";
import { prepareChildScript } from "@/lib/testing/process/child-script";

const ROUNDS = 3;

describe("kill -9 while tokens are handed out", () => {
  let asker: Awaited<ReturnType<typeof prepareChildScript>>;
  let dataDirectory: string;

  beforeAll(async () => {
    asker = await prepareChildScript("lib/testing/process/token-asker.child.ts");
    dataDirectory = await mkdtemp(join(tmpdir(), "vestibule-tokens-crash-"));
    await copyEmbeddedTemplate(dataDirectory);
  });
  afterAll(async () => {
    await asker.dispose();
    await rm(dataDirectory, { recursive: true });
  });

  it("leaves a row for every token that was handed out", async () => {
    const handedOut = new Set<string>();
    for (let round = 1; round <= ROUNDS; round += 1) {
      const child = asker.start(dataDirectory);
      let count = 0;
      await child.line((line) => line.startsWith("handed-out") && ++count >= round * 17);
      child.process.kill("SIGKILL");
      await child.exited;
      for (const line of child.lines) if (line.startsWith("handed-out ")) handedOut.add(line.slice(11));
    }
    const lock = await lockDataDirectory(dataDirectory, { onLost: () => {} });
    const opened = await openDatabase({ databaseUrl: undefined, dataDirectory }, resolve("prisma/migrations"));
    const rows = await database().$queryRaw<{ jti: string }[]>`SELECT "jti" FROM "activity" WHERE "jti" IS NOT NULL`;
    await opened.close();
    await lock.release();
    const stored = new Set(rows.map(({ jti }) => jti));
    expect([...handedOut].filter((jti) => !stored.has(jti))).toEqual([]);
    expect(handedOut.size).toBeGreaterThanOrEqual(17 * 6);
  });
});
