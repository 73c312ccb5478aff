// Creates rooms under idempotency keys as fast as it can, and names each one only after its answer is there.

import { randomUUID } from "node:crypto";
import { database, storeWithin } from "@/lib/db/client";
import { lockDataDirectory } from "@/lib/db/data-directory/data-directory-lock";
import { openDatabase } from "@/lib/db/open-database";
import { setConfig } from "@/lib/env/config";
import { jsonAnswer } from "@/lib/machine/external/external-answer";
import { runOnce } from "@/lib/machine/external/idempotency";
import { createRoom } from "@/lib/rooms/create-room";
import type { RoomContext } from "@/lib/rooms/room-context";
import { actingFor } from "@/lib/testing/machine/machine-application";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";

const [dataDirectory = "", firstKey = "0"] = process.argv.slice(2);

await lockDataDirectory(dataDirectory, { onLost: () => process.exit(3) });
await openDatabase({ databaseUrl: undefined, dataDirectory }, "prisma/migrations");
setConfig(testConfig());
const select = { id: true } as const;
const application =
  (await database().application.findFirst({ select })) ??
  (await database().application.create({ data: { name: "Calendar", clientId: randomUUID() }, select }));
const person =
  (await database().person.findFirst({ select })) ??
  (await database().person.create({ data: { email: "ana@example.com" }, select }));
const actor = actingFor(person.id, application.id);
const ctx: RoomContext = { ...contextOf(actor), domains: "any" };

for (let number = Number(firstKey); ; number += 1) {
  const call = { actor, method: "POST", path: "/rooms", key: `key-${number}`, content: {} };
  process.stdout.write(`asked ${number}\n`);
  const answer = await runOnce(call, { running: new Set(), now: new Date() }, async (tx) => {
    const { room } = await createRoom(storeWithin(tx), ctx, {});
    return jsonAnswer({ id: room.id }, { status: 201 });
  });
  process.stdout.write(`answered ${number} ${answer.text}\n`);
}
