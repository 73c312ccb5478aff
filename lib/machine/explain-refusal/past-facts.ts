import "server-only";

import type { AuditAction } from "@/lib/audit/audit-event";

/** What the rules look at and staff can change, of an application and of a person it names. */
export type RuleFacts = {
  isActive: boolean;
  grantTypes: readonly string[];
  methods: readonly string[];
  scopes: readonly string[];
  domains: readonly string[];
  /** How many are on the allow list. */
  allowed: number;
  listing: "allow" | "deny" | "unknown" | null;
  isPersonKnown: boolean;
  isPersonActive: boolean;
  isDelegationAllowed: boolean;
  /** Null for whoever has no account in the portal. */
  isImpersonationAllowed: boolean | null;
};

/** An event of the audit log, with its changes as they are stored. */
export type RecordedEvent = { id: string; at: Date; action: string; changes: unknown };

/** Whom a request named: what lists in the log call them by. */
export type Subject = { personId: string | null; personSince: Date | null; ruleId: string | null };

/**
 * A state that was left. `left` is the event that ended it; null for a change that the log does not have. The first state
 * is that of now, which nothing has ended.
 */
export type PastState = { facts: RuleFacts; left: RecordedEvent | null };

/** Which fact each field of an action is. */
const FIELDS: Partial<Record<AuditAction, Readonly<Record<string, keyof RuleFacts>>>> = {
  "application.updated": { domains: "domains", scopes: "scopes" },
  "application.activated": { isActive: "isActive" },
  "application.deactivated": { isActive: "isActive" },
  "application.authentication_changed": { grantTypes: "grantTypes", authenticationMethods: "methods" },
  "person.activated": { isActive: "isPersonActive" },
  "person.deactivated": { isActive: "isPersonActive" },
  "person.delegation_allowed": { isDelegationAllowed: "isDelegationAllowed" },
  "person.delegation_refused": { isDelegationAllowed: "isDelegationAllowed" },
  "staff.impersonation_allowed": { isImpersonationAllowed: "isImpersonationAllowed" },
  "staff.impersonation_forbidden": { isImpersonationAllowed: "isImpersonationAllowed" },
};

/** Events with the clock of one transaction each can be stored in another order than they happened. */
const DISORDER_MS = 1_000;

type Change = { fact: keyof RuleFacts; before: unknown; after: unknown };

/**
 * Goes back from what is so now through the events since, given newest first. Each must end in the state from which it
 * is left backwards: of several within a second the one that does is taken, and where none does, the log lacks
 * something, which shows as a state that no event ended. What an event says of the time before it counts in any case.
 */
export function rewind(present: RuleFacts, events: readonly RecordedEvent[], subject: Subject): PastState[] {
  const states: PastState[] = [{ facts: present, left: null }];
  const pending = [...events];
  let facts = present;
  let ruleIds = subject.ruleId === null ? [] : [subject.ruleId];
  while (pending.length > 0) {
    const event = takeNext(pending, facts);
    if (event === undefined) break;
    const changes = changesOf(event);
    const broken = changes.filter(({ fact, after }) => !isSame(facts[fact], after));
    if (broken.length > 0) {
      facts = assign(facts, broken, "after");
      states.push({ facts, left: null });
    }
    facts = assign(facts, changes, "before");
    const listed = undoList(facts, event, subject, ruleIds);
    facts = listed.facts;
    ruleIds = listed.ruleIds;
    facts = undoCreation(facts, event);
    states.push({ facts, left: event });
  }
  return states;
}

function takeNext(pending: RecordedEvent[], facts: RuleFacts): RecordedEvent | undefined {
  const [first] = pending;
  if (first === undefined) return undefined;
  const fits = (event: RecordedEvent) => changesOf(event).every(({ fact, after }) => isSame(facts[fact], after));
  const near = pending.findIndex(
    (event) => first.at.getTime() - event.at.getTime() <= DISORDER_MS && fits(event) && !isOvertaken(event, pending),
  );
  return pending.splice(Math.max(near, 0), 1)[0];
}

/** Of events that change other facts than the newest one none is taken out of its turn. */
function isOvertaken(event: RecordedEvent, [first]: readonly RecordedEvent[]): boolean {
  if (first === undefined || first === event) return false;
  const facts = changesOf(first).map(({ fact }) => fact);
  return !changesOf(event).some(({ fact }) => facts.includes(fact));
}

function changesOf({ action, changes }: RecordedEvent): Change[] {
  const fields = Object.hasOwn(FIELDS, action) ? FIELDS[action as AuditAction] : undefined;
  return Object.entries(fields ?? {}).flatMap(([field, fact]) => {
    const change = fieldOf(changes, field);
    return change === undefined ? [] : [{ fact, ...change }];
  });
}

/** What an event says of a field; undefined for what it does not speak of, or not in a way that this version knows. */
function fieldOf(changes: unknown, field: string): { before: unknown; after: unknown } | undefined {
  if (typeof changes !== "object" || changes === null || !Object.hasOwn(changes, field)) return undefined;
  const change: unknown = (changes as Record<string, unknown>)[field];
  if (typeof change !== "object" || change === null || !("before" in change) || !("after" in change)) return undefined;
  return { before: change.before, after: change.after };
}

function assign(facts: RuleFacts, changes: readonly Change[], side: "before" | "after"): RuleFacts {
  const assigned: Record<keyof RuleFacts, unknown> = { ...facts };
  for (const change of changes) {
    // A value of another kind than the fact has is of an unknown version, and says nothing.
    if (kindOf(change[side]) === kindOf(facts[change.fact])) assigned[change.fact] = change[side];
  }
  return assigned as RuleFacts;
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "list" : typeof value;
}

/** Lists are sets: another order is no change. */
function isSame(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());
}

type Listed = { facts: RuleFacts; ruleIds: string[] };

function undoList(facts: RuleFacts, event: RecordedEvent, subject: Subject, ruleIds: string[]): Listed {
  const isAddition = event.action === "application.person_rules_added";
  if (!isAddition && event.action !== "application.person_rules_removed") return { facts, ruleIds };
  const read = (field: string): unknown => fieldOf(event.changes, field)?.[isAddition ? "after" : "before"];
  const effect = read("effect");
  if (effect !== "allow" && effect !== "deny") return { facts, ruleIds };
  const [rules, people] = [toTexts(read("ruleIds")), toTexts(read("personIds"))];
  const allowed =
    effect === "allow" ? Math.max(0, facts.allowed + (isAddition ? -rules.length : rules.length)) : facts.allowed;
  const isNamed = subject.personId !== null && people.includes(subject.personId);
  if (isAddition) {
    const own = ruleIds.filter((id) => rules.includes(id));
    if (isNamed || (own.length > 0 && own.length === ruleIds.length)) {
      return { facts: { ...facts, allowed, listing: null }, ruleIds: [] };
    }
    return { facts: { ...facts, allowed, listing: own.length > 0 ? "unknown" : facts.listing }, ruleIds };
  }
  if (isNamed) return { facts: { ...facts, allowed, listing: effect }, ruleIds: rules };
  // Who was not known yet is on a list by address alone, and the log keeps no addresses.
  const wouldBeNamed = subject.personSince !== null && subject.personSince <= event.at;
  const mayBeMeant = !wouldBeNamed && rules.length > people.length;
  return { facts: { ...facts, allowed, listing: mayBeMeant ? "unknown" : facts.listing }, ruleIds };
}

function undoCreation(facts: RuleFacts, { action }: RecordedEvent): RuleFacts {
  if (action === "person.created") return { ...facts, isPersonKnown: false };
  if (action === "staff.created" || action === "staff.invited") return { ...facts, isImpersonationAllowed: null };
  return facts;
}

function toTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
