import { beforeAll, describe, expect, it } from "vitest";
import { Prisma } from "@/lib/db/generated/client";
import { PLAIN, useSecretFieldClient } from "@/lib/testing/database/secret-field-fixture";

const db = useSecretFieldClient();
let memberId: string;
let applicationId: string;

beforeAll(async () => {
  const secrets = { create: db.newSecret(PLAIN) };
  const createdBy = { create: db.newMember(PLAIN) };
  const application = await db.client.application.create({ data: { ...db.newApplication(), secrets, createdBy } });
  applicationId = application.id;
  memberId = application.createdById ?? "";
});

describe("a read that does not name the field", () => {
  const READS: Record<string, () => Promise<unknown>> = {
    findUnique: () => db.client.staffMember.findUnique({ where: { id: memberId } }),
    findUniqueOrThrow: () => db.client.staffMember.findUniqueOrThrow({ where: { id: memberId } }),
    findFirst: () => db.client.staffMember.findFirst(),
    findFirstOrThrow: () => db.client.staffMember.findFirstOrThrow(),
    findMany: () => db.client.staffMember.findMany(),
    "an included relation": () =>
      db.client.application.findMany({ include: { createdBy: true, secrets: { include: { createdBy: true } } } }),
    "a selected relation": () => db.client.application.findMany({ select: { createdBy: true, secrets: true } }),
    "a relation asked for by a chained call": () =>
      db.client.application.findUnique({ where: { id: applicationId } }).secrets(),
    "an omit of another field": () => db.client.staffMember.findMany({ omit: { name: true } }),
    "the answer of a write": () => db.client.staffMember.update({ where: { id: memberId }, data: { name: "N" } }),
    "the relations in the answer of a write": () =>
      db.client.application.update({
        where: { id: applicationId },
        data: { name: "N" },
        include: { createdBy: true, secrets: true },
      }),
    "the answer of updateManyAndReturn": () => db.client.staffMember.updateManyAndReturn({ data: { name: "N" } }),
    "a read inside a transaction": () => db.client.$transaction((tx) => tx.staffMember.findMany()),
  };

  it.each(Object.entries(READS))("gets none: %s", async (_name, read) => {
    const answer = JSON.stringify(await read());
    expect(answer).toContain('"id"');
    expect(answer).not.toMatch(/passwordHash|"hash"|argon2id/);
  });

  it("has no such member in its type", async () => {
    const member = await db.client.staffMember.findUniqueOrThrow({ where: { id: memberId } });
    // @ts-expect-error -- omitted
    expect(member.passwordHash).toBeUndefined();
    const application = await db.client.application.findFirstOrThrow({ include: { secrets: true } });
    // @ts-expect-error -- omitted
    expect(application.secrets[0]?.hash).toBeUndefined();
  });
});

describe("a read that names the field", () => {
  it.each([
    ["by select", () => db.client.staffMember.findMany({ select: { passwordHash: true } })],
    ["by omit: false", () => db.client.staffMember.findMany({ omit: { passwordHash: false } })],
    ["in a relation", () => db.client.application.findMany({ select: { secrets: { select: { hash: true } } } })],
  ])("gets the stored hash: %s", async (_name, read) => {
    expect(JSON.stringify(await read())).toContain("$argon2id$v=19$");
  });
});

describe("a query that compares the field is refused", () => {
  // Values as an attacker would send them: none of these may reach the database.
  const where = { passwordHash: { startsWith: "$argon2id" } };
  const secretWhere = { hash: { contains: "$" } };
  const QUERIES: Record<string, () => Promise<unknown>> = {
    "where: equality": () => db.client.staffMember.findFirst({ where: { passwordHash: "x" } }),
    "where: null": () => db.client.staffMember.findFirst({ where: { passwordHash: null } }),
    "where: operator": () => db.client.staffMember.findMany({ where }),
    "where beside a unique field": () => db.client.staffMember.findUnique({ where: { id: memberId, ...where } }),
    "where inside AND": () => db.client.staffMember.findMany({ where: { AND: [{ name: "N" }, where] } }),
    "where inside OR": () => db.client.staffMember.findMany({ where: { OR: [where] } }),
    "where inside NOT": () => db.client.staffMember.findMany({ where: { NOT: { NOT: where } } }),
    "where on related rows, some": () => db.client.application.findMany({ where: { secrets: { some: secretWhere } } }),
    "where on related rows, none": () => db.client.application.findMany({ where: { secrets: { none: secretWhere } } }),
    "where on related rows, every": () =>
      db.client.application.findMany({ where: { secrets: { every: secretWhere } } }),
    "where on a related row, direct": () => db.client.application.findMany({ where: { createdBy: where } }),
    "where on a related row, is": () => db.client.application.findMany({ where: { createdBy: { is: where } } }),
    "where on a related row, isNot": () => db.client.application.findMany({ where: { createdBy: { isNot: where } } }),
    "where two relations away": () =>
      db.client.staffMember.findMany({ where: { applications: { some: { secrets: { some: secretWhere } } } } }),
    "where of an included relation": () =>
      db.client.application.findMany({ include: { secrets: { where: secretWhere } } }),
    "where of a selected relation": () =>
      db.client.application.findMany({ select: { secrets: { where: secretWhere } } }),
    "where of a chained call": () =>
      db.client.application.findUnique({ where: { id: applicationId } }).secrets({ where: secretWhere }),
    "where of a counted relation": () =>
      db.client.application.findMany({ include: { _count: { select: { secrets: { where: secretWhere } } } } }),
    "a reference to the field": () =>
      db.client.staffMember.findMany({ where: { name: { equals: db.client.staffMember.fields.passwordHash } } }),
    "orderBy: asc": () => db.client.staffMember.findMany({ orderBy: { passwordHash: "asc" } }),
    "orderBy on a related row": () =>
      db.client.application.findMany({ orderBy: [{ createdBy: { passwordHash: "asc" } }] }),
    "orderBy of an included relation": () =>
      db.client.application.findMany({ include: { secrets: { orderBy: { hash: "asc" } } } }),
    distinct: () => db.client.staffMember.findMany({ distinct: ["passwordHash"] }),
    "groupBy: by": () => db.client.staffMember.groupBy({ by: ["passwordHash"] }),
    "groupBy: having": () =>
      db.client.staffMember.groupBy({ by: ["name"], having: { passwordHash: { _count: { gt: 0 } } } }),
    "aggregate: minimum": () => db.client.staffMember.aggregate({ _min: { passwordHash: true } }),
    "aggregate: maximum": () => db.client.staffMember.aggregate({ _max: { passwordHash: true } }),
    "where of count": () => db.client.staffMember.count({ where }),
    "where of update": () => db.client.staffMember.update({ where: { id: memberId, ...where }, data: {} }),
    "where of updateMany": () => db.client.staffMember.updateMany({ where, data: { name: "M" } }),
    "where of delete": () => db.client.staffMember.delete({ where: { id: memberId, ...where } }),
    "where of deleteMany": () => db.client.staffMember.deleteMany({ where }),
    "where of upsert": () =>
      db.client.staffMember.upsert({ where: { id: memberId, ...where }, create: db.newMember(), update: {} }),
    "where of a nested deleteMany": () => write({ secrets: { deleteMany: secretWhere } }),
    "where of a nested delete": () => write({ secrets: { delete: { id: memberId, ...secretWhere } } }),
    "where of a nested disconnect": () => write({ createdBy: { disconnect: where } }),
    "where of a nested connect": () => write({ secrets: { connect: [{ id: memberId, ...secretWhere }] } }),
    "where of a nested updateMany": () =>
      write({ secrets: { updateMany: { where: secretWhere, data: { label: "L" } } } }),
    "where of a nested update": () =>
      write({ secrets: { update: { where: { id: memberId, ...secretWhere }, data: { label: "L" } } } }),
    "where of a nested update of one": () => write({ createdBy: { update: { where, data: { name: "M" } } } }),
    "where of a nested upsert of one": () =>
      write({ createdBy: { upsert: { where, create: db.newMember(), update: {} } } }),
    "where of a nested connectOrCreate": () =>
      write({ createdBy: { connectOrCreate: { where: { id: memberId, ...where }, create: db.newMember() } } }),
  };
  const write = (data: Prisma.ApplicationUpdateInput) =>
    db.client.application.update({ where: { id: applicationId }, data });

  it.each(Object.entries(QUERIES))("%s", async (_name, query) => {
    const refused = await query().catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: "SecretFieldError", code: "compared" });
    expect(String(refused)).toMatch(/: (StaffMember\.passwordHash|ApplicationSecret\.hash): .* use verifySecret\.$/);
    expect(String(refused)).not.toContain("argon2id");
  });
});

describe("a query that compares other fields", () => {
  it("passes: filters, orders, groups and counts of what is no secret", async () => {
    const { client } = db;
    const where = { AND: [{ applications: { some: { secrets: { some: { hint: "abcd" } } } } }], name: { not: "x" } };
    expect(await client.staffMember.count({ where })).toBe(1);
    expect(await client.staffMember.findMany({ where, orderBy: { applications: { _count: "desc" } } })).toHaveLength(1);
    expect(await client.staffMember.groupBy({ by: ["role"], _count: { passwordHash: true } })).toEqual([
      { role: "viewer", _count: { passwordHash: 1 } },
    ]);
    expect(
      await client.applicationKey.findMany({ where: { applicationId, publicJwk: { path: ["hash"], equals: "x" } } }),
    ).toEqual([]);
    expect(await client.staffMember.findMany({ where: { name: { equals: client.staffMember.fields.email } } })).toEqual(
      [],
    );
  });

  it("passes when Prisma is told to skip a member", async () => {
    const data = { name: "N", passwordHash: Prisma.skip };
    await db.client.staffMember.update({ where: { id: memberId }, data });
    const checked = { where: { id: memberId }, field: "passwordHash", candidate: PLAIN } as const;
    expect(await db.client.staffMember.verifySecret(checked)).toBe(true);
  });
});
