import { afterAll, beforeAll } from "vitest";
import { type Prisma, PrismaClient } from "@/lib/db/generated/client";
import { createSecretFieldExtension } from "@/lib/db/secret-field/secret-field";
import { looksLikeHash } from "@/lib/secrets/looks-like-hash";
import { verifySecretHash } from "@/lib/secrets/password-hash";
import { hashCheaply } from "./cheap-hash";
import { openEmbeddedTemplate } from "./embedded-snapshot";

export const FIELDS = {
  staffMember: { passwordHash: true },
  applicationSecret: { hash: true },
} as const satisfies Prisma.GlobalOmitConfig;

export const PLAIN = "correct horse battery staple";
export const LOOKS_HASHED =
  "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g";

type Opened = Awaited<ReturnType<typeof openClient>>;

async function openClient() {
  const connection = await openEmbeddedTemplate();
  const base = new PrismaClient({ adapter: connection.adapterFactory, omit: FIELDS });
  // The product forbids changes of a stored secret in the database as well; here they must reach it.
  await base.$executeRawUnsafe("ALTER TABLE application_secrets DISABLE TRIGGER USER");
  const options = { fields: FIELDS, hash: hashCheaply, verify: verifySecretHash, looksLikeHash };
  return { connection, base, client: base.$extends(createSecretFieldExtension(base, options)) };
}

/** A real, migrated database behind a client with secret fields, for the tests of one file. */
export function useSecretFieldClient() {
  let opened: Opened | undefined;
  let count = 0;
  const current = () => {
    if (opened === undefined) throw new Error("The client is opened in beforeAll: use it inside a test.");
    return opened;
  };
  beforeAll(async () => {
    opened = await openClient();
  });
  afterAll(async () => {
    await opened?.base.$disconnect();
    await opened?.connection.close();
  });
  return {
    get client() {
      return current().client;
    },
    get base() {
      return current().base;
    },
    /** Everything that the secret columns hold, read past the extension. */
    async storedSecrets(): Promise<string[]> {
      const rows = await current().connection.readRows(
        "SELECT password_hash AS stored FROM staff_members WHERE password_hash IS NOT NULL UNION ALL SELECT hash FROM application_secrets",
      );
      return rows.map((row) => String(row.stored));
    },
    async clear(): Promise<void> {
      await current().base.application.deleteMany();
      await current().base.staffMember.deleteMany();
    },
    newMember(passwordHash?: string) {
      count += 1;
      const member = { email: `member-${count}@example.org`, name: `Member ${count}` };
      return passwordHash === undefined ? member : { ...member, passwordHash };
    },
    newApplication() {
      count += 1;
      return { name: `Application ${count}`, clientId: `client-${count}` };
    },
    newSecret: (hash: string) => ({ hash, hint: "abcd" }),
  };
}
