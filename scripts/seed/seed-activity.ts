import type { ActivityRow } from "@/lib/activity/activity-row";
import { storeActivity } from "@/lib/activity/store-activity";
import type { SeededApplication } from "./seed-applications";
import type { SeededRoom } from "./seed-people-and-rooms";
import { daysAgo, type Seed } from "./seed-world";

/** Of each application and person that made a room: the token and the call. Nobody looks further back than this. */
const DAYS = 30;

/** What all seeded rows have, apart from what each says itself. */
export function toSeededRow(
  { random }: Pick<Seed, "random">,
  row: Pick<ActivityRow, "at" | "kind" | "method" | "path" | "status" | "applicationId" | "personId"> &
    Partial<ActivityRow>,
): ActivityRow {
  return {
    requestId: random.uuid(),
    reason: null,
    clientId: null,
    isProven: true,
    credentialId: null,
    roomId: null,
    domain: null,
    scopes: null,
    jti: null,
    ip: random.address(),
    durationUs: random.whole(1_500, 9_000),
    requests: 1,
    ...row,
  };
}

/** Stores what the applications did to make the seeded rooms: a token, and the call with it. */
export async function seedActivity(
  seed: Seed,
  applications: readonly SeededApplication[],
  rooms: readonly SeededRoom[],
): Promise<void> {
  const rows = rooms
    .filter(({ createdAt }) => createdAt > daysAgo(seed, DAYS))
    .flatMap(({ id, applicationId, personId, createdAt }) => {
      const { credentialId = null, scopes = [] } = applications.find((one) => one.id === applicationId) ?? {};
      const asked = new Date(createdAt.getTime() - 20_000);
      const who = { applicationId, personId, credentialId };
      const token = { kind: "tokens", path: "/api/oauth/token", status: 200, jti: seed.random.uuid(), scopes } as const;
      const call = { kind: "rooms", path: "/api/external/rooms", status: 201, roomId: id } as const;
      return [
        toSeededRow(seed, { ...who, ...token, at: asked, method: "POST" }),
        toSeededRow(seed, { ...who, ...call, at: createdAt, method: "POST" }),
      ];
    });
  await storeActivity(rows);
}
