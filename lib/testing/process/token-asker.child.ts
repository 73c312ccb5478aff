// Asks for tokens, eight at a time, and names each one only after it was handed out.

import { database } from "@/lib/db/client";
import { lockDataDirectory } from "@/lib/db/data-directory/data-directory-lock";
import { openDatabase } from "@/lib/db/open-database";
import { setConfig } from "@/lib/env/config";
import { createM2mApi } from "@/lib/machine/m2m-api";
import { setLogDestination } from "@/lib/observability/logger";
import { createTestClient } from "@/lib/testing/machine/machine-application";
import { obtainToken } from "@/lib/testing/machine/machine-requests";
import { testConfig } from "@/lib/testing/test-config";

const AT_ONCE = 8;
const [dataDirectory = ""] = process.argv.slice(2);

await lockDataDirectory(dataDirectory, { onLost: () => process.exit(3) });
await openDatabase({ databaseUrl: undefined, dataDirectory }, "prisma/migrations");
setLogDestination({ write: () => {} });
setConfig(testConfig());
const machine = createM2mApi(testConfig());
const client = await createTestClient();
await database().person.create({ data: { email: `p${process.pid}@example.com` }, select: { id: true } });

async function ask(): Promise<void> {
  for (;;) {
    const token = await obtainToken(machine, client, { fields: { scope: `p${process.pid}@example.com` } });
    const { jti } = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    process.stdout.write(`handed-out ${jti}\n`);
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, ask));
