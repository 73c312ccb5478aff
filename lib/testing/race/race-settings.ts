import type { Config } from "@/lib/env/config";
import { testConfig } from "@/lib/testing/test-config";

const MANY = 1_000_000;

/** A configuration in which no quota ends a race before its time. */
export const RACE_CONFIG: Partial<Config> = {
  tokenRequestsPerMinute: MANY,
  externalApi: { ...testConfig().externalApi, requestsPerMinute: MANY },
};
