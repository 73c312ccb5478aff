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

describe("kill -9 while rooms are created under idempotency keys", () => {
  let writer: Awaited<ReturnType<typeof prepareChildScript>>;
  let dataDirectory: string;

  beforeAll(async () => {
    writer = await prepareChildScript("lib/testing/process/room-writer.child.ts");
    dataDirectory = await mkdtemp(join(tmpdir(), "vestibule-rooms-crash-"));
    await copyEmbeddedTemplate(dataDirectory);
  });
  afterAll(async () => {
    await writer.dispose();
    await rm(dataDirectory, { recursive: true });
  });

  // Conformance: K08
  it("leaves a room for every key and a key for every room, and the retry gets the same one", async () => {
    const answers = new Map<string, Set<string>>();
    let firstKey = 0;
    for (let round = 1; round <= ROUNDS; round += 1) {
      // Each round begins with the key that was under way when the last one was killed: that is the retry.
      const child = writer.start(dataDirectory, String(firstKey));
      let count = 0;
      await child.line((line) => line.startsWith("answered") && ++count >= round * 5);
      child.process.kill("SIGKILL");
      await child.exited;
      for (const line of child.lines) {
        const [, number = "", text = ""] = /^answered (\d+) (.*)$/.exec(line) ?? [];
        if (number !== "") answers.set(number, (answers.get(number) ?? new Set()).add(text));
        const asked = /^asked (\d+)$/.exec(line)?.[1];
        // Also repeats one that was answered, so that a stored answer is asked for in every round.
        if (asked !== undefined) firstKey = Math.max(0, Number(asked) - 1);
      }
    }

    const lock = await lockDataDirectory(dataDirectory, { onLost: () => {} });
    const opened = await openDatabase({ databaseUrl: undefined, dataDirectory }, resolve("prisma/migrations"));
    const rooms = await database().room.findMany({ select: { id: true } });
    const keys = await database().idempotencyKey.findMany({ select: { responseBody: true } });
    await opened.close();
    await lock.release();
    expect([...answers.values()].filter((texts) => texts.size !== 1)).toEqual([]);
    expect(keys.map(({ responseBody }) => responseBody).sort()).toEqual(
      rooms.map(({ id }) => JSON.stringify({ id })).sort(),
    );
    expect(rooms.length).toBeGreaterThanOrEqual(ROUNDS * 5);
  });
});
