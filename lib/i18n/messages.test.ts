import { describe, expect, it } from "vitest";
import { SHORTCUTS } from "@/app/(portal)/_components/keys/shortcuts";
import { ACTIVITY_KINDS } from "@/lib/activity/activity.types";
import { CALL_RESULTS } from "@/lib/activity/call-result.types";
import { ACTIVITY_RANGE_NAMES } from "@/lib/activity/log/activity-log.schema";
import { REFUSAL_CAUSES } from "@/lib/activity/refusal-cause.types";
import { FIRST_STEPS } from "@/lib/applications/attention/first-steps";
import { ROOM_CHOICES } from "@/lib/applications/delete-application.schema";
import { PICK_UP_LINK_STATES } from "@/lib/applications/pick-up/pick-up-link.types";
import { SCOPES } from "@/lib/applications/scopes";
import { REVOCATION_OPTIONS } from "@/lib/applications/secrets/application-secret.schema";
import { SECRET_STATES } from "@/lib/applications/secrets/application-secret.types";
import { AUDIT_ACTIONS, AUDIT_FIELDS, AUDIT_TARGET_KINDS } from "@/lib/audit/audit-event";
import { AUDIT_GROUPS, AUDIT_KINDS, AUDIT_RANGE_NAMES } from "@/lib/audit/log/audit-log.schema";
import { FIRST_CALL_NEEDS } from "@/lib/developers/snippets/check-first-call";
import { COMMON_REASONS, PORTAL_REASONS } from "@/lib/errors/app-reason";
import { CALL_FAILURES } from "@/lib/errors/call-failure";
import { PORTAL_FIELD_REASONS } from "@/lib/errors/field-reason";
import { RULE_OUTCOMES, UNTOLD, VERDICTS } from "@/lib/machine/explain-refusal/explanation.types";
import { ERROR_CATALOGUE } from "@/lib/machine/problems/error-catalogue";
import { CLIENT_AUTHENTICATION_METHODS, GRANT_TYPES } from "@/lib/oauth/client/client-metadata";
import { STAFF_ROLES } from "@/lib/permissions";
import { ACCESS_LEVELS } from "@/lib/rooms/representation/room.schema";
import { ROOM_STATES } from "@/lib/rooms/staff/staff-room.types";
import { HIT_KINDS } from "@/lib/search/search.types";
import { SECOND_FACTOR_FILTERS } from "@/lib/staff/staff.schema";
import { STAFF_STATUSES } from "@/lib/staff/staff.types";
import { findMessageUses } from "@/lib/testing/message-uses";
import { readSourceFiles, type SourceFile } from "@/lib/testing/source-files";
import { LOCALES } from "./locales";
import { MESSAGES } from "./messages";
import { THEMES } from "./themes";

const sources = readSourceFiles((path) => !/\.test\.tsx?$/.test(path));

/** Keys that code chooses while it runs, by the namespace of the translator that says them. */
const CHOSEN_AT_RUN_TIME: Record<string, readonly string[]> = {
  scopes: SCOPES,
  copyField: ["copied", "refused"],
  codeBlock: ["copied", "refused"],
  runHere: ["missingSecret", "missingClient", "secretHint"],
  applicationForm: [],
  grantTypes: GRANT_TYPES,
  authenticationMethods: CLIENT_AUTHENTICATION_METHODS,
  authentication: ["revokeKeyText", "revokeKeyPublishedText"],
  pickUp: ["over", "lost"],
  reveal: ["description", "descriptionAdded", "envCopied", "envRefused"],
  revocationTimes: REVOCATION_OPTIONS.map(({ label }) => label),
  secretForms: ["cancelTextRevoked", "cancelTextKept"],
  secretStates: SECRET_STATES,
  secretUse: ["inUse", "notQuietYet"],
  staffLink: ["invitationTitle", "invitationText", "passwordTitle", "passwordText"],
  oneTimeLink: ["invitationText", "newPasswordText", "join", "setPassword", "joined", "passwordSet"],
  secondFactorSignIn: ["appLabel", "appHint", "recoveryLabel", "recoveryHint"],
  secondFactor: ["addApp", "replaceApp", "copied", "notCopied"],
  freshSignIn: ["text", "textSecond"],
  identityConfirmed: ["done", "failed"],
  errors: [...COMMON_REASONS, ...PORTAL_REASONS, ...PORTAL_FIELD_REASONS, "unexpected", ...CALL_FAILURES],
  // Whoever adds an action to AUDIT_FIELDS says it in words, in every language (messages/*/audit.json).
  auditActions: AUDIT_ACTIONS,
  auditSentences: AUDIT_ACTIONS,
  auditGroups: AUDIT_GROUPS,
  auditFields: Object.values(AUDIT_FIELDS).flat(),
  auditParties: ["system", "pick_up_link", ...AUDIT_TARGET_KINDS],
  auditPartyKinds: AUDIT_TARGET_KINDS,
};

const ACCESS_RULES = [
  "application",
  "credential",
  "grant",
  "scope",
  "signing_key",
  "scopes",
  "domain",
  "deny_list",
  "allow_list",
  "staff",
  "known",
  "active",
  "opt_out",
];
const LIST_TEXTS = ["title", "text", "empty", "people", "add", "open", "removeTitle", "removeText"];

/** What stands for `${…}` in a key. */
const INTERPOLATED: Record<string, readonly string[]> = {
  "pickUpLinks.states.": PICK_UP_LINK_STATES,
  "pickUp.closed.": ["picked_up", "revoked", "expired"].flatMap((state) =>
    ["title", "text", "next"].map((part) => `${state}.${part}`),
  ),
  "people.columns.": ["email", "name", "state", "rooms", "created"],
  "people.statuses.": ["active", "inactive"],
  "people.delegations.": ["on", "off", "staff"],
  "person.roles.": ["owner", "administrator", "member"],
  "checkAccess.rules.": ACCESS_RULES,
  "checkAccess.failures.": ACCESS_RULES,
  "checkAccess.states.": ["passed", "failed", "not_asked"],
  "delegation.effect.": ["adds", "addsMore", "removes", "removesMore"],
  "delegation.lists.": ["allow", "deny"].flatMap((list) => LIST_TEXTS.map((text) => `${list}.${text}`)),
  "unrestrictedList.columns.": ["name", "status", "people", "createdBy", "lastUsed"],
  "secrets.columns.": ["secret", "created", "lastUsed", "end"],
  "staff.columns.": ["name", "role", "status", "secondFactor", "lastSignedIn"],
  "staff.roles.": STAFF_ROLES,
  "staff.roleTexts.": STAFF_ROLES,
  "staff.statuses.": STAFF_STATUSES,
  "staff.secondFactors.": SECOND_FACTOR_FILTERS,
  "palette.kinds.": ["page", "action", ...HIT_KINDS],
  "palette.all.": HIT_KINDS,
  "palette.requests.": ["activity", "audit"],
  "palette.states.": ["inactive", "expired", "deleted"],
  "paletteEntries.pages.": ["unrestricted", "reference", "errors", "account", "incident"],
  "paletteEntries.actions.": ["create", "rotate", "deactivate", "checkAccess", "invite", "keys"],
  "keys.acts.": SHORTCUTS.map(({ id }) => id),
  "shell.roles.": STAFF_ROLES,
  "shell.parts.": ["home", "applications", "activity", "rooms", "people", "audit", "staff", "developers"],
  "preferences.languages.": LOCALES,
  "preferences.themes.": THEMES,
  "rooms.columns.": ["name", "owners", "application", "access", "state", "created"],
  "rooms.accessLevels.": ACCESS_LEVELS,
  "rooms.states.": ROOM_STATES,
  "roomPage.roles.": ["owner", "administrator", "member"],
  "applications.columns.": ["name", "status", "reach", "scopes", "calls", "secret", "lastUsed", "created", "clientId"],
  "errorCatalogue.causes.": ERROR_CATALOGUE.map(({ code }) => code),
  "errorCatalogue.remedies.": ERROR_CATALOGUE.map(({ code }) => code),
  "errorCatalogue.sentences.": ERROR_CATALOGUE.flatMap(({ sentences }) => sentences.map(({ key }) => key)),
  "usage.kinds.": ACTIVITY_KINDS,
  "usage.written.": ["before-answer", "soon"],
  "usage.results.": CALL_RESULTS,
  "activity.outcomes.": CALL_RESULTS,
  "activity.ranges.": ACTIVITY_RANGE_NAMES,
  "activity.columns.": ["status", "request", "application", "person", "secret", "address", "time"],
  "firstSteps.steps.": FIRST_STEPS,
  "firstSteps.how.": FIRST_STEPS,
  "firstSteps.go.": ["application", "token", "administrator"],
  "cures.links.": [
    "activate",
    "secrets",
    "authentication",
    "grantScope",
    "scopes",
    "addDomain",
    "delegation",
    "liftDenial",
    "allowPerson",
    "impersonation",
    "openPerson",
    "findPerson",
  ],
  "cures.nothingHere.": ["developers", "operators", "nobody"],
  "explanation.verdicts.": VERDICTS,
  "explanation.outcomes.": RULE_OUTCOMES,
  "explanation.outcomesNow.": RULE_OUTCOMES,
  "explanation.untold.": UNTOLD,
  "audit.ranges.": AUDIT_RANGE_NAMES,
  "audit.kinds.": AUDIT_KINDS,
  "audit.any.": ["system", "pick_up_link", ...AUDIT_TARGET_KINDS],
  "usageChart.results.": CALL_RESULTS,
  "refusalCauses.titles.": REFUSAL_CAUSES,
  "refusalCauses.remedies.": REFUSAL_CAUSES,
  "revokeAccess.roomChoices.": ROOM_CHOICES,
  "developers.met.": FIRST_CALL_NEEDS,
  "developers.unmet.": FIRST_CALL_NEEDS,
};

function sourcesIn(...places: string[]): SourceFile[] {
  return sources.filter(({ path }) => places.some((place) => path.startsWith(place)));
}

function flatten(node: object, prefix = ""): Map<string, string> {
  return new Map(
    Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
      typeof value === "object" && value !== null
        ? [...flatten(value, `${prefix}${key}.`)]
        : [[`${prefix}${key}`, String(value)] as const],
    ),
  );
}

/** Names of arguments and tags. What they are called is a promise between the code and every language. */
function placeholdersOf(message: string): string[] {
  const found = [...message.matchAll(/\{(\w+)[,}]|<(\w+)>/g)].map((match) => match[1] ?? `<${match[2]}>`);
  return [...new Set(found)].sort();
}

const english = flatten(MESSAGES.en);
const french = flatten(MESSAGES.fr);
const uses = sourcesIn("app/", "components/").flatMap(({ text }) => findMessageUses(text));

function usedKeys(): Set<string> {
  const keys = uses.flatMap((use) => {
    if (use.kind === "literal") return [`${use.namespace}.${use.key}`];
    if (use.kind === "unknown")
      return (CHOSEN_AT_RUN_TIME[use.namespace] ?? []).map((key) => `${use.namespace}.${key}`);
    const start = `${use.namespace}.${use.start}`;
    return (INTERPOLATED[start] ?? []).map((end) => `${start}${end}`);
  });
  return new Set(keys);
}

describe("the catalogues", () => {
  it("have the same keys in every language", () => {
    expect([...french.keys()]).toEqual([...english.keys()]);
  });

  it("take the same arguments and tags in every language", () => {
    for (const [key, message] of english) {
      expect(placeholdersOf(french.get(key) ?? ""), key).toEqual(placeholdersOf(message));
    }
  });

  it("leave no message empty", () => {
    for (const messages of [english, french]) {
      for (const [key, message] of messages) expect(message.trim(), key).not.toBe("");
    }
  });

  it("have every key that the code uses", () => {
    expect([...usedKeys()].filter((key) => !english.has(key))).toEqual([]);
  });

  it("have no key that nothing uses", () => {
    const used = usedKeys();
    expect([...english.keys()].filter((key) => !used.has(key))).toEqual([]);
  });

  it("know beforehand every key that is chosen while the code runs", () => {
    const unknown = uses.flatMap((use) => {
      if (use.kind === "unknown") return use.namespace in CHOSEN_AT_RUN_TIME ? [] : [use.namespace];
      if (use.kind === "interpolated") {
        const start = `${use.namespace}.${use.start}`;
        return start in INTERPOLATED ? [] : [start];
      }
      return [];
    });
    expect(unknown).toEqual([]);
  });

  it("are really looked up in the sources", () => {
    expect(uses.length).toBeGreaterThan(100);
  });
});

describe("French typography", () => {
  it("keeps its punctuation on the line of the word before it", () => {
    const loose = [...french].filter(([, message]) => / [:;?!»]|« /.test(message)).map(([key]) => key);
    expect(loose).toEqual([]);
  });
});
