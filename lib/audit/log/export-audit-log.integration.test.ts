import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { storeAuditEvent } from "@/lib/testing/staff/audit-events";
import { exportAuditLog } from "./export-audit-log";
import { type ExportedAuditEvent, listAuditEventBatches } from "./list-audit-event-batches";

useTestDatabase();

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 9, minutes));

/** The text with its byte order mark, which a response drops. */
async function readText(response: Response): Promise<string> {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await response.arrayBuffer());
}

describe("an export of the audit log", () => {
  it("writes every column of an event as CSV, with no formula in it", async () => {
    const name = '=HYPERLINK("https://evil.example")';
    const { id: targetId } = await database().application.create({
      data: { name, clientId: randomUUID() },
      select: { id: true },
    });
    const id = await storeAuditEvent({
      targetId,
      at: at(0),
      ip: "192.0.2.7",
      requestId: "r-1",
      changes: { name: { before: "Diary", after: name } },
    });
    const response = exportAuditLog({ target: `application:${targetId}` }, "csv");
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="audit-log.csv"');
    expect(await readText(response)).toBe(
      [
        "\uFEFFid,at,action,actor_kind,actor_id,actor_name,on_behalf_of_id,on_behalf_of_name,target_kind,target_id,target_name,ip,request_id,changes",
        `${id},2026-01-01T09:00:00.000Z,application.updated,system,,,,,application,${targetId},"'=HYPERLINK(""https://evil.example"")",192.0.2.7,r-1,"{""name"":{""after"":""=HYPERLINK(\\""https://evil.example\\"")"",""before"":""Diary""}}"`,
        "",
      ].join("\r\n"),
    );
  });

  it("writes an event as JSON with its changes as they are stored", async () => {
    const targetId = randomUUID();
    const changes = { scopes: { before: ["rooms:list"], after: [] } };
    const id = await storeAuditEvent({ targetId, at: at(0), changes });
    expect(await exportAuditLog({ target: `application:${targetId}` }, "json").json()).toEqual([
      {
        id,
        at: "2026-01-01T09:00:00.000Z",
        action: "application.updated",
        actor: { kind: "system", id: null, name: null },
        on_behalf_of: null,
        target: { kind: "application", id: targetId, name: null },
        ip: null,
        request_id: null,
        changes,
      },
    ]);
  });

  it("holds exactly what the filter lets through, each event once, newest first, in batches", async () => {
    const targetId = randomUUID();
    const stored: string[] = [];
    for (let index = 0; index < 7; index += 1) stored.push(await storeAuditEvent({ targetId, at: at(index >> 1) }));
    await storeAuditEvent({ at: at(1) });
    const batches: ExportedAuditEvent[][] = [];
    for await (const batch of listAuditEventBatches({ target: `application:${targetId}` }, 3)) batches.push(batch);
    expect(batches.map((batch) => batch.length)).toEqual([3, 3, 1]);
    expect(
      batches
        .flat()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(stored.sort());
    const times = batches.flat().map((entry) => entry.at.getTime());
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  it("holds nothing that arrives while it is read", async () => {
    const targetId = randomUUID();
    for (let index = 0; index < 4; index += 1) await storeAuditEvent({ targetId, at: at(index) });
    const batches = listAuditEventBatches({ target: `application:${targetId}` }, 2);
    await batches.next();
    await storeAuditEvent({ targetId, at: at(30) });
    expect((await batches.next()).value).toHaveLength(2);
  });
});
