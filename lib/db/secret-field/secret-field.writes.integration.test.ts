import { beforeEach, describe, expect, it } from "vitest";
import { looksLikeHash } from "@/lib/secrets/looks-like-hash";
import { verifySecretHash } from "@/lib/secrets/password-hash";
import { LOOKS_HASHED, PLAIN, useSecretFieldClient } from "@/lib/testing/database/secret-field-fixture";

const db = useSecretFieldClient();
beforeEach(() => db.clear());

const memberId = async () => (await db.client.staffMember.create({ data: db.newMember() })).id;
const applicationId = async () => (await db.client.application.create({ data: db.newApplication() })).id;

async function secretId(): Promise<string> {
  const data = { applicationId: await applicationId(), ...db.newSecret("the first secret") };
  return (await db.client.applicationSecret.create({ data })).id;
}

/** An application made by a member, and a secret of it. */
async function family() {
  const member = await memberId();
  const application = await applicationId();
  await db.base.application.update({ where: { id: application }, data: { createdById: member } });
  return { member, application };
}

/** Every way of writing a row: each stores `value` once and returns what Prisma answers. */
const PATHS: Record<string, (value: string) => Promise<unknown>> = {
  create: (value) => db.client.staffMember.create({ data: db.newMember(value) }),
  createMany: (value) => db.client.staffMember.createMany({ data: [db.newMember(), db.newMember(value)] }),
  "createMany of one": (value) => db.client.staffMember.createMany({ data: db.newMember(value) }),
  createManyAndReturn: (value) => db.client.staffMember.createManyAndReturn({ data: [db.newMember(value)] }),
  update: async (value) =>
    db.client.staffMember.update({ where: { id: await memberId() }, data: { passwordHash: value } }),
  "update with set": async (value) =>
    db.client.staffMember.update({ where: { id: await memberId() }, data: { passwordHash: { set: value } } }),
  updateMany: async (value) =>
    db.client.staffMember.updateMany({ where: { id: await memberId() }, data: { passwordHash: value } }),
  "updateMany with set": async (value) =>
    db.client.staffMember.updateMany({ where: { id: await memberId() }, data: { passwordHash: { set: value } } }),
  updateManyAndReturn: async (value) =>
    db.client.staffMember.updateManyAndReturn({ where: { id: await memberId() }, data: { passwordHash: value } }),
  "upsert that creates": (value) => {
    const member = db.newMember(value);
    return db.client.staffMember.upsert({ where: { email: member.email }, create: member, update: {} });
  },
  "upsert that updates": async (value) =>
    db.client.staffMember.upsert({
      where: { id: await memberId() },
      create: db.newMember(),
      update: { passwordHash: value },
    }),
  "an interactive transaction": (value) =>
    db.client.$transaction((tx) => tx.staffMember.create({ data: db.newMember(value) })),
  "a batch transaction": (value) =>
    db.client.$transaction([
      db.client.staffMember.create({ data: db.newMember() }),
      db.client.staffMember.create({ data: db.newMember(value) }),
    ]),
  "nested create of one": (value) =>
    db.client.application.create({ data: { ...db.newApplication(), createdBy: { create: db.newMember(value) } } }),
  "nested create of several": (value) =>
    db.client.application.create({ data: { ...db.newApplication(), secrets: { create: [db.newSecret(value)] } } }),
  "nested createMany": (value) =>
    db.client.application.create({
      data: { ...db.newApplication(), secrets: { createMany: { data: [db.newSecret(value)] } } },
    }),
  "nested connectOrCreate": (value) => {
    const member = db.newMember(value);
    const createdBy = { connectOrCreate: { where: { email: member.email }, create: member } };
    return db.client.application.create({ data: { ...db.newApplication(), createdBy } });
  },
  "nested update of one, direct": async (value) => {
    const { application } = await family();
    const data = { createdBy: { update: { passwordHash: value } } };
    return db.client.application.update({ where: { id: application }, data });
  },
  "nested update of one, with data": async (value) => {
    const { application } = await family();
    const data = { createdBy: { update: { data: { passwordHash: { set: value } } } } };
    return db.client.application.update({ where: { id: application }, data });
  },
  "nested update of one, with where and data": async (value) => {
    const { application, member } = await family();
    const data = { createdBy: { update: { where: { id: member }, data: { passwordHash: value } } } };
    return db.client.application.update({ where: { id: application }, data });
  },
  "nested upsert of one that creates": async (value) => {
    const createdBy = { upsert: { create: db.newMember(value), update: {} } };
    return db.client.application.update({ where: { id: await applicationId() }, data: { createdBy } });
  },
  "nested upsert of one that updates": async (value) => {
    const { application } = await family();
    const createdBy = { upsert: { create: db.newMember(), update: { passwordHash: value } } };
    return db.client.application.update({ where: { id: application }, data: { createdBy } });
  },
  "three relations deep": (value) => {
    const application = { ...db.newApplication(), secrets: { create: db.newSecret(value) } };
    const staffMember = { create: { ...db.newMember(), applications: { create: [application] } } };
    return db.client.staffSession.create({ data: { expiresAt: new Date(0), sessionVersion: 0, staffMember } });
  },
};

/** Ways that change one of several related rows; these need a row with a secret beforehand. */
const REPLACING: Record<string, (value: string, id: string, application: string) => Promise<unknown>> = {
  "nested update of several": (value, id, application) =>
    db.client.application.update({
      where: { id: application },
      data: { secrets: { update: { where: { id }, data: { hash: value } } } },
    }),
  "nested update of several, as a list": (value, id, application) =>
    db.client.application.update({
      where: { id: application },
      data: { secrets: { update: [{ where: { id }, data: { hash: { set: value } } }] } },
    }),
  "nested updateMany": (value, id, application) =>
    db.client.application.update({
      where: { id: application },
      data: { secrets: { updateMany: [{ where: { id }, data: { hash: value } }] } },
    }),
  "nested upsert of several": (value, id, application) =>
    db.client.application.update({
      where: { id: application },
      data: { secrets: { upsert: [{ where: { id }, create: db.newSecret("never"), update: { hash: value } }] } },
    }),
};

describe.each(Object.entries(PATHS))("%s", (_name, write) => {
  it("stores a hash of the plain value, and only that, and does not return it", async () => {
    const answer = await write(PLAIN);
    const stored = await db.storedSecrets();
    expect(stored).toHaveLength(1);
    expect(stored[0]).toMatch(/^\$argon2id\$v=19\$/);
    expect(await verifySecretHash(stored[0] ?? "", PLAIN)).toBe(true);
    expect(JSON.stringify(answer)).not.toMatch(/argon2id|passwordHash|correct horse/);
  });

  it("stores a secret that was hashed beforehand as it is, and does not return it", async () => {
    const answer = await write(await db.client.hashSecret(PLAIN));
    const stored = await db.storedSecrets();
    expect(stored).toHaveLength(1);
    expect(await verifySecretHash(stored[0] ?? "", PLAIN)).toBe(true);
    expect(JSON.stringify(answer)).not.toMatch(/argon2id|passwordHash|correct horse/);
  });

  it("refuses a value that looks hashed, stores nothing and does not repeat it", async () => {
    const refused = await write(LOOKS_HASHED).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: "SecretFieldError", code: "looks_hashed" });
    expect(String(refused)).toMatch(/^SecretFieldError: (StaffMember\.passwordHash|ApplicationSecret\.hash): /);
    expect(String(refused)).not.toContain("argon2id");
    expect(await db.storedSecrets()).toEqual([]);
  });
});

describe.each(Object.entries(REPLACING))("%s", (_name, write) => {
  it("replaces the hash by one of the plain value, or refuses a value that looks hashed", async () => {
    const id = await secretId();
    const { applicationId: application } = await db.base.applicationSecret.findUniqueOrThrow({ where: { id } });
    const before = await db.storedSecrets();
    await expect(write(LOOKS_HASHED, id, application)).rejects.toMatchObject({ code: "looks_hashed" });
    expect(await db.storedSecrets()).toEqual(before);
    await write(PLAIN, id, application);
    const [after, ...more] = await db.storedSecrets();
    expect(more).toEqual([]);
    expect(await verifySecretHash(after ?? "", PLAIN)).toBe(true);
  });
});

describe("what is written", () => {
  it("gets another salt in every row", async () => {
    const data = [db.newMember(PLAIN), db.newMember(PLAIN), db.newMember(PLAIN)];
    await db.client.staffMember.createMany({ data });
    expect(new Set(await db.storedSecrets()).size).toBe(3);
  });

  it("leaves the caller's own objects as they were", async () => {
    const data = Object.freeze(db.newMember(PLAIN));
    await db.client.staffMember.create({ data });
    expect(data).toMatchObject({ passwordHash: PLAIN });
  });

  it("may be nothing: null empties a field that can be empty", async () => {
    const { id } = await db.client.staffMember.create({ data: db.newMember(PLAIN) });
    await db.client.staffMember.update({ where: { id }, data: { passwordHash: null } });
    expect(await db.storedSecrets()).toEqual([]);
  });

  it("is untouched by an update that does not name it", async () => {
    const { id } = await db.client.staffMember.create({ data: db.newMember(PLAIN) });
    const before = await db.storedSecrets();
    await db.client.staffMember.update({ where: { id }, data: { name: "$2b$12$looks.hashed.but.is.a.name" } });
    expect(await db.storedSecrets()).toEqual(before);
  });

  it("is hashed when it comes from a class instance or from a prototype", async () => {
    class Member {
      email = "class@example.org";
      name = "Class";
      passwordHash = PLAIN;
    }
    await db.client.staffMember.create({ data: new Member() });
    const inherited: ReturnType<typeof db.newMember> = Object.create({ ...db.newMember(PLAIN) });
    await db.client.staffMember.create({ data: inherited });
    const stored = await db.storedSecrets();
    expect(stored.map(looksLikeHash)).toEqual([true, true]);
  });

  it("is not empty", async () => {
    const refused = db.client.staffMember.create({ data: db.newMember("") });
    await expect(refused).rejects.toMatchObject({ code: "not_plain_text", target: "StaffMember.passwordHash" });
  });

  it("is stored by no other field and by no client without secret fields, once it was hashed beforehand", async () => {
    const hashed = await db.client.hashSecret(PLAIN);
    const refused = { name: "PrismaClientValidationError" };
    const named = db.client.staffMember.create({ data: { ...db.newMember(), name: hashed } });
    await expect(named).rejects.toMatchObject(refused);
    await expect(db.base.staffMember.create({ data: db.newMember(hashed) })).rejects.toMatchObject(refused);
    expect(await db.storedSecrets()).toEqual([]);
  });

  it.each([
    ["$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA", "looks_hashed"],
    ["", "not_plain_text"],
  ])("is not hashed beforehand either when it is no plain secret: %j", async (value, code) => {
    await expect(db.client.hashSecret(value)).rejects.toMatchObject({ name: "SecretFieldError", code });
  });

  it("never shows in what Prisma says about a faulty query", async () => {
    const data = { ...db.newMember(PLAIN), role: "emperor" };
    // @ts-expect-error -- there is no such role: Prisma answers with the whole query in its message.
    const refused = await db.client.staffMember.create({ data }).catch((error: unknown) => error);
    expect(String(refused)).toContain("emperor");
    expect(String(refused)).not.toContain(PLAIN);
  });
});
