import { type Rule, TEST_FILE, withoutComments } from "./rule";

/** The rooms in which verbs live. */
const DOMAIN = /^lib\/(?:applications|rooms|people|staff|tokens|usage|audit)\//;

const isVerbFile = (path: string) => DOMAIN.test(path) && path.endsWith(".ts") && !TEST_FILE.test(path);

/** An exported function: its name, what stands between its parentheses, and what it returns. */
const EXPORTED = /^export (?:async )?function (\w+)(?:<[^(]*>)?\(([\s\S]*?)\)(?:: ([^{]*|[^;]*?)) \{$/gm;

function exportedFunctions(text: string): { name: string; parameters: string; returns: string }[] {
  return [...withoutComments(text).matchAll(EXPORTED)].map(([, name = "", parameters = "", returns = ""]) => ({
    name,
    parameters: parameters.trim(),
    returns,
  }));
}

/** Rows that are locked against everything, even new references to them, and why. */
const LOCKED_WHOLLY: Readonly<Record<string, string>> = {
  "lib/applications/lock-application.ts": "an application that is deleted must get no new rows meanwhile",
  "lib/rooms/purge-deleted-rooms.ts": "they are deleted in this transaction",
  "lib/staff/lock-staff-member.ts": "of a member whose invitation is revoked nothing stays",
};

const MEANINGS: readonly { begins: RegExp; keeps: (returns: string) => boolean; means: string }[] = [
  { begins: /^get[A-Z]/, keeps: (type) => !/\b(?:null|undefined)\b/.test(type), means: "get returns it or throws" },
  { begins: /^find[A-Z]/, keeps: (type) => /\b(?:null|undefined)\b/.test(type), means: "find may return nothing" },
  { begins: /^list[A-Z]/, keeps: (type) => /\[\]|Page|Map|Log|rows|Uses/.test(type), means: "list returns several" },
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
        ? exportedFunctions(file.text)
            .filter(({ parameters }) => /\bactor\b|\bVerbContext\b/.test(parameters))
            .filter(({ parameters }) => !/^(?:tx|ctx)\b|^\{[\s\S]*?\}\s*:\s*(?:Pick<)?\w*Context\b/.test(parameters))
            .map(({ name }) => name)
        : [],
  },
  "get, find, list and read mean one thing each": {
    teaches:
      "docs/glossary.md says what each begins: get throws, find may return nothing, list returns several, read parses.",
    breaches: (file) => {
      if (!isVerbFile(file.path)) return [];
      const isOfDatabase = /\b(?:database\(\)|tx\.|reader\.)/.test(file.text);
      return exportedFunctions(file.text).flatMap(({ name, returns }) => [
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
