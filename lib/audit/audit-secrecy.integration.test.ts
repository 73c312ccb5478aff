import { beforeAll, describe, expect, it } from "vitest";
import { addApplicationKey } from "@/lib/applications/authentication/add-application-key";
import { revokeApplicationKey } from "@/lib/applications/authentication/revoke-application-key";
import { createApplication, createApplicationWithPickUpLink } from "@/lib/applications/create-application";
import { deleteApplication } from "@/lib/applications/delete-application";
import { openPickUpLink } from "@/lib/applications/pick-up/open-pick-up-link";
import { pickUpSecret } from "@/lib/applications/pick-up/pick-up-secret";
import { addSecret } from "@/lib/applications/secrets/add-secret";
import { cancelSecretRevocation } from "@/lib/applications/secrets/revocation/cancel-secret-revocation";
import { markSecretCompromised } from "@/lib/applications/secrets/revocation/mark-secret-compromised";
import { revokeSecret } from "@/lib/applications/secrets/revocation/revoke-secret";
import { rotateSecret } from "@/lib/applications/secrets/rotate-secret";
import { updateApplication } from "@/lib/applications/update-application";
import type { StaffActor, VisitorActor } from "@/lib/audit/actor";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { createM2mApi, type M2mApi } from "@/lib/machine/m2m-api";
import { JWT_BEARER_GRANT } from "@/lib/oauth/client/client-metadata";
import { createClientKey } from "@/lib/oauth/testing/forge-assertion";
import { inviteStaffMember } from "@/lib/staff/links/invite-staff-member";
import { issueStaffLink } from "@/lib/staff/links/issue-staff-link";
import { joinStaff, resetPassword } from "@/lib/staff/links/redeem-staff-link";
import { authenticateStaff } from "@/lib/staff/sign-in/authenticate-staff";
import { createSignInThrottle } from "@/lib/staff/sign-in/sign-in-throttle";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { activityOf } from "@/lib/testing/machine/activity-rows";
import { makeUnknownSecret } from "@/lib/testing/machine/machine-application";
import {
  askWithAssertion,
  createSigningClient,
  signClientAssertion,
  signDelegation,
} from "@/lib/testing/machine/machine-assertions";
import { askForToken, memberOf, obtainToken, presentToken } from "@/lib/testing/machine/machine-requests";
import { createStaffActor, createStaffMember, signedInOf, TEST_PASSWORD } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { exportAuditLog } from "./export/export-audit-log";
import { getAuditView } from "./log/get-audit-view";

useTestDatabase();

let machine: M2mApi;
let actor: StaffActor;

beforeAll(async () => {
  setConfig(testConfig());
  machine = createM2mApi(testConfig());
  actor = await createStaffActor();
});

const VISITOR: VisitorActor = { kind: "system", ip: "192.0.2.7", requestId: "r-1" };
const EMAIL = "canary-of-the-audit-log@example.com";
const FORM = {
  description: "",
  ownerContact: "",
  scopes: ["rooms:create" as const],
  domainPolicy: "any" as const,
  domains: [],
};

/** Both tables as text: what was changed, and what applications did. */
async function logsAsText(): Promise<string> {
  const rows = await database().$queryRaw<{ row: string }[]>`
    SELECT row_to_json(e)::text AS row FROM audit_events e UNION ALL SELECT row_to_json(a)::text FROM activity a`;
  return rows.map(({ row }) => row).join("\n");
}

/** A cut or wrapped copy must be found too; shorter pieces would be found by chance. */
function piecesOf(secret: string): string[] {
  const middle = Math.floor(secret.length / 2);
  return [secret, secret.slice(0, middle), secret.slice(middle)];
}

async function expectNowhere(canaries: readonly string[]): Promise<void> {
  const text = await logsAsText();
  for (const piece of canaries.flatMap(piecesOf)) expect(text).not.toContain(piece);
}

/** What every canary is looked for in must be full of what may be there, or the search would prove nothing. */
async function expectActions(actions: readonly string[]): Promise<void> {
  const stored = await database().auditEvent.findMany({ distinct: ["action"], select: { action: true } });
  expect(stored.map(({ action }) => action)).toEqual(expect.arrayContaining([...actions]));
}

describe("neither the audit log nor the trace of what applications did holds", () => {
  it("a secret, from its making to its last use, right and wrong", async () => {
    const form = { ...FORM, name: "Calendar" };
    const { applicationId, clientId, clientSecret: secret } = await createApplication(contextOf(actor), form);
    const wrong = makeUnknownSecret(clientId);
    await updateApplication(contextOf(actor), { applicationId, ...form, name: "Diary" });
    const client = { id: applicationId, clientId, secret, secretId: "" };
    const token = await obtainToken(machine, client, { fields: { scope: EMAIL } });
    await askForToken(machine, { clientId, secret: wrong });
    await askForToken(machine, { clientId: secret, secret: clientId });
    await askForToken(machine, client, { fields: { scope: secret } });
    for (const presented of [token, `${token}x`, secret]) {
      await presentToken(machine.introspectionEndpoint, client, presented);
      await presentToken(machine.revocationEndpoint, client, presented);
    }
    await machine.settled();
    await expectActions(["application.created", "application.secret_created", "token.revoked"]);
    const done = (await activityOf(applicationId)).map(({ kind, reason }) => `${kind} ${reason}`);
    expect(done).toEqual(expect.arrayContaining(["tokens null", "introspections null", "revocations null"]));
    expect(done.filter((one) => !one.endsWith("null")).length).toBeGreaterThan(0);
    await expectNowhere([secret, wrong, token, ...token.split("."), secret.slice(-22), EMAIL, "$argon2id"]);
  });

  it("the secrets of a rotation: added, rotated, ended, kept after all, compromised and deleted with the application", async () => {
    const form = { ...FORM, name: "Rotating" };
    const { applicationId, clientSecret: first } = await createApplication(contextOf(actor), form);
    const fresh = { applicationId, label: "", expiresAt: "" };
    const { clientSecret: second } = await addSecret(contextOf(actor), fresh);
    const made = await database().applicationSecret.findMany({ where: { applicationId }, orderBy: { id: "asc" } });
    const secretIds = made.map(({ id }) => id);
    const [firstId = "", secondId = ""] = secretIds;
    const { clientSecret: third } = await rotateSecret(contextOf(actor), {
      ...fresh,
      secretIds,
      revocation: "24h",
      revocationAt: "",
    });
    await cancelSecretRevocation(contextOf(actor), { applicationId, secretId: firstId });
    await revokeSecret(contextOf(actor), {
      applicationId,
      secretId: secondId,
      revocation: "now",
      revocationAt: "",
      confirmation: form.name,
    });
    await markSecretCompromised(contextOf(actor), { applicationId, secretId: firstId, confirmation: form.name });
    await deleteApplication(contextOf(actor), { applicationId, rooms: "keep", confirmation: form.name });
    await expectActions([
      "application.secret_created",
      "application.secret_rotated",
      "application.secret_revocation_cancelled",
      "application.secret_revoked",
      "application.secret_marked_compromised",
      "application.deleted",
    ]);
    await expectNowhere([first, second, third, ...[first, second, third].map((secret) => secret.slice(-22))]);
  });

  it("the token of a pick-up link, nor the secret that it made", async () => {
    const { url } = await createApplicationWithPickUpLink(contextOf(actor), { ...FORM, name: "Handed" });
    const token = url.split("#")[1] ?? "";
    await openPickUpLink(contextOf(VISITOR), token);
    const picked = await pickUpSecret(contextOf(VISITOR), token);
    if (picked.state !== "made") throw new Error("No secret was made.");
    const { clientId, clientSecret: secret } = picked.credentials;
    await pickUpSecret(contextOf(VISITOR), token);
    await obtainToken(machine, { clientId, secret }, { fields: { scope: EMAIL } });
    await expectActions([
      "application.pick_up_link_made",
      "application.secret_picked_up",
      "application.pick_up_link_reopened",
    ]);
    await expectNowhere([token, secret, secret.slice(-22), "$argon2id"]);
  });

  it("an invitation's link, the password it was used to choose, and the link to choose another", async () => {
    const invitee = "canary-of-an-invitation@example.com";
    const invited = await inviteStaffMember(contextOf(actor), { email: invitee, role: "viewer" });
    const tokenOf = ({ url }: { url: string }) => url.split("#")[1] ?? "";
    const [password, other] = ["canary of a chosen password", "canary of another password"];
    await joinStaff(contextOf(VISITOR), { token: tokenOf(invited), name: "Canary", password });
    const reset = await issueStaffLink(contextOf(actor), invited.staffId);
    await resetPassword(contextOf(VISITOR), { token: tokenOf(reset), password: other });
    await expectActions(["staff.invited", "staff.joined"]);
    await expectNowhere([tokenOf(invited), tokenOf(reset), password, other, invitee]);
  });

  it("an assertion, of either kind, and the tokens it obtained", async () => {
    const client = await createSigningClient();
    const [proof, delegation] = [await signClientAssertion(client), await signDelegation(client, { sub: EMAIL })];
    const answers = [
      await askWithAssertion(machine, proof),
      await askForToken(machine, client, {
        fields: { grant_type: JWT_BEARER_GRANT, scope: "", assertion: delegation },
      }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const tokens = answers.map(({ json }) => String(memberOf(json, "access_token")));
    const parts = [proof, delegation, ...tokens].flatMap((text) => text.split("."));
    await expectNowhere([...parts, client.secret, EMAIL]);
  });

  it("a private key that somebody pasted, nor of the public one beyond its thumbprint", async () => {
    const client = await createSigningClient();
    const { privateKey } = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign"]);
    const jwk = await crypto.subtle.exportKey("jwk", privateKey);
    const paste = (publicKey: string) =>
      addApplicationKey(contextOf(actor), { applicationId: client.id, kid: "", publicKey });
    await expect(paste(JSON.stringify(jwk))).rejects.toMatchObject({
      fieldErrors: { publicKey: "public_key_private" },
    });
    const other = await createClientKey();
    const { publicJwk } = other.clientKey;
    const { keyId } = await paste(JSON.stringify(publicJwk));
    await revokeApplicationKey(contextOf(actor), { applicationId: client.id, keyId });
    await expectActions(["application.key_added", "application.key_revoked"]);
    await expectNowhere([jwk.d ?? "", jwk.x ?? "", ...["x", "y"].map((name) => String(memberOf(publicJwk, name)))]);
  });

  it("a password, right or wrong, the name it was tried with, and the session it opened", async () => {
    const { email } = await createStaffMember();
    const [ctx, deps] = [contextOf(VISITOR), { throttle: createSignInThrottle() }];
    const wrong = "canary-of-a-wrong-password";
    const { sessionId } = signedInOf(await authenticateStaff(ctx, { email, password: TEST_PASSWORD }, deps));
    for (const name of [email, EMAIL, "canary-that-is-no-address"]) {
      await expect(authenticateStaff(ctx, { email: name, password: wrong }, deps)).rejects.toThrow("sign_in_failed");
    }
    await expectActions(["staff.signed_in", "staff.sign_in_failed"]);
    await expectNowhere([TEST_PASSWORD, wrong, email, EMAIL, "canary-that-is-no-address", sessionId]);
  });
});

describe("an export of the audit log", () => {
  it("tells no more than the log and the names of today", async () => {
    for (const format of ["csv", "json"] as const) {
      const clock = { now: new Date(), zone: "UTC" };
      const view = await getAuditView({ kind: "all" }, clock);
      const text = await (await exportAuditLog({ view, format, ...clock })).text();
      expect(text).toContain("application.secret_created");
      expect(text).not.toMatch(/vst_|\$argon2|eyJ/);
    }
  });
});
