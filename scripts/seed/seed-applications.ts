import { generateKeyPairSync } from "node:crypto";
import { clientSecretFormat } from "@/lib/applications/secrets/generate-credentials";
import { config } from "@/lib/env/config";
import { readClientKeyText } from "@/lib/oauth/jose/client-key";
import { randomBase62 } from "@/lib/secrets/base62";
import { secretHint } from "@/lib/secrets/secret-format";
import { type ApplicationKind, ordinaryKind, type SecretKind, SPECIAL_KINDS } from "./application-kinds";
import type { SeededStaff } from "./seed-staff";
import { daysAgo, type Seed } from "./seed-world";

const APPLICATIONS = 40;

export type SeededApplication = ApplicationKind & {
  id: string;
  clientId: string;
  createdAt: Date;
  createdById: string;
  lastUsedAt: Date | null;
  /** Its secrets, or its key, the newest first. */
  credentials: readonly { id: string; createdAt: Date; lastUsedAt: Date | null }[];
};
/** The only secret that leaves the seed: of the first application, for somebody who asks for it. */
export type SeededCredentials = { clientId: string; clientSecret: string };

/** Stores forty applications: one of each state worth looking at, and ordinary ones. */
export async function seedApplications(
  seed: Seed,
  staff: readonly SeededStaff[],
): Promise<{ applications: SeededApplication[]; credentials: SeededCredentials }> {
  const kinds = Array.from({ length: APPLICATIONS }, (_, index) => SPECIAL_KINDS[index] ?? ordinaryKind(index));
  const applications: SeededApplication[] = [];
  let credentials: SeededCredentials | undefined;
  for (const kind of kinds) {
    const { application, clientSecret } = await store(seed, kind, seed.random.pick(staff.slice(0, 2)));
    applications.push(application);
    if (clientSecret !== undefined) credentials ??= { clientId: application.clientId, clientSecret };
  }
  if (credentials === undefined) throw new Error("No application with a secret was made.");
  return { applications, credentials };
}

async function store(seed: Seed, kind: ApplicationKind, creator: SeededStaff) {
  const { database, random } = seed;
  const [id, clientId] = [random.uuid(), randomBase62(40, random.bytes)];
  const createdAt = daysAgo(seed, kind.createdDaysAgo);
  const lastUsedAt = kind.usedDaysAgo === undefined ? null : daysAgo(seed, kind.usedDaysAgo);
  await database.application.create({
    data: {
      id,
      name: kind.name,
      clientId,
      description: `Made by the seed to be looked at: ${kind.name}.`,
      ownerContact: `team-${random.whole(1, 12)}@vestibule.example`,
      isActive: kind.isInactive !== true,
      scopes: [...kind.scopes],
      createdById: creator.id,
      createdAt,
      lastUsedAt,
      ...(kind.signsWithKey ? { tokenEndpointAuthMethods: ["private_key_jwt"] } : {}),
      domains: { createMany: { data: kind.domains.map((domain) => ({ domain })) } },
    },
    select: { id: true },
  });
  const secrets = (kind.secrets ?? [{}]).map((about: SecretKind) => ({
    about,
    id: random.uuid(),
    secret: clientSecretFormat(config()).generate(clientId),
  }));
  const credentials = [];
  for (const { about, id: secretId, secret } of secrets) {
    const made = about.createdDaysAgo === undefined ? createdAt : daysAgo(seed, about.createdDaysAgo);
    const used = about.usedDaysAgo === undefined ? lastUsedAt : daysAgo(seed, about.usedDaysAgo);
    credentials.push({ id: secretId, createdAt: made, lastUsedAt: used });
    await database.applicationSecret.create({
      data: {
        id: secretId,
        applicationId: id,
        hash: secret,
        hint: secretHint(secret),
        label: about.label ?? null,
        createdById: creator.id,
        createdAt: made,
        expiresAt: about.expiresInDays === undefined ? null : daysAgo(seed, -about.expiresInDays),
        revokedAt: about.endedDaysAgo === undefined ? null : daysAgo(seed, about.endedDaysAgo),
        replacedById: about.isReplaced ? (secrets[0]?.id ?? null) : null,
        lastUsedAt: used,
        lastUsedIp: lastUsedAt === null ? null : random.address(),
      },
      select: { id: true },
    });
  }
  if (kind.signsWithKey) {
    credentials.push({ id: await storeKey(seed, id, creator, lastUsedAt), createdAt, lastUsedAt });
  }
  const application: SeededApplication = {
    ...kind,
    id,
    clientId,
    createdAt,
    createdById: creator.id,
    lastUsedAt,
    credentials,
  };
  return { application, clientSecret: secrets[0]?.secret };
}

async function storeKey(
  { database, random }: Seed,
  applicationId: string,
  creator: SeededStaff,
  lastUsedAt: Date | null,
) {
  const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { publicJwk, thumbprint } = await readClientKeyText(
    publicKey.export({ type: "spki", format: "pem" }).toString(),
  );
  const id = random.uuid();
  await database.applicationKey.create({
    data: {
      id,
      applicationId,
      kid: thumbprint,
      publicJwk: JSON.parse(JSON.stringify(publicJwk)),
      thumbprint,
      createdById: creator.id,
      lastUsedAt,
    },
    select: { id: true },
  });
  return id;
}
