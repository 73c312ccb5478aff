import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyEmbeddedTemplate } from "@/lib/testing/database/embedded-snapshot";
import { prepareChildScript } from "@/lib/testing/process/child-script";
import { database } from "./client";
import { lockDataDirectory } from "./data-directory/data-directory-lock";
import { openDatabase } from "./open-database";

const MIGRATIONS = resolve("prisma/migrations");
const ROUNDS = 4;

describe("kill -9 while the embedded database writes", () => {
  let writer: Awaited<ReturnType<typeof prepareChildScript>>;
  let dataDirectory: string;

  beforeAll(async () => {
    writer = await prepareChildScript("lib/testing/process/crash-writer.child.ts");
    dataDirectory = await mkdtemp(join(tmpdir(), "vestibule-crash-"));
    await copyEmbeddedTemplate(dataDirectory);
  });
  afterAll(async () => {
    await writer.dispose();
    await rm(dataDirectory, { recursive: true });
  });

  it("loses nothing that was acknowledged, round after round", async () => {
    const acknowledged = new Set<string>();
    for (let round = 1; round <= ROUNDS; round += 1) {
      const child = writer.start(dataDirectory);
      // Another moment in each round, always with a write under way.
      let count = 0;
      await child.line((line) => line.startsWith("acknowledged") && ++count >= round * 17);
      child.process.kill("SIGKILL");
      await child.exited;
      for (const line of child.lines) if (line.startsWith("acknowledged ")) acknowledged.add(line.slice(13));
    }

    const lock = await lockDataDirectory(dataDirectory, { onLost: () => {} });
    const opened = await openDatabase({ databaseUrl: undefined, dataDirectory }, MIGRATIONS);
    const found = new Set((await database().person.findMany({ select: { email: true } })).map(({ email }) => email));
    await opened.close();
    await lock.release();
    expect([...acknowledged].filter((email) => !found.has(email))).toEqual([]);
    expect(acknowledged.size).toBeGreaterThanOrEqual(17 * 10);
    // At most the one write of each round whose acknowledgement was under way.
    expect(found.size - acknowledged.size).toBeLessThanOrEqual(ROUNDS);
  });
});
