// A server that is written to: it makes rooms with their audit events as fast as it can, lets backups ask for copies, and names
// each room only after the database has acknowledged it.
import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { offerCopies } from "@/lib/backup/live/offer-copies";
import { database, storeWithin } from "@/lib/db/client";
import { lockDataDirectory } from "@/lib/db/data-directory/data-directory-lock";
import { openDatabase } from "@/lib/db/open-database";
import { setConfig } from "@/lib/env/config";
import { createRoom } from "@/lib/rooms/create-room";
import type { RoomContext } from "@/lib/rooms/room-context";
import { actingFor } from "@/lib/testing/machine/machine-application";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";

const [dataDirectory = ""] = process.argv.slice(2);

await lockDataDirectory(dataDirectory, { onLost: () => process.exit(3) });
const { copyFiles } = await openDatabase({ databaseUrl: undefined, dataDirectory }, "prisma/migrations");
if (copyFiles === undefined) throw new Error("The embedded database cannot be copied.");
await offerCopies({ dataDirectory, copyFiles });
setConfig(testConfig());
const select = { id: true } as const;
const application = await database().application.create({ data: { name: "Calendar", clientId: randomUUID() }, select });
const person = await database().person.create({ data: { email: `${randomUUID()}@example.com` }, select });
const ctx: RoomContext = { ...contextOf(actingFor(person.id, application.id)), domains: "any" };

for (;;) {
  const { room } = await database().$transaction((tx) => createRoom(storeWithin(tx), ctx, {}));
  process.stdout.write(`made ${room.id}\n`);
  // The embedded database answers without the event loop, which whoever asks for a copy needs: requests of a server come with it.
  await nextTurn();
}
