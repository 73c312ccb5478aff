// Counts three events under one key, as a process of the product would, and prints how many there were each time.

import { createRequire } from "node:module";
import { createRateLimiter } from "@/lib/http/rate-limiter";
import { openSharedLimits } from "@/lib/server/processes/shared-limits";
import { REDIS_PATIENCE } from "@/lib/testing/process/loopback";
import { testConfig } from "@/lib/testing/test-config";

const [url = "", authSecret = ""] = process.argv.slice(2);

const limits = await openSharedLimits({ ...testConfig(), redisUrl: url || undefined, authSecret }, REDIS_PATIENCE);
const limiter = createRateLimiter({ name: "tested", quota: 100, windowSeconds: 60 });
for (let event = 0; event < 3; event += 1) {
  const { remaining } = await limiter.consume("a");
  process.stdout.write(`count ${100 - remaining}\n`);
}
await limits.close();

const isLoaded = Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes("/ioredis/"));
process.stdout.write(`client library loaded: ${isLoaded}\n`);
