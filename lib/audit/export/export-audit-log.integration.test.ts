import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { storeAuditEvent } from "@/lib/testing/staff/audit-events";
import { extendAuditChain } from "../chain/extend-audit-chain";
import { findAuditChainHead } from "../chain/find-audit-chain-head";
import type { AuditAddress } from "../log/audit-log.schema";
import { getAuditView } from "../log/get-audit-view";
import { exportAuditLog } from "./export-audit-log";
import { type ExportedAuditEvent, listAuditEventBatches } from "./list-audit-event-batches";

useTestDatabase();

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 9, minutes));

const NOW = new Date("2026-11-22T12:00:00Z");

async function exported(asked: AuditAddress, format: "csv" | "json"): Promise<Response> {
  const clock = { now: NOW, zone: "Europe/Paris" };
  return exportAuditLog({ view: await getAuditView(asked, clock), format, ...clock });
}

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
    const response = await exported({ involving: `application:${targetId}` }, "csv");
    expect(response.headers.get("content-disposition")).toBe(
      'attachment; filename="audit-log-1-event-until-2026-11-22-staff-changes-involving-hyperlink-https-evil-example.csv"',
    );
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
    const { events } = await (await exported({ target: `application:${targetId}` }, "json")).json();
    expect(events).toEqual([
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

  it("says in its name and its first line how many events of which days, kind and party it holds", async () => {
    const { id: targetId } = await database().application.create({
      data: { name: "Calendar – Nantes", clientId: randomUUID() },
      select: { id: true },
    });
    const days = ["2026-11-15T22:59:59Z", "2026-11-15T23:00:00Z", "2026-11-20T09:00:00Z"];
    for (const day of days) await storeAuditEvent({ targetId, at: new Date(day) });
    await extendAuditChain(new Date("2026-11-21T14:00:00.000Z"));
    const chain = await findAuditChainHead();
    const response = await exported({ involving: `application:${targetId}`, range: "7d" }, "json");
    expect(response.headers.get("content-disposition")).toBe(
      'attachment; filename="audit-log-2-events-2026-11-16-to-2026-11-22-staff-changes-involving-calendar-nantes.json"',
    );
    const text = await response.text();
    const { about, events } = JSON.parse(text);
    expect(events).toHaveLength(2);
    expect(about).toEqual({
      text: "2 events, 2026-11-16 to 2026-11-22, staff changes, involving Calendar – Nantes",
      events: 2,
      exported_at: "2026-11-22T12:00:00.000Z",
      kind: "staff",
      from: "2026-11-15T23:00:00.000Z",
      until: "2026-11-22T12:00:00.000Z",
      zone: "Europe/Paris",
      involving: { kind: "application", id: targetId, name: "Calendar – Nantes" },
      chain: { until: "2026-11-20T10:00:00.000Z", head: chain?.head },
      filters: {},
    });
    expect(text.split("\n")[0]).toBe(`{"about":${JSON.stringify(about)},`);
  });

  it("counts every event of a long file once, and none that arrives while it is read", async () => {
    const id = randomUUID();
    const self = { actorKind: "staff", actorId: id, targetKind: "staff_member", targetId: id } as const;
    await database().auditEvent.createMany({
      data: Array.from({ length: 1_203 }, (_, index) => ({ ...self, action: "staff.role_changed", at: at(index % 7) })),
    });
    const response = await exported({ involving: `staff_member:${id}` }, "csv");
    await storeAuditEvent({ ...self, action: "staff.role_changed", at: at(30) });
    expect(response.headers.get("content-disposition")).toContain("audit-log-1203-events-");
    expect((await readText(response)).trimEnd().split("\r\n")).toHaveLength(1_204);
  });

  it("of whom nobody knows holds nothing, and says so", async () => {
    await storeAuditEvent();
    const response = await exported({ involving: "nobody at all", kind: "all" }, "json");
    expect(response.headers.get("content-disposition")).toContain("audit-log-0-events-");
    expect(await response.json()).toMatchObject({ about: { events: 0, involving: null }, events: [] });
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
