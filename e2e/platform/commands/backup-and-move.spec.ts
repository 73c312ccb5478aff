import { randomUUID } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { findFreePort } from "../../../lib/testing/process/loopback";
import { findPostgres } from "../../../scripts/testing/test-environment.mjs";
import { type Credentials, callApi, obtainToken, postForm, tokenForm } from "../../support/oauth-requests";
import { createOwnDatabase, query } from "../../support/own-database";
import { OWN_ADMINISTRATOR as ADMINISTRATOR, stopOwnServer } from "../../support/own-portal";
import { type OwnServer, startOwnServer } from "../../support/own-server";
import { skipIfMissing } from "../../support/run-client";
import { copyDataDirectory, makeDataDirectory } from "../../support/server";
import { createApplication, createRoom } from "../../support/torture/load";
import { type PortalSession, signInToPortal } from "../../support/torture/portal-session";
import { runCommand } from "./run-command";

const OWNER = "ana@example.org";
const postgres = await findPostgres();

// One installation from its first day on, which is backed up, lost, and moved.
test.describe
  .serial("an installation that is backed up, lost and moved", () => {
    const folder = makeDataDirectory("backup-files");
    const file = join(folder, "vestibule.gz");
    const passphrase = join(folder, "passphrase");
    const restored = join(folder, "restored");
    /** The answer to each room that was acknowledged, by its idempotency key. */
    const rooms = new Map<string, string>();
    let port: string;
    let server: OwnServer | undefined;
    let client: Credentials;
    let token: string;
    let staff: PortalSession;

    async function start(environment: Record<string, string>): Promise<OwnServer> {
      server = await startOwnServer({ ...environment, PORT: port });
      await server.ready;
      return server;
    }

    async function makeRoom({ baseUrl }: OwnServer): Promise<void> {
      const key = randomUUID();
      const made = await createRoom(baseUrl, token, key);
      expect([made.status, made.text]).toEqual([201, expect.stringContaining("slug")]);
      rooms.set(key, made.text);
    }

    /** Everybody who was let in before goes on where they were, and nobody else is let in. */
    async function expectAsBefore({ baseUrl }: OwnServer): Promise<void> {
      const known = [...rooms];
      for (const [key, text] of [...known.slice(0, 3), ...known.slice(-3)]) {
        expect((await createRoom(baseUrl, token, key)).text).toBe(text);
      }
      const listed = await callApi(baseUrl, await obtainToken(baseUrl, client, OWNER));
      expect([listed.status, (listed.json as { count: number }).count]).toEqual([200, rooms.size]);
      expect((await staff.open("/rooms")).status).toBe(200);
      const again = await signInToPortal(baseUrl, ADMINISTRATOR);
      expect((await again.open("/rooms")).status).toBe(200);
      await again.close();

      const guess = { ...client, clientSecret: `${client.clientSecret.slice(0, -1)}!` };
      expect((await postForm(baseUrl, tokenForm(guess, OWNER))).status).toBe(401);
      expect((await callApi(baseUrl, `${token.slice(0, -4)}AAAA`)).status).toBe(401);
      const stranger = await signInToPortal(baseUrl, { ...ADMINISTRATOR, password: "another one of this test" });
      expect((await stranger.open("/rooms")).status).toBe(307);
      await stranger.close();
    }

    test.afterAll(async () => {
      await staff?.close();
      if (server !== undefined) await stopOwnServer(server);
    });

    test("a backup that is made while it serves makes another portal of an empty folder, in which every secret, token, session and room is as before", async () => {
      port = String(await findFreePort());
      writeFileSync(passphrase, "four words of this test\n", { mode: 0o600 });
      const DATA_DIR = copyDataDirectory("backed-up");
      const { email: ADMIN_EMAIL, password: ADMIN_PASSWORD } = ADMINISTRATOR;
      const first = await start({ DATA_DIR, ADMIN_EMAIL, ADMIN_PASSWORD });
      staff = await signInToPortal(first.baseUrl, ADMINISTRATOR);
      client = await createApplication(staff, "Calendar");
      token = await obtainToken(first.baseUrl, client, OWNER);
      await makeRoom(first);

      const backUp = () =>
        runCommand(["backup", file, "--with-keys", "--passphrase-file", passphrase], { DATA_DIR, PORT: port });
      const backup = backUp();
      let isMade = false;
      void backup.then(() => {
        isMade = true;
      });
      const before = new Map(rooms);
      // Whoever calls meanwhile is answered; what they made may be in it or not.
      while (!isMade) await makeRoom(first);
      expect(await backup).toEqual({ code: 0, said: expect.stringContaining("The keys are in it, encrypted.") });
      expect(rooms.size).toBeGreaterThan(before.size);
      expect((await backUp()).code).toBe(1);
      expect(readdirSync(folder).sort()).toEqual(["passphrase", "vestibule.gz"]);
      expect(readdirSync(DATA_DIR).filter((name) => name.startsWith("copy-"))).toEqual([]);
      await stopOwnServer(first);

      const restore = () =>
        runCommand(["restore", file, "--passphrase-file", passphrase], { DATA_DIR: restored, PORT: port });
      expect(await restore()).toEqual({
        code: 0,
        said: expect.stringContaining(`The keys are in ${restored}/keys. Start the server.`),
      });
      expect((await restore()).said).toContain("holds a database already");

      const second = await start({ DATA_DIR: restored });
      const stored = (await callApi(second.baseUrl, token)).json as { count: number };
      expect(stored.count).toBeGreaterThanOrEqual(before.size);
      expect(stored.count).toBeLessThanOrEqual(rooms.size);
      // The rooms of the time after the moment of the backup are lost, and can be made again.
      for (const key of [...rooms.keys()].slice(stored.count)) rooms.delete(key);
      await expectAsBefore(second);
      await makeRoom(second);
    });

    test("moved to PostgreSQL, once it has stopped, it goes on with what the command says to set", async () => {
      skipIfMissing(postgres.url === undefined ? postgres.reason : undefined);
      const { environment, drop } = await createOwnDatabase(postgres.url ?? "");
      const DATABASE_URL = environment.DATABASE_URL ?? "";
      try {
        const address = join(folder, "address");
        writeFileSync(address, `${DATABASE_URL}\n`, { mode: 0o600 });
        const move = () => runCommand(["move", "--to-file", address], { DATA_DIR: restored });
        expect(await move()).toEqual({ code: 1, said: expect.stringContaining("is using") });
        if (server !== undefined) await stopOwnServer(server);
        const moved = await move();
        expect([moved.code, moved.said]).toEqual([0, expect.stringContaining("Moved, and every table compared.")]);
        const files = Object.fromEntries(Array.from(moved.said.matchAll(/^(\w+_FILE)=(.+)$/gm), ([, ...pair]) => pair));
        expect(Object.keys(files).sort()).toEqual(["AUTH_SECRET_FILE", "MASTER_KEY_FILE", "TOKEN_SIGNING_KEYS_FILE"]);
        expect((await move()).said).toContain("is not empty");
        expect(moved.said).not.toContain(DATABASE_URL);

        const third = await start({ DATABASE_URL, ...files });
        await expectAsBefore(third);
        await makeRoom(third);
        const [{ count } = {}] = await query(DATABASE_URL, "SELECT count(*)::int AS count FROM rooms");
        expect(count).toBe(rooms.size);
        await stopOwnServer(third);
      } finally {
        await drop();
      }
    });
  });
