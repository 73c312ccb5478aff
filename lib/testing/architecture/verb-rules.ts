import { exportedFunctions } from "./exported-functions";
import { DOMAIN_PATH, type Rule, TEST_FILE, withoutComments } from "./rule";

const isVerbFile = (path: string) => DOMAIN_PATH.test(path) && path.endsWith(".ts") && !TEST_FILE.test(path);

/** Rows that are locked against everything, even new references to them, and why. */
const LOCKED_WHOLLY: Readonly<Record<string, string>> = {
  "lib/applications/lock-application.ts": "an application that is deleted must get no new rows meanwhile",
  "lib/applications/purge-deleted-applications.ts": "it is deleted in this transaction, or in a later one",
  "lib/rooms/purge-deleted-rooms.ts": "they are deleted in this transaction",
  "lib/db/retention/expired-rows.ts": "they are deleted in this statement",
  "lib/staff/lock-staff-member.ts": "of a member whose invitation is revoked nothing stays",
};

const MEANINGS: readonly { begins: RegExp; keeps: (returns: string) => boolean; means: string }[] = [
  { begins: /^get[A-Z]/, keeps: (type) => !/\b(?:null|undefined)\b/.test(type), means: "get returns it or throws" },
  { begins: /^find[A-Z]/, keeps: (type) => /\b(?:null|undefined)\b/.test(type), means: "find may return nothing" },
  { begins: /^list[A-Z]/, keeps: (type) => /\[\]|Page|Map<|\brows\b|Uses/.test(type), means: "list returns several" },
];

/** How a verb is written: what it is given, what it is called, and what it locks. See docs/glossary.md. */
export const VERB_RULES: Record<string, Rule> = {
  "verbs are given their time and their configuration": {
    teaches: "Take them from the VerbContext: ctx.now(), ctx.config. A read takes what it needs as its last parameter.",
    breaches: (file) =>
      isVerbFile(file.path)
        ? (withoutComments(file.text).match(/\bconfig\(\)|\bnew Date\(\)|\bDate\.now\(\)/g) ?? [])
        : [],
  },
  "a verb begins with its context": {
    teaches: "Write verbNoun(ctx, input); with the transaction first where the caller owns it.",
    breaches: (file) =>
      isVerbFile(file.path) && /\binTransaction\(/.test(file.text)
        ? exportedFunctions(file)
            .filter(({ parameters }) => parameters.some((one) => /\bactor\b|\bVerbContext\b/.test(one)))
            .filter(({ parameters: [first = ""] }) => !/^(?:tx|ctx)\b|\}\s*:\s*(?:Pick<)?\w*Context\b/.test(first))
            .map(({ name }) => name)
        : [],
  },
  "get, find, list and read mean one thing each": {
    teaches:
      "docs/glossary.md says what each begins: get throws, find may return nothing, list returns several, read parses.",
    breaches: (file) => {
      if (!isVerbFile(file.path)) return [];
      const isOfDatabase = /\b(?:database\(\)|tx\.|reader\.)/.test(file.text);
      return exportedFunctions(file).flatMap(({ name, returns }) => [
        ...MEANINGS.filter(({ begins, keeps }) => begins.test(name) && !keeps(returns)).map(
          ({ means }) => `${name}: ${means}`,
        ),
        ...(isOfDatabase && /^read[A-Z]/.test(name) ? [`${name}: read never asks the database`] : []),
      ]);
    },
  },
  "rows are locked with FOR NO KEY UPDATE": {
    teaches: "FOR UPDATE makes every insert that refers to the row wait. Only who deletes takes it.",
    breaches: (file) =>
      TEST_FILE.test(file.path) || file.path in LOCKED_WHOLLY ? [] : (file.text.match(/\bFOR UPDATE\b/g) ?? []),
  },
};
