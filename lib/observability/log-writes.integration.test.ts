import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyEmbeddedTemplate } from "@/lib/testing/database/embedded-snapshot";
import { prepareChildScript } from "@/lib/testing/process/child-script";

const TOKENS = 100;
/** What the log gives to one write at most. */
const WRITE_BYTES = 16 * 1024;

describe(`the lines of ${TOKENS} tokens at once`, () => {
  let asker: Awaited<ReturnType<typeof prepareChildScript>>;
  let dataDirectory: string;

  beforeAll(async () => {
    asker = await prepareChildScript("lib/testing/process/token-burst.child.ts");
    dataDirectory = await mkdtemp(join(tmpdir(), "vestibule-log-writes-"));
    await copyEmbeddedTemplate(dataDirectory);
  });
  afterAll(async () => {
    await asker.dispose();
    await rm(dataDirectory, { recursive: true });
  });

  it("are one for each, and go together: no token waits for a write, and few are made", async () => {
    const child = asker.start(dataDirectory, String(TOKENS));
    expect((await child.exited).code).toBe(0);
    const lines = child.lines.filter((line) => line.startsWith("{"));
    expect(lines.map((line): unknown => JSON.parse(line).event)).toEqual(Array(TOKENS + 1).fill("token_issued"));
    const wrote = Number(child.lines.find((line) => line.startsWith("wrote "))?.slice("wrote ".length));
    const bytes = lines.slice(1).reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
    expect(wrote).toBeGreaterThan(0);
    // The one that was under way when the others came, and those that take them, at least half full.
    expect(wrote).toBeLessThanOrEqual(1 + Math.ceil(bytes / (WRITE_BYTES / 2)));
  });
});
