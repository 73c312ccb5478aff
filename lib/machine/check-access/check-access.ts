import "server-only";

import { SCOPES } from "@/lib/applications/scopes";
import { database } from "@/lib/db/client";
import { type Config, config } from "@/lib/env/config";
import { AppError } from "@/lib/errors/app-error";
import { ACTIVE_RULE } from "@/lib/machine/client/authenticate-client";
import { type ClientKeySet, findClientKeySet } from "@/lib/machine/client/client-keys";
import { type ClientRecord, findClientRecord, toAuthenticatedClient } from "@/lib/machine/client/client-record";
import { toAccessTokenPayload } from "@/lib/oauth/access-token/access-token";
import { JWT_BEARER_GRANT } from "@/lib/oauth/client/client-metadata";
import { DELEGATION_RULES } from "@/lib/oauth/delegation-rules";
import type { EmailAddress } from "@/lib/oauth/email-address";
import { isOAuthError, OAuthError } from "@/lib/oauth/oauth-error";
import { judgeRules, type RuleOutcome } from "@/lib/oauth/rule";
import { narrowScopes, parseRequestedScopes, parseScope } from "@/lib/oauth/scope";
import { asGrantRefusal, readSubjectClaim } from "@/lib/oauth/token-endpoint/jwt-bearer-grant";
import { GRANT_RULE, toClaims } from "@/lib/oauth/token-endpoint/token-issuer";
import type { StoredDelegationFacts } from "@/lib/people/delegation-columns";
import { getDelegationFacts } from "@/lib/people/get-delegation-facts";
import type { AccessQuestion } from "./access-check.schema";
import type { AccessCheck, AccessRule, AccessRuleName } from "./access-check.types";

/** Stands in a claim for what a token gets at random, or for the id that a person gets. */
const EXAMPLE_ID = "00000000-0000-7000-8000-000000000000";
const EXAMPLE_TOKEN_ID = "example-example-example";

type Outcome = RuleOutcome<AccessRuleName>;
type Asked = { subject: EmailAddress; requested: readonly string[] };

/**
 * Says what the token endpoint would answer if the application asked for a token now, and why: every rule in its order,
 * by the very functions that the endpoint asks, the first that fails being its answer. Nothing is issued, made or
 * written. Who asks is taken to be the application itself, with a credential that counts. Throws AppError `not_found`.
 */
export async function checkAccess(
  question: AccessQuestion,
  deps: { configuration: Config; now: () => Date } = { configuration: config(), now: () => new Date() },
): Promise<AccessCheck> {
  const { applicationId, grantType } = question;
  const found = await readClient(applicationId, deps.now());
  if (found === null) throw new AppError("not_found", "not_found");
  const { client, clientId, keySet } = found;
  const isSigned = grantType === JWT_BEARER_GRANT;

  const asked = attempt("scope", () => readQuestion(question, isSigned));
  const scopes = attempt("scopes", () =>
    narrowScopes({ requested: asked.value?.requested ?? [], granted: client.scopes, supported: SCOPES }),
  );
  const stored = asked.value === undefined ? undefined : await getDelegationFacts(asked.value.subject, applicationId);
  const outcomes: Outcome[] = [
    ...judgeRules([ACTIVE_RULE], client),
    judgeCredential(client, keySet),
    ...judgeRules([GRANT_RULE], { grantTypes: client.grantTypes, grantType }),
    asked.outcome,
    ...(isSigned ? [judgeSigningKey(keySet)] : []),
    ...(asked.value === undefined ? [] : [scopes.outcome]),
    ...judgeDelegation(asked.value, stored, { client, isSigned, configuration: deps.configuration }),
  ];
  const person = stored?.person ?? null;
  const subject =
    asked.value === undefined ? null : { domain: asked.value.subject.domain, personId: person?.id ?? null };
  const refusal = outcomes.find((outcome) => outcome.refusal !== undefined)?.refusal;
  const rules = [...outcomes.map(toRule), ...notAsked(asked.value)];
  if (refusal !== undefined) {
    const { status, code: error, description } = refusal;
    return {
      rules,
      refusal: { status, error, description },
      claims: null,
      examples: [],
      subject,
      createsPerson: false,
    };
  }
  const credential = pickCredential(client, keySet, isSigned);
  const { tokenIssuer: issuer, tokenAudience: audience, tokenTtlSeconds } = deps.configuration;
  const authenticated = toAuthenticatedClient(client, { clientId, ...credential, secretEndsAt: null }, tokenTtlSeconds);
  const claims = toClaims(
    {
      client: authenticated,
      credentialId: credential.credentialId,
      subjectId: person?.id ?? EXAMPLE_ID,
      scopes: scopes.value ?? [],
      tokenId: EXAMPLE_TOKEN_ID,
    },
    { issuer, audience, now: deps.now },
  );
  const examples = ["iat", "nbf", "exp", "jti", "credential_id", ...(person === null ? ["sub", "user_id"] : [])];
  return {
    rules,
    refusal: null,
    claims: toAccessTokenPayload(claims),
    examples,
    subject,
    createsPerson: person === null,
  };
}

async function readClient(applicationId: string, now: Date) {
  const application = await database().application.findUnique({
    where: { id: applicationId, deletedAt: null },
    select: { clientId: true },
  });
  if (application === null) return null;
  const [client, keySet] = await Promise.all([
    findClientRecord(application.clientId, now),
    findClientKeySet(applicationId),
  ]);
  return client === null || keySet === null ? null : { client, keySet, clientId: application.clientId };
}

/** Reads the question as the endpoint would: the person from the scope, or from what the application has signed. */
function readQuestion({ email, scopes }: AccessQuestion, isSigned: boolean): Asked {
  if (!isSigned) {
    // The endpoint takes an empty parameter for a missing one (RFC 6749 §3.2).
    const { subject, requestedScopes } = parseScope([email, ...scopes].join(" ") || undefined);
    return { subject, requested: requestedScopes };
  }
  const requested = parseRequestedScopes(scopes.length === 0 ? undefined : scopes.join(" "));
  return { subject: readSubjectClaim(email), requested };
}

/** The one rule that is not the endpoint's own: it looks at what is presented, and here nothing is. */
function judgeCredential({ methods, secrets }: ClientRecord, keySet: ClientKeySet): Outcome {
  const hasSecret = secrets.length > 0 && methods.some((method) => method !== "private_key_jwt");
  const isProvable = hasSecret || (methods.includes("private_key_jwt") && canSign(keySet));
  const refusal = new OAuthError("invalid_client", { reason: "secret_not_live" });
  return { name: "credential", refusal: isProvable ? undefined : refusal };
}

function judgeSigningKey(keySet: ClientKeySet): Outcome {
  const refusal = new OAuthError("invalid_grant", { reason: "unknown_key" });
  return { name: "signing_key", refusal: canSign(keySet) ? undefined : refusal };
}

/** Keys that are published are read when they are needed: an address is as good as a key until then. */
function canSign({ keys, jwksUri }: ClientKeySet): boolean {
  return keys.length > 0 || jwksUri !== null;
}

function judgeDelegation(
  asked: Asked | undefined,
  stored: StoredDelegationFacts | undefined,
  { client, isSigned, configuration }: { client: ClientRecord; isSigned: boolean; configuration: Config },
): Outcome[] {
  if (asked === undefined || stored === undefined) return [];
  const createsPeople = configuration.userProvisioning === "just-in-time";
  const facts = { ...stored, domain: asked.subject.domain, allowedDomains: client.domains, createsPeople };
  return judgeRules(DELEGATION_RULES, facts).map(({ name, refusal }) => {
    const told = isSigned && refusal !== undefined ? asGrantRefusal(refusal) : refusal;
    return { name, refusal: isOAuthError(told) ? told : refusal };
  });
}

function pickCredential({ secrets, methods }: ClientRecord, { keys }: ClientKeySet, isSigned: boolean) {
  const method = methods[0] ?? "client_secret_basic";
  const secret = isSigned || method === "private_key_jwt" ? undefined : secrets[0];
  return { method, credentialId: secret?.id ?? keys[0]?.id ?? EXAMPLE_ID };
}

function attempt<Value>(name: AccessRuleName, work: () => Value): { outcome: Outcome; value: Value | undefined } {
  try {
    return { outcome: { name, refusal: undefined }, value: work() };
  } catch (thrown) {
    if (!isOAuthError(thrown)) throw thrown;
    return { outcome: { name, refusal: thrown }, value: undefined };
  }
}

function toRule({ name, refusal }: Outcome): AccessRule {
  return { name, state: refusal === undefined ? "passed" : "failed", reason: refusal?.reason ?? null };
}

function notAsked(asked: Asked | undefined): AccessRule[] {
  if (asked !== undefined) return [];
  const names: AccessRuleName[] = ["scopes", ...DELEGATION_RULES.map(({ name }) => name)];
  return names.map((name) => ({ name, state: "not_asked", reason: null }));
}
