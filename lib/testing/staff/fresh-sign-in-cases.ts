import { generateKeyPairSync, randomInt, randomUUID } from "node:crypto";
import { database } from "@/lib/db/client";
import { offerAuthenticatorApp } from "@/lib/staff/second-factor/change-authenticator-app";
import { offerPasskey } from "@/lib/staff/second-factor/passkeys/change-passkeys";
import { createTestClient, createTestPerson } from "@/lib/testing/machine/machine-application";
import { createTestRoom } from "@/lib/testing/machine/machine-rooms";
import { appOf, contextOfSession, storePasskey } from "@/lib/testing/staff/second-factors";
import { SoftwarePasskey } from "@/lib/testing/staff/software-passkey";
import { createStaffMember, TEST_PASSWORD } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { revokeAllTokensPhrase } from "@/lib/tokens/revoke-all-tokens";

/** One way to call an action. `input` stores what the call is about and returns what is sent, by whoever has the session. */
export type FreshSignInCase = { what: string; isAsked: boolean; input(sessionId: string): unknown };

type Input = FreshSignInCase["input"];
type Client = Parameters<typeof createTestClient>[0];

const asked = (what: string, input: Input): FreshSignInCase => ({ what, isAsked: true, input });
const free = (what: string, input: Input): FreshSignInCase => ({ what, isAsked: false, input });

/** Input about an application that is stored for it. */
const forClient =
  (overrides: Client, rest: object = {}): Input =>
  async () => ({ applicationId: (await createTestClient(overrides)).id, ...rest });

/** Input about its secret, whose revocation is scheduled when `endsInHours` says so. */
const forSecret =
  (endsInHours: number | null, rest: object = {}): Input =>
  async () => {
    const { id: applicationId, secretId } = await createTestClient();
    const revokedAt = endsInHours === null ? null : new Date(Date.now() + endsInHours * 3_600_000);
    await database().applicationSecret.update({ where: { id: secretId }, data: { revokedAt }, select: { id: true } });
    return { applicationId, secretId, ...rest };
  };

const forPerson =
  (column: "isActive" | "isDelegationAllowed", wanted: boolean): Input =>
  async () => ({ personId: (await createTestPerson({ [column]: !wanted })).id, [column]: wanted });

const forMember =
  (overrides: Parameters<typeof createStaffMember>[0] = {}, rest: object = {}, name = "staffId"): Input =>
  async () => ({ [name]: (await createStaffMember(overrides)).id, ...rest });

const forRule = (effect: "allow" | "deny"): Input => {
  const emails = ["ana@example.com", "bob@example.com"];
  return async () => {
    const { id: applicationId } = await createTestClient(effect === "allow" ? { allowed: emails } : { denied: emails });
    const { id: ruleId } = await database().applicationPersonRule.findFirstOrThrow({
      where: { applicationId },
      select: { id: true },
    });
    return { applicationId, ruleId };
  };
};

const forKey: Input = async () => {
  const { id: applicationId } = await createTestClient();
  const publicJwk = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ format: "jwk" });
  const { kty = "", crv = "", x = "", y = "" } = publicJwk;
  const key = { applicationId, kid: randomUUID(), publicJwk: { kty, crv, x, y }, thumbprint: "x".repeat(43) };
  const { id: keyId } = await database().applicationKey.create({ data: key, select: { id: true } });
  return { applicationId, keyId };
};

const forRoom =
  ({ deletedAt, hasPin = false }: { deletedAt?: Date; hasPin?: boolean } = {}): Input =>
  async () => {
    const { id } = await createTestRoom((await createTestPerson()).id, deletedAt === undefined ? {} : { deletedAt });
    const pinCode = hasPin ? String(randomInt(1e9, 1e10)) : null;
    await database().room.update({ where: { id }, data: { pinCode }, select: { id: true } });
    return { roomId: id };
  };

const makePublicKey = () =>
  generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "pem" }).toString();

const DETAILS = { name: "Calendar", description: "", ownerContact: "" };
const BASIC = ["client_secret_basic"] as const;
const AUTHENTICATION = { grantTypes: ["client_credentials"], methods: [...BASIC], jwksUri: "", tokenTtlSeconds: "" };
const withBasic: Client = { grantTypes: ["client_credentials"], tokenEndpointAuthMethods: [...BASIC] };
const ADDRESS = "https://keys.example.com/jwks.json";
const NEW_SECRET = { label: "", expiresAt: "" };
const NOW = { revocation: "now", revocationAt: "", confirmation: "Calendar" };

/** Stores a passkey of whoever has the session. */
const makePasskeyOf = async (sessionId: string) => storePasskey((await contextOfSession(sessionId)).actor.id);

/** Every action of the portal: what asks for a fresh proof of identity, because it widens or destroys, and what does not. */
export const FRESH_SIGN_IN_CASES: Readonly<Record<string, readonly FreshSignInCase[]>> = {
  // One's own account. Another password is asked for the one before.
  changePasswordAction: [
    free("which asks for the password itself", () => ({ currentPassword: TEST_PASSWORD, newPassword: randomUUID() })),
  ],
  endSessionAction: [free("of oneself", (sessionId) => ({ sessionId }))],
  offerAuthenticatorAppAction: [asked("which makes a key", () => ({}))],
  addAuthenticatorAppAction: [
    asked("which is a lasting proof", async (sessionId) => {
      const ctx = await contextOfSession(sessionId);
      return { code: appOf(await offerAuthenticatorApp(ctx))(new Date()) };
    }),
  ],
  removeAuthenticatorAppAction: [asked("of oneself", () => ({}))],
  offerPasskeyAction: [asked("which begins one", () => ({}))],
  addPasskeyAction: [
    asked("which is a lasting proof", async (sessionId) => {
      const { challenge } = await offerPasskey(await contextOfSession(sessionId));
      return { name: "Laptop", registration: new SoftwarePasskey().register(challenge) };
    }),
  ],
  renamePasskeyAction: [
    free("of oneself", async (sessionId) => ({ passkeyId: await makePasskeyOf(sessionId), name: "Key" })),
  ],
  removePasskeyAction: [asked("of oneself", async (sessionId) => ({ passkeyId: await makePasskeyOf(sessionId) }))],
  findProofFactorsAction: [free("which asks what to ask for", () => ({}))],
  askPasskeyProofAction: [
    free("which is the way to the proof", async (sessionId) => {
      await makePasskeyOf(sessionId);
      return {};
    }),
  ],
  makeRecoveryCodesAction: [
    asked("which open the account", async (sessionId) => {
      await makePasskeyOf(sessionId);
      return {};
    }),
  ],
  signOutEverywhereAction: [free("of oneself", () => ({}))],

  // The whole installation.
  revokeAllTokensAction: [
    asked("which stops everything", () => ({ confirmation: revokeAllTokensPhrase(testConfig()) })),
  ],

  // Applications.
  createApplicationAction: [
    asked("which makes a secret", () => ({ ...DETAILS, scopes: [], domainPolicy: "any", domains: [] })),
  ],
  createApplicationWithPickUpLinkAction: [
    asked("which lets somebody make a secret", () => ({ ...DETAILS, scopes: [], domainPolicy: "any", domains: [] })),
  ],
  updateApplicationAction: [
    asked(
      "with one scope more",
      forClient({ scopes: ["rooms:list"] }, { ...DETAILS, scopes: ["rooms:list", "rooms:create"] }),
    ),
    asked("with another scope", forClient({ scopes: ["rooms:list"] }, { ...DETAILS, scopes: ["rooms:create"] })),
    free("with one scope less", forClient({ scopes: ["rooms:list"] }, { ...DETAILS, scopes: [] })),
    free(
      "with another name",
      forClient({ scopes: ["rooms:list"] }, { ...DETAILS, name: "Diary", scopes: ["rooms:list"] }),
    ),
  ],
  setApplicationStatusAction: [
    asked("on", forClient({ isActive: false }, { isActive: true })),
    free("off", forClient({}, { isActive: false })),
  ],
  setApplicationStatusesAction: [
    asked("on", async () => ({ applicationIds: [(await createTestClient({ isActive: false })).id], isActive: true })),
    free("off", async () => ({ applicationIds: [(await createTestClient()).id], isActive: false })),
  ],
  previewApplicationStatusesAction: [
    free("which only shows", async () => ({ applicationIds: [(await createTestClient()).id], isActive: true })),
  ],
  deleteApplicationAction: [asked("for good", forClient({}, { rooms: "keep", confirmation: "Calendar" }))],
  checkAccessAction: [
    free("which only shows", forClient({}, { email: "ana@example.com", scopes: [], grantType: "client_credentials" })),
  ],

  // Secrets.
  addSecretAction: [asked("which makes a secret", forClient({}, NEW_SECRET))],
  rotateSecretAction: [
    asked("which makes a secret", async () => {
      const { id: applicationId, secretId } = await createTestClient();
      return { applicationId, secretIds: [secretId], ...NEW_SECRET, revocation: "1h", revocationAt: "" };
    }),
  ],
  cancelSecretRevocationAction: [asked("which keeps a secret alive", forSecret(2))],
  revokeSecretAction: [
    asked("later than was scheduled", forSecret(2, { ...NOW, revocation: "24h" })),
    free("sooner than was scheduled", forSecret(2, { ...NOW, revocation: "1h" })),
    free("when nothing was scheduled", forSecret(null, { ...NOW, revocation: "7d" })),
    free("at once", forSecret(2, NOW)),
  ],
  setSecretStoredAction: [free("which only notes it", forSecret(null, { isStored: true }))],
  makePickUpLinkAction: [
    asked(
      "which lets somebody make a secret",
      forClient({}, { ...NEW_SECRET, secretIds: [], revocation: "now", revocationAt: "" }),
    ),
  ],
  revokePickUpLinkAction: [
    free("that nobody has used", async () => {
      const { id: applicationId } = await createTestClient();
      const { id: linkId } = await database().pickUpLink.create({
        data: { applicationId, tokenHash: randomUUID().padEnd(64, "0"), expiresAt: new Date(Date.now() + 60_000) },
        select: { id: true },
      });
      return { applicationId, linkId };
    }),
  ],
  revokeUnusedSecretAction: [free("of a secret that nobody stored", forSecret(null))],
  markSecretCompromisedAction: [free("at once", forSecret(null, { confirmation: "Calendar" }))],
  revokeApplicationTokensAction: [free("of one application", forClient({}))],
  listSecretUsesAction: [free("which only shows", forClient({}))],

  // How an application proves who it is.
  setClientAuthenticationAction: [
    asked("with private_key_jwt", forClient(withBasic, { ...AUTHENTICATION, methods: [...BASIC, "private_key_jwt"] })),
    asked("with another address of keys", forClient(withBasic, { ...AUTHENTICATION, jwksUri: ADDRESS })),
    asked(
      "with one grant more",
      forClient(withBasic, {
        ...AUTHENTICATION,
        grantTypes: ["client_credentials", "urn:ietf:params:oauth:grant-type:jwt-bearer"],
      }),
    ),
    asked("with tokens that live longer", forClient({ ...withBasic, tokenTtlSeconds: 300 }, AUTHENTICATION)),
    free("with tokens that live shorter", forClient(withBasic, { ...AUTHENTICATION, tokenTtlSeconds: "300" })),
    free(
      "with one method less",
      forClient({ ...withBasic, tokenEndpointAuthMethods: [...BASIC, "private_key_jwt"] }, AUTHENTICATION),
    ),
    free("without the address of keys", forClient({ ...withBasic, jwksUri: ADDRESS }, AUTHENTICATION)),
  ],
  addApplicationKeyAction: [asked("which is a credential", forClient({}, { publicKey: makePublicKey(), kid: "" }))],
  revokeApplicationKeyAction: [free("at once", forKey)],

  // For whom an application may act.
  previewDomainsAction: [free("which only counts", forClient({}, { domains: ["a.example"] }))],
  setAllowedDomainsAction: [
    asked("with one domain more", forClient({ domains: ["a.example"] }, { domains: ["a.example", "b.example"] })),
    asked("with another domain", forClient({ domains: ["a.example"] }, { domains: ["b.example"] })),
    free("with one domain less", forClient({ domains: ["a.example", "b.example"] }, { domains: ["a.example"] })),
    free("where any domain was allowed", forClient({}, { domains: ["a.example"] })),
  ],
  allowAnyDomainAction: [
    asked("which lifts a limit", forClient({ domains: ["a.example"] }, { confirmation: "Calendar" })),
  ],
  addPersonRulesAction: [
    asked(
      "one more on the allow list",
      forClient({ allowed: ["ana@example.com"] }, { effect: "allow", emails: ["bob@example.com"] }),
    ),
    free("the first on the allow list", forClient({}, { effect: "allow", emails: ["bob@example.com"] })),
    free(
      "who is on the allow list",
      forClient({ allowed: ["ana@example.com"] }, { effect: "allow", emails: ["ana@example.com"] }),
    ),
    free(
      "on the deny list",
      forClient({ denied: ["ana@example.com"] }, { effect: "deny", emails: ["bob@example.com"] }),
    ),
  ],
  removePersonRuleAction: [asked("from the deny list", forRule("deny")), free("from the allow list", forRule("allow"))],
  clearAllowListAction: [
    asked("which lifts a limit", forClient({ allowed: ["ana@example.com"] }, { confirmation: "Calendar" })),
  ],

  // People.
  renamePersonAction: [free("", async () => ({ personId: (await createTestPerson()).id, displayName: "Ana" }))],
  setPersonStatusAction: [asked("on", forPerson("isActive", true)), free("off", forPerson("isActive", false))],
  setPersonDelegationAction: [
    asked("on", forPerson("isDelegationAllowed", true)),
    free("off", forPerson("isDelegationAllowed", false)),
  ],
  revokePersonTokensAction: [free("of one person", async () => ({ personId: (await createTestPerson()).id }))],
  allowImpersonationAction: [asked("of a colleague", forMember({}, {}, "staffMemberId"))],
  forbidImpersonationAction: [free("of a colleague", forMember({ isImpersonationAllowed: true }, {}, "staffMemberId"))],

  // Rooms.
  deleteRoomAction: [free("which can be restored", forRoom())],
  restoreRoomAction: [asked("which opens it again", forRoom({ deletedAt: new Date() }))],
  revealRoomPinAction: [free("which is noted", forRoom({ hasPin: true }))],

  // Staff.
  inviteStaffMemberAction: [asked("a colleague", () => ({ email: `${randomUUID()}@example.com`, role: "viewer" }))],
  issueStaffLinkAction: [asked("to a colleague", forMember())],
  revokeInvitationAction: [free("of a colleague", forMember({ isActive: false, joinedAt: null, passwordHash: null }))],
  setStaffRoleAction: [
    asked("more", forMember({ role: "viewer" }, { role: "administrator" })),
    asked("less", forMember({ role: "manager" }, { role: "viewer" })),
  ],
  setStaffStatusAction: [
    asked("on", forMember({ isActive: false }, { isActive: true })),
    asked("off", forMember({}, { isActive: false })),
  ],
  resetSecondFactorsAction: [
    asked("of a colleague", async () => {
      const { id: staffId } = await createStaffMember();
      await storePasskey(staffId);
      return { staffId };
    }),
  ],
  signOutStaffMemberAction: [free("of a colleague", forMember())],
};
