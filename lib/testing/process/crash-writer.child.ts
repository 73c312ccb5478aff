// Writes people as fast as it can and names each one only after the database has acknowledged it.

import { database } from "@/lib/db/client";
import { lockDataDirectory } from "@/lib/db/data-directory/data-directory-lock";
import { openDatabase } from "@/lib/db/open-database";

const [dataDirectory = ""] = process.argv.slice(2);

await lockDataDirectory(dataDirectory, { onLost: () => process.exit(3) });
await openDatabase({ databaseUrl: undefined, dataDirectory }, "prisma/migrations");
const prefix = process.pid;
for (let number = 0; ; number += 1) {
  const { email } = await database().person.create({ data: { email: `p${prefix}-${number}@example.com` } });
  process.stdout.write(`acknowledged ${email}\n`);
}
