import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { FIELDS, PLAIN, useSecretFieldClient } from "@/lib/testing/database/secret-field-fixture";
import { createSecretFieldExtension } from "./secret-field";

const db = useSecretFieldClient();
let memberId: string;
beforeAll(async () => {
  memberId = (await db.client.staffMember.create({ data: db.newMember(PLAIN) })).id;
});

const verify = (candidate: string, id = memberId) =>
  db.client.staffMember.verifySecret({ where: { id }, field: "passwordHash", candidate });

describe("verifySecret", () => {
  it("accepts the secret that was written", async () => {
    expect(await verify(PLAIN)).toBe(true);
  });

  it.each(["", "correct horse battery stapl", "Correct horse battery staple", `${PLAIN} `])(
    "refuses %j",
    async (candidate) => {
      expect(await verify(candidate)).toBe(false);
    },
  );

  it("refuses the stored hash itself", async () => {
    const [stored = ""] = await db.storedSecrets();
    expect(await verify(stored)).toBe(false);
  });

  it("finds the row by any unique field and further conditions", async () => {
    const { email } = await db.client.staffMember.findUniqueOrThrow({ where: { id: memberId } });
    const check = (isActive: boolean) =>
      db.client.staffMember.verifySecret({ where: { email, isActive }, field: "passwordHash", candidate: PLAIN });
    expect([await check(true), await check(false)]).toEqual([true, false]);
  });

  it("sees inside a transaction what the transaction has written", async () => {
    const seen = await db.client.$transaction(async (tx) => {
      const { id } = await tx.staffMember.create({ data: db.newMember("another secret") });
      return tx.staffMember.verifySecret({ where: { id }, field: "passwordHash", candidate: "another secret" });
    });
    expect(seen).toBe(true);
  });

  it("exists for every declared model, and for no other", async () => {
    expect(db.client.applicationSecret.verifySecret).toBeTypeOf("function");
    expect("verifySecret" in db.client.person).toBe(false);
  });

  it("refuses a field that is no secret, in the type and when it runs", async () => {
    // @ts-expect-error -- not declared
    const check = db.client.staffMember.verifySecret({ where: { id: memberId }, field: "name", candidate: "x" });
    await expect(check).rejects.toMatchObject({ code: "unsupported", target: "staffMember.name" });
  });

  it("refuses to look a row up by its secret", async () => {
    const where = { id: memberId, passwordHash: { startsWith: "$" } };
    const check = db.client.staffMember.verifySecret({ where, field: "passwordHash", candidate: PLAIN });
    await expect(check).rejects.toMatchObject({ code: "compared" });
  });
});

describe("a row that is missing or has no secret", () => {
  const hash = vi.fn(async (plain: string) => `$test$${plain}`);
  const check = vi.fn(async (stored: string, candidate: string) => stored === `$test$${candidate}`);
  const client = () =>
    db.base.$extends(
      createSecretFieldExtension(db.base, {
        fields: FIELDS,
        hash,
        verify: check,
        looksLikeHash: (it) => it.startsWith("$"),
      }),
    );
  const MISSING = "00000000-0000-7000-8000-000000000000";
  beforeEach(() => {
    hash.mockClear();
    check.mockClear();
  });

  it("is answered with no", async () => {
    expect(await verify(PLAIN, MISSING)).toBe(false);
    const { id } = await db.client.staffMember.create({ data: db.newMember() });
    expect(await verify(PLAIN, id)).toBe(false);
    expect(await verify("", id)).toBe(false);
  });

  it("costs one check like any other, against a hash that is made once", async () => {
    const { staffMember } = client();
    const absent = { where: { id: MISSING }, field: "passwordHash", candidate: "x" } as const;
    for (let index = 0; index < 3; index += 1) expect(await staffMember.verifySecret(absent)).toBe(false);
    expect([hash.mock.calls.length, check.mock.calls.length]).toEqual([1, 3]);
    expect(new Set(check.mock.calls.map(([stored]) => stored)).size).toBe(1);
  });

  it("is answered with no even to somebody who knows what the dummy was made from", async () => {
    const { staffMember } = client();
    const ask = (candidate: string) =>
      staffMember.verifySecret({ where: { id: MISSING }, field: "passwordHash", candidate });
    await ask("x");
    const [[dummy] = [""]] = hash.mock.calls;
    expect(await ask(dummy)).toBe(false);
  });
});
