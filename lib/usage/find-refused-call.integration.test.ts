import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { findRefusedCall } from "./find-refused-call";

useTestDatabase();

async function store(values: { kind?: string; requestId: string; at?: Date }) {
  const application = await database().application.create({
    data: { name: "Calendar", clientId: randomUUID() },
    select: { id: true, name: true },
  });
  const at = new Date("2026-11-28T08:00:00Z");
  const call = { at, kind: "tokens", reason: "domain_not_allowed", isProven: true, ip: "192.0.2.7", ...values };
  await database().refusedCall.create({ data: { ...call, applicationId: application.id } });
  return { application, at: call.at };
}

describe("findRefusedCall", () => {
  it("tells what was refused, why, and whose call it was", async () => {
    const requestId = randomUUID();
    const { application, at } = await store({ requestId });
    await store({ requestId: randomUUID() });
    expect(await findRefusedCall(requestId)).toEqual({
      at,
      kind: "tokens",
      reason: "domain_not_allowed",
      isProven: true,
      ip: "192.0.2.7",
      application,
    });
  });

  it("finds nothing for a request that was not refused, for a part of an id, and for a kind of a later version", async () => {
    const requestId = randomUUID();
    await store({ requestId, kind: "calendars" });
    expect(await findRefusedCall(requestId)).toBeUndefined();
    expect(await findRefusedCall(requestId.slice(0, 8))).toBeUndefined();
    expect(await findRefusedCall(randomUUID())).toBeUndefined();
  });

  it("does not outlive its application", async () => {
    const requestId = randomUUID();
    const { application } = await store({ requestId });
    await database().application.delete({ where: { id: application.id } });
    expect(await findRefusedCall(requestId)).toBeUndefined();
  });
});
