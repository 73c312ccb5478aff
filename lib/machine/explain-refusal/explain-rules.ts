import "server-only";

import { isSecretLive, type SecretLife } from "@/lib/applications/secrets/live-secret";
import type { AccessRuleName } from "@/lib/machine/check-access/access-check.types";
import { GRANT_TYPES } from "@/lib/oauth/client/client-metadata";
import { DELEGATION_RULES, type DelegationRuleName } from "@/lib/oauth/delegation-rules";
import { toDomainLimit } from "@/lib/oauth/domain-limit";
import type { RuleOutcome, RuleThenAndNow, Verdict } from "./explanation.types";
import { type PastState, type RecordedEvent, type RuleFacts, rewind, type Subject } from "./past-facts";

/** A secret or a key, by the moments at which it began and stopped to count. */
export type CredentialLife = SecretLife & { id: string; kind: "secret" | "key"; createdAt: Date };

/** A refused request, as far as rules are concerned. */
type RefusedRequest = {
  at: Date;
  /** The rules that it met, in their order. */
  rules: readonly AccessRuleName[];
  /** The rule by which it was refused: its row says so, whatever the log says. */
  refusedBy: AccessRuleName | null;
  /** Whether the rules before that were asked, and held. */
  isInOrder: boolean;
  /** Undefined where it is not kept. */
  scope: string | undefined;
  domain: string | undefined;
  /** By what it proved who it is; undefined where it is not known, and then any of the application's will do. */
  credentialId: string | undefined;
};

export type ExplainInput = {
  request: RefusedRequest;
  present: RuleFacts;
  /** All of the application; they say themselves when they counted. */
  credentials: readonly CredentialLife[];
  hasPublishedKeys: boolean;
  subject: Subject;
  createsPeople: boolean;
  /** Since the request or a little longer, newest first. */
  events: readonly RecordedEvent[];
  /** There are more of them than were read: how it began is not known. */
  isCut: boolean;
  now: Date;
};

/** Puts each rule as it was when a request was refused beside the same rule now, with what has changed it. */
export function explainRules(input: ExplainInput): RuleThenAndNow[] {
  const states = rewind(input.present, input.events, input.subject);
  return input.request.rules.map((name) => explainRule(name, states, input));
}

/** Tells from the rules whether the request would be refused now. */
export function judgeNow(rules: readonly RuleThenAndNow[]): Verdict {
  if (rules.some(({ now }) => now === "failed")) return "still_refused";
  return rules.length === 0 || rules.some(({ now }) => now === "unknown") ? "unknown" : "would_pass";
}

function explainRule(name: AccessRuleName, states: readonly PastState[], input: ExplainInput): RuleThenAndNow {
  const { request, isCut } = input;
  const outcomes = states.map(({ facts }, index) => judge(name, facts, momentOf(states, index, input), input));
  const now = outcomes[0] ?? "unknown";
  // The state in which the request was: that before all events that came later.
  const later = states.findLastIndex(({ left }) => left !== null && left.at > request.at);
  const index = Math.max(later, 0);
  const byLog = isCut ? "unknown" : outcomeAt(name, states[index]?.facts ?? input.present, input);
  const past = evidenceOf(name, request) ?? byLog;
  if (past === now) return { name, past, now, change: null, untold: untoldOf(name, { past, now }, input) };
  const expiry = name === "credential" ? findExpiry(input) : undefined;
  if (expiry !== undefined) return { name, past, now, change: { kind: "expiry", at: expiry }, untold: null };
  const flip = outcomes.findIndex((outcome) => outcome !== "unknown" && outcome !== now);
  const event = name === "credential" ? findCredentialEvent(input) : states[flip]?.left;
  if (event != null && past !== "unknown" && now !== "unknown") {
    return { name, past, now, change: { kind: "event", eventId: event.id }, untold: null };
  }
  return { name, past, now, change: null, untold: untoldOf(name, { past, now }, input) ?? "no_event" };
}

/** What the row of the request itself proves about a rule. */
function evidenceOf(name: AccessRuleName, { refusedBy, rules, isInOrder }: RefusedRequest): RuleOutcome | undefined {
  if (refusedBy === null) return undefined;
  if (name === refusedBy) return "failed";
  return isInOrder && rules.indexOf(name) < rules.indexOf(refusedBy) ? "passed" : undefined;
}

type Outcomes = Pick<RuleThenAndNow, "past" | "now">;

function untoldOf(name: AccessRuleName, { past, now }: Outcomes, { isCut, request, subject }: ExplainInput) {
  if (name === "scopes" && request.scope === undefined) return "scopes_not_kept";
  if (now === "unknown" && subject.personId === null) return "person_not_kept";
  if (past !== "unknown") return null;
  if (isCut) return "too_many";
  if (name === "deny_list" || name === "allow_list") return "list";
  return name === "known" ? "provisioning" : "no_event";
}

/** A state lasted until its event; that of now lasts. */
function momentOf(states: readonly PastState[], index: number, { now }: ExplainInput): Date {
  const left = states.slice(0, index + 1).findLast((state) => state.left !== null)?.left;
  return left == null ? now : new Date(left.at.getTime() - 1);
}

function outcomeAt(name: AccessRuleName, facts: RuleFacts, input: ExplainInput): RuleOutcome {
  const outcome = judge(name, facts, input.request.at, input);
  // Whether strangers were served then is a setting of the server, which is not in the log.
  return name === "known" && !facts.isPersonKnown ? "unknown" : outcome;
}

function judge(name: AccessRuleName, facts: RuleFacts, moment: Date, input: ExplainInput): RuleOutcome {
  const { request } = input;
  switch (name) {
    case "application":
      return toOutcome(facts.isActive);
    case "credential":
      return toOutcome(hasCredential(facts, moment, input));
    // Which one was asked for is not kept. There are two, so it was the one that was not registered.
    case "grant":
      return toOutcome(GRANT_TYPES.every((grant) => facts.grantTypes.includes(grant)));
    case "scopes":
      return request.scope === undefined ? "unknown" : toOutcome(facts.scopes.includes(request.scope));
    case "scope":
    case "signing_key":
      return "unknown";
    default:
      return judgeDelegation(name, facts, input);
  }
}

function judgeDelegation(name: DelegationRuleName, facts: RuleFacts, input: ExplainInput): RuleOutcome {
  const rule = DELEGATION_RULES.find((each) => each.name === name);
  const { domain } = input.request;
  if (rule === undefined || domain === undefined) return "unknown";
  const { isPersonKnown, isPersonActive: isActive, isDelegationAllowed, isImpersonationAllowed, listing } = facts;
  const listings = listing === "unknown" ? (["allow", "deny", null] as const) : [listing];
  const outcomes = listings.map((each) =>
    rule.holds({
      domain,
      allowedDomains: toDomainLimit(facts.domains),
      listing: each,
      hasAllowList: facts.allowed > 0,
      person: isPersonKnown ? { isActive, isDelegationAllowed } : null,
      staff: isImpersonationAllowed === null ? null : { isImpersonationAllowed },
      createsPeople: input.createsPeople,
    }),
  );
  return new Set(outcomes).size === 1 ? toOutcome(outcomes[0] === true) : "unknown";
}

/** What was compromised later counted until somebody said so. */
function isLiveAt({ createdAt, ...life }: CredentialLife, moment: Date): boolean {
  const compromisedAt = life.compromisedAt !== null && life.compromisedAt <= moment ? life.compromisedAt : null;
  return createdAt <= moment && isSecretLive({ ...life, compromisedAt }, moment);
}

function hasCredential({ methods }: RuleFacts, moment: Date, input: ExplainInput): boolean {
  const { credentials, request, hasPublishedKeys } = input;
  const named = credentials.find(({ id }) => id === request.credentialId);
  if (named !== undefined) return isLiveAt(named, moment);
  const isUsable = (kind: CredentialLife["kind"]) =>
    kind === "key" ? methods.includes("private_key_jwt") : methods.some((method) => method !== "private_key_jwt");
  return (
    (hasPublishedKeys && isUsable("key")) ||
    credentials.some((credential) => isUsable(credential.kind) && isLiveAt(credential, moment))
  );
}

/** When the credential of the request expired by itself since; undefined when it did not, or ended in another way. */
function findExpiry({ credentials, request, now }: ExplainInput): Date | undefined {
  const named = credentials.find(({ id }) => id === request.credentialId);
  if (named?.expiresAt == null) return undefined;
  const { expiresAt, revokedAt, compromisedAt } = named;
  const isFirst = [revokedAt, compromisedAt].every((other) => other === null || other > expiresAt);
  return isFirst && expiresAt > request.at && expiresAt <= now ? expiresAt : undefined;
}

/** The newest event about what the request proved itself by or, where that is not known, about what it could have used. */
function findCredentialEvent({ events, credentials, request }: ExplainInput): RecordedEvent | undefined {
  const named = credentials.filter(({ id }) => id === request.credentialId);
  const meant = named.length > 0 ? named : credentials;
  return events.find(({ action, changes }) => {
    const told = JSON.stringify(changes ?? null);
    const isOfMethods = named.length === 0 && action === "application.authentication_changed";
    return isOfMethods || meant.some(({ id }) => told.includes(id));
  });
}

function toOutcome(holds: boolean): RuleOutcome {
  return holds ? "passed" : "failed";
}
