import type { AuditAction, AuditField, AuditValue } from "@/lib/audit/audit-event";
import type { AccessRuleName } from "@/lib/machine/check-access/access-check.types";
import { type CredentialLife, type ExplainInput, explainRules } from "@/lib/machine/explain-refusal/explain-rules";
import type { RuleThenAndNow } from "@/lib/machine/explain-refusal/explanation.types";
import type { RecordedEvent, RuleFacts } from "@/lib/machine/explain-refusal/past-facts";

/** The person whom the request named. */
export const PERSON = "person-1";
export const SECRET = "secret-1";
export const at = (time: string) => new Date(`2026-11-30T${time}Z`);
const ASKED = at("12:00:00");

const FACTS: RuleFacts = {
  isActive: true,
  grantTypes: ["client_credentials", "urn:ietf:params:oauth:grant-type:jwt-bearer"],
  methods: ["client_secret_basic"],
  scopes: ["rooms:create"],
  domains: ["nantes.example"],
  allowed: 0,
  listing: null,
  isPersonKnown: true,
  isPersonActive: true,
  isDelegationAllowed: true,
  isImpersonationAllowed: null,
};
export const LIVE: CredentialLife = {
  id: SECRET,
  kind: "secret",
  createdAt: at("01:00:00"),
  expiresAt: null,
  revokedAt: null,
  compromisedAt: null,
};

export type Fields = Partial<Record<AuditField, [AuditValue, AuditValue]>>;

let events = 0;

export function event(time: string, action: AuditAction, fields: Fields = {}, id = `event-${++events}`): RecordedEvent {
  const changes = Object.fromEntries(
    Object.entries(fields).map(([field, [before, after]]) => [field, { before, after }]),
  );
  return { id, at: at(time), action, changes };
}

export const domains = (time: string, before: string[], after: string[], id?: string) =>
  event(time, "application.updated", { domains: [before, after] }, id);

type Situation = Partial<Omit<ExplainInput, "request" | "present">> & {
  refusedBy?: AccessRuleName | null;
  request?: Partial<ExplainInput["request"]>;
  present?: Partial<RuleFacts>;
};

/** What is said of a rule by which a token request was refused at noon; `events` as they happened. */
export function explain(
  rule: AccessRuleName,
  { refusedBy = rule, request, present, ...situation }: Situation,
): RuleThenAndNow | undefined {
  const rules = explainRules({
    request: {
      at: ASKED,
      rules: [rule],
      refusedBy,
      isInOrder: true,
      scope: "rooms:list",
      domain: "lyon.example",
      credentialId: SECRET,
      ...request,
    },
    present: { ...FACTS, ...present },
    credentials: [LIVE],
    hasPublishedKeys: false,
    subject: { personId: PERSON, personSince: at("01:00:00"), ruleId: null },
    createsPeople: true,
    isCut: false,
    now: at("18:00:00"),
    ...situation,
    events: [...(situation.events ?? [])].reverse(),
  });
  return rules.find(({ name }) => name === rule);
}

export const passesSince = (eventId: string) => ({
  past: "failed",
  now: "passed",
  change: { kind: "event", eventId },
  untold: null,
});
export const stillFails = { past: "failed", now: "failed", change: null, untold: null };
