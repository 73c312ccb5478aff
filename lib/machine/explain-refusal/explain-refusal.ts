import "server-only";

import type { ActivityEntry } from "@/lib/activity/activity.types";
import type { Scope } from "@/lib/applications/scopes";
import type { AuditLogEntry } from "@/lib/audit/log/audit-log.types";
import { toAuditLogEntries } from "@/lib/audit/log/audit-projection";
import { type Config, config } from "@/lib/env/config";
import type { AccessRuleName } from "@/lib/machine/check-access/access-check.types";
import { domainOf } from "@/lib/oauth/email-address";
import { explainRules, judgeNow } from "./explain-rules";
import type { RuleThenAndNow, Verdict } from "./explanation.types";
import { findPresent, listRuleEvents } from "./read-present";
import { toRefusalRule } from "./refusal-rules";

/** A change counts from its commit, and its event has the time at which the transaction began. */
const LATE_MS = 10_000;

export type RefusalExplanation = {
  verdict: Verdict;
  /** By which of the rules it was refused; null when that was none of them, or is not known. */
  refusedBy: AccessRuleName | null;
  rules: RuleThenAndNow[];
  /** The events that the rules name, by their ids. */
  events: ReadonlyMap<string, AuditLogEntry>;
  /** The account of the portal that the person has. */
  staffId: string | null;
  domain: string | null;
  /** Whether nothing says whom the request named, so that the rules about people cannot be looked at. */
  isNobodyNamed: boolean;
};

const OF_APPLICATION: readonly AccessRuleName[] = ["application", "credential"];
const OF_PERSON: readonly AccessRuleName[] = ["deny_list", "allow_list", "staff", "known", "active", "opt_out"];

/**
 * Explains a refusal: each rule it met as it was at that moment, beside the rule now. The past is what the audit log says
 * going back from now; what the log cannot tell stays unknown. `scope` is the one that the call takes. Undefined when no
 * rule of the portal decided it, when nobody has proved who asked, and when the application is gone. It reads a bounded
 * number of events.
 */
export async function explainRefusal(
  entry: ActivityEntry,
  scope: Scope | undefined,
  { configuration, now }: { configuration: Config; now: Date } = { configuration: config(), now: new Date() },
): Promise<RefusalExplanation | undefined> {
  const { kind, reason, application, person, isProven, at } = entry;
  if (reason === null || application === null || !isProven || (kind !== "tokens" && kind !== "rooms")) return undefined;
  const rule = toRefusalRule(kind, reason);
  if (rule === "none") return undefined;
  const present = await findPresent(application.id, person);
  if (present === null) return undefined;
  const refusedBy = rule === "some" ? null : rule;
  const targets = [
    { kind: "application" as const, id: application.id },
    { kind: "person" as const, id: person?.id ?? null },
    { kind: "staff_member" as const, id: present.staffId },
  ];
  const { events, isCut } = await listRuleEvents(targets, new Date(at.getTime() - LATE_MS));
  const domain = person === null ? entry.domain : domainOf(person.email);
  const rules = explainRules({
    request: {
      at,
      rules: rulesOf(kind, { refusedBy, hasDomain: domain !== null, hasPerson: person !== null }),
      refusedBy,
      isInOrder: kind === "tokens",
      scope,
      domain: domain ?? undefined,
      credentialId: entry.credential?.id,
    },
    present: present.facts,
    credentials: present.credentials,
    hasPublishedKeys: present.hasPublishedKeys,
    subject: present.subject,
    createsPeople: configuration.userProvisioning === "just-in-time",
    events,
    isCut,
    now,
  });
  const named = new Set(rules.flatMap(({ change }) => (change?.kind === "event" ? [change.eventId] : [])));
  const entries = await toAuditLogEntries(events.filter(({ id }) => named.has(id)));
  return {
    verdict: judgeNow(rules),
    refusedBy,
    rules,
    events: new Map(entries.map((each) => [each.id, each])),
    staffId: present.staffId,
    domain,
    isNobodyNamed: person === null,
  };
}

/** The rules that a request met, in their order: a call has its token's grant and scopes behind it. */
function rulesOf(
  kind: "tokens" | "rooms",
  { refusedBy, hasDomain, hasPerson }: { refusedBy: AccessRuleName | null; hasDomain: boolean; hasPerson: boolean },
): AccessRuleName[] {
  const ofToken: AccessRuleName[] = kind === "tokens" ? ["grant", "scopes"] : [];
  const ofCall: AccessRuleName[] = kind === "rooms" ? ["scopes"] : [];
  // Which scopes a token request asked for is not kept.
  const isUnkept = (name: AccessRuleName) => name === "scopes" && kind === "tokens";
  const isMet = (name: AccessRuleName) =>
    name === refusedBy ||
    (name === "domain" ? hasDomain : OF_PERSON.includes(name) ? hasPerson : name !== "grant" && !isUnkept(name));
  return [...OF_APPLICATION, ...ofToken, "domain" as const, ...OF_PERSON, ...ofCall].filter(isMet);
}
