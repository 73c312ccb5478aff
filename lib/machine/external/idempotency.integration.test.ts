// Runs on both databases: which of two writers at once comes first.
import { beforeAll, describe, expect, inject, it } from "vitest";
import type { ApplicationActor } from "@/lib/audit/actor";
import { deleteExpired } from "@/lib/db/retention/expired-rows";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { actingFor, createTestClient, createTestPerson } from "@/lib/testing/machine/machine-application";
import { testConfig } from "@/lib/testing/test-config";
import { jsonAnswer } from "./external-answer";
import { EXPIRED_IDEMPOTENCY_KEYS, type IdempotentCall, runOnce } from "./idempotency";

const test = useTestDatabase();
const NOW = new Date("2026-11-24T12:00:00Z");
const isEmbedded = inject("testDatabaseUrl") === "";
let actor: ApplicationActor;

beforeAll(async () => {
  setConfig(testConfig());
  const [client, person] = [await createTestClient(), await createTestPerson()];
  actor = actingFor(person.id, client.id);
});

const call = (key: string): IdempotentCall => ({ actor, method: "POST", path: "/x", key, content: { n: 1 } });
const hoursLater = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
/** Another process: it shares the database and nothing else. */
const instance = (now = NOW) => ({ running: new Set<string>(), now });

/** A promise with the handle that opens it. */
function makeGate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

let runs = 0;
const work = async () => jsonAnswer({ run: ++runs });

describe("runOnce", () => {
  // Conformance: K07
  it("forgets a key after 24 hours and not before", async () => {
    const first = await runOnce(call("a"), instance(), work);
    expect((await runOnce(call("a"), instance(hoursLater(23.999)), work)).text).toBe(first.text);
    const second = await runOnce(call("a"), instance(hoursLater(24)), work);
    expect(second.text).not.toBe(first.text);
    expect((await runOnce(call("a"), instance(hoursLater(47)), work)).text).toBe(second.text);
  });

  it("removes the keys that are over, and no other", async () => {
    await runOnce(call("b"), instance(), work);
    await runOnce(call("c"), instance(hoursLater(1)), work);
    expect(await deleteExpired(EXPIRED_IDEMPOTENCY_KEYS, hoursLater(24.001))).toBe(1);
    const left = await test.database.idempotencyKey.findMany({
      where: { key: { in: ["b", "c"] } },
      select: { key: true },
    });
    expect(left).toEqual([{ key: "c" }]);
  });

  // Conformance: K08
  it("stores nothing of a call that fails, neither the key nor what it did", async () => {
    const failing = runOnce(call("d"), instance(), async (tx) => {
      await tx.person.create({ data: { email: "undone@example.com" }, select: { id: true } });
      throw new Error("later");
    });
    await expect(failing).rejects.toThrow("later");
    expect(await test.database.person.count({ where: { email: "undone@example.com" } })).toBe(0);
    expect((await runOnce(call("d"), instance(), work)).status).toBe(200);
  });

  it("lets a key be used again after its call failed in this very process", async () => {
    const here = instance();
    await expect(runOnce(call("e"), here, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect([...here.running]).toEqual([]);
  });

  // Conformance: K03
  it("never runs one key twice at once on two instances: the other is told to wait, or waits", async () => {
    const gate = makeGate();
    const started = makeGate();
    let executions = 0;
    const first = runOnce(call("f"), instance(), async () => {
      executions += 1;
      started.open();
      await gate.opened;
      return work();
    });
    await started.opened;
    const second = runOnce(call("f"), instance(), async () => {
      executions += 1;
      return work();
    });
    if (isEmbedded) {
      // One connection: the second transaction begins when the first has ended.
      gate.open();
      expect((await second).text).toBe((await first).text);
    } else {
      await expect(second).rejects.toMatchObject({ problem: { status: 409, code: "idempotency_key_in_use" } });
      gate.open();
      await first;
    }
    expect(executions).toBe(1);
  });

  it("tells a second call in the same process at once", async () => {
    const [here, gate] = [instance(), makeGate()];
    const first = runOnce(call("g"), here, async () => {
      await gate.opened;
      return work();
    });
    await expect(runOnce(call("g"), here, work)).rejects.toMatchObject({ problem: { status: 409 } });
    gate.open();
    await first;
  });
});
