// The other process of a race: it asks with what it is told, and says what came of it.

import { openDatabase } from "@/lib/db/open-database";
import { setConfig } from "@/lib/env/config";
import { testConfig } from "@/lib/testing/test-config";
import { type RaceCredentials, startLoad } from "./race-load";
import { RACE_CONFIG } from "./race-settings";

/** In order, round by round: what to ask with, and then the moment that divides before from after. */
export type RaceOrder = { credentials: RaceCredentials } | { endedAt: number };

const [databaseUrl = ""] = process.argv.slice(2);

await openDatabase({ databaseUrl, dataDirectory: "" }, "prisma/migrations");
setConfig(testConfig(RACE_CONFIG));
let load: ReturnType<typeof startLoad> | undefined;

process.on("message", async (order: RaceOrder) => {
  if ("credentials" in order) {
    load = startLoad(order.credentials);
    await load.begun;
    process.send?.("begun");
  } else process.send?.((await load?.finish(order.endedAt)) ?? null);
});
process.on("disconnect", () => process.exit(0));
process.send?.("open");
