import { type Rule, TEST_FILE, withoutComments } from "./rule";

/** Transactions that change nothing which staff or applications would look for, and why. */
const UNAUDITED: Readonly<Record<string, string>> = {
  "lib/audit/chain/extend-audit-chain.ts": "hashes events that are there, and nobody asked for it",
  "lib/applications/secrets/insert-secret.ts": "the verb that adds or rotates records what the secret is for",
  "lib/applications/purge-deleted-applications.ts": "the deletion was recorded, and with it what became of the rooms",
  "lib/db/write-obstacle.ts": "tries whether there is room on the disk, and takes it back",
  "lib/machine/external/idempotency.ts": "remembers an answer; the verb inside records what it did",
  "lib/staff/second-factor/second-factor-rules.ts": "the verb that adds or removes the second factor records it",
  "lib/staff/sign-in/take-organisation-answer.ts": "takes a one-time answer; the sign-in that follows is recorded",
};

/** Who may say since when a room is deleted: each of them records it, for every room. */
const DELETES_ROOMS = ["lib/rooms/mark-room-deleted.ts", "lib/rooms/staff/restore-room.ts"];

/** What holds inside a single file: which exports it may have, and what is written nowhere. */
/** What runs in production: a rule about what the product must not do is none for its tests. */
const isProduct = ({ path }: { path: string }) =>
  /^(?:lib|app|components)\/|^server\.ts$/.test(path) && !TEST_FILE.test(path);

/** The patterns that are put together, each of constants of its own file. */
const COMPOSED_PATTERNS = new Set([
  "lib/server/pages/page-routes.ts",
  "lib/text.ts",
  "lib/http/entity-tag.ts",
  "lib/rooms/representation/room-field.schema.ts",
  "lib/audit/log/audit-log.schema.ts",
  "lib/secrets/secret-format.ts",
]);
/** Statements whose whole text stands in the source; what the client runs has places for values. */
const PLAIN_STATEMENTS = new Set([
  "lib/db/client.ts",
  "lib/server/health/check-readiness.ts",
  "lib/activity/partitions/maintain-partitions.ts",
]);
/** How long whoever was refused should wait is no secret. */
const ORDINARY_RANDOM = new Set(["lib/secrets/verification-queue.ts"]);

export const SOURCE_RULES: Record<string, Rule> = {
  "process.env belongs to lib/env": {
    teaches: "Read the parsed configuration: config() of lib/env.",
    breaches: (file) =>
      /^(?:lib\/env\/|scripts\/|e2e\/|bench\/|[a-z.]+\.config\.ts$)/.test(file.path)
        ? []
        : (withoutComments(file.text).match(/process\.env\b/g) ?? []),
  },
  "nobody makes cheap hashes": {
    teaches:
      "What a hash costs is for lib/secrets to say. Call hashSecret(plain) and createDatabaseClient(connection).",
    breaches: (file) =>
      /^lib\/(?:secrets|db\/client)\b/.test(file.path) || TEST_FILE.test(file.path)
        ? []
        : [...withoutComments(file.text).matchAll(/\b(?:hashSecret|createDatabaseClient)\(([^)]*)\)/g)]
            .filter(([, given]) => /,\s*\S/.test(given ?? ""))
            .map(([call]) => call),
  },
  "layouts do not authorise": {
    teaches: "Call requireStaff in the page: a layout is not run again on every navigation.",
    breaches: (file) => (/^app\/.*layout\.tsx$/.test(file.path) ? (file.text.match(/\brequireStaff\b/g) ?? []) : []),
  },
  "every portal page asks for a permission": {
    teaches: "Begin the page with: await requireStaff(permission).",
    breaches: (file) =>
      /^app\/\(portal\)\/.*page\.tsx$/.test(file.path) && !/\bawait requireStaff\(\s*"/.test(withoutComments(file.text))
        ? ["no requireStaff(…)"]
        : [],
  },
  "every portal route asks for a permission": {
    teaches: 'Export only const METHOD = staffRoute({ permission: "…", run }).',
    breaches: (file) => {
      if (!/^app\/\(portal\)\/.*route\.tsx?$/.test(file.path)) return [];
      const exported = withoutComments(file.text)
        .split(/^(?=export\s)/m)
        .filter((code) => code.startsWith("export"));
      return exported.filter(
        (code) =>
          !/^export const (?:GET|HEAD|POST) = staffRoute\(\{\s*permission: "[a-z:-]+"/.test(code) &&
          !/^export const dynamic = /.test(code),
      );
    },
  },
  "every portal action goes through staffAction": {
    teaches: "Export only const name = staffAction({ permission, schema, run }).",
    breaches: (file) => {
      if (!file.path.startsWith("app/(portal)/") || !/^["']use server["']/.test(file.text)) return [];
      const exported = withoutComments(file.text).match(/^export\s.*$/gm) ?? [];
      return exported.filter(
        (line) => !/^export const \w+ = staffAction\(\{/.test(line) && !/^export type /.test(line),
      );
    },
  },
  "every method of the external API declares its scope": {
    teaches: 'Export only const name = externalResource({ METHOD: externalRoute({ scope: "…", … }) }).',
    breaches: (file) => {
      if (!/^lib\/machine\/resources\/.*\.ts$/.test(file.path)) return [];
      const code = withoutComments(file.text);
      const functions = code.match(/^export\s+(?:async\s+)?function\s+\w+/gm) ?? [];
      const calls = [...code.matchAll(/(?:external|compatible)Route\(\{([\s\S]*?)\b(?:run|write)\b/g)].map(
        (match) => match[1] ?? "",
      );
      return [
        ...functions,
        ...calls.filter((head) => !/\bscope:\s*(?:"rooms:[a-z]+"|null),/.test(head)).map(() => "no scope"),
      ];
    },
  },
  "a transaction that writes records an audit event": {
    teaches: "Call recordAuditEvent in the transaction of the verb.",
    breaches: (file) => {
      if (!file.path.startsWith("lib/") || TEST_FILE.test(file.path) || file.path in UNAUDITED) return [];
      const code = withoutComments(file.text);
      // It is opened here, or given to a verb together with its context.
      const hasTransaction =
        /\b(?:inTransaction|transaction)\(|\btx: Transaction,\s*(?:ctx|\{[^}]*\}): \w*Context\b/.test(code);
      const writes = code.match(/\btx\.(?:\w+\.(?:create|update|delete|upsert)\w*|\$executeRaw\w*)\b/g) ?? [];
      return hasTransaction && !/\brecordAuditEvents?\(/.test(code) ? writes : [];
    },
  },
  "rooms are deleted where it is recorded": {
    teaches: "Call markRoomDeleted or markRoomsDeletedOf: each room has its own audit event.",
    breaches: (file) =>
      DELETES_ROOMS.includes(file.path) || TEST_FILE.test(file.path)
        ? []
        : (withoutComments(file.text).match(
            /\broom\.(?:update|upsert)\w*\([^;]*?\bdata:[^;]*?\bdeletedAt\b|\bUPDATE "?rooms"?[^;`]*?\bSET\b[^;`]*?\bdeleted_at\b/g,
          ) ?? []),
  },
  "a deleted application is shown nowhere": {
    teaches: "Ask for deletedAt: null, or lock it with lockApplication: its row stays until what it left is purged.",
    breaches: (file) => {
      if (!file.path.startsWith("lib/") || TEST_FILE.test(file.path)) return [];
      const code = withoutComments(file.text);
      const reads =
        code.match(
          /\bapplication\.(?:find\w+|count|updateMany)\(|\b(?:FROM|JOIN|UPDATE) "?applications\b|\b(?:createdByA|a)pplication: \{ select/g,
        ) ?? [];
      return /\bdeletedAt: null\b|\bdeleted_at"? IS\b|\b(?:lockApplication|idsQuery)\(/.test(code) ? [] : reads;
    },
  },
  "names explain": {
    teaches: "Name the file after the one thing it does (verb-noun.ts).",
    breaches: (file) =>
      /(?:^|\/)(?:utils|helpers|common|misc|index|[a-z-]*manager)\.tsx?$/.test(file.path) ? [file.path] : [],
  },
  "folders hold at most 20 files": {
    teaches:
      "Divide it as the screens above it are divided, or by what a reader looks for; docs/architecture.md says how.",
    breaches: (file, sources) => {
      const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/"));
      const inside = [...sources.keys()].filter((path) => folderOf(path) === folderOf(file.path)).sort();
      // Said once, at its first file.
      return inside.length > 20 && inside[0] === file.path ? [`${inside.length} files in ${folderOf(file.path)}`] : [];
    },
  },
  "files stay under 300 lines": {
    teaches: "Split it where it does two things.",
    breaches: (file) => {
      const lines = file.text.split("\n").length - 1;
      return lines > 300 ? [`${lines} lines`] : [];
    },
  },
  "a refusal says what": {
    teaches: "Give toThrow the message or the constraint: a missing table throws too.",
    breaches: (file) => (TEST_FILE.test(file.path) ? (file.text.match(/\.rejects\.toThrow\(\)/g) ?? []) : []),
  },
  "test titles carry no row ids": {
    teaches: "Write the sentence alone, and the rows of docs/conformance-rows.json above: // Conformance: N18, N42",
    breaches: (file) =>
      TEST_FILE.test(file.path)
        ? // At either end of a string; T1 to T10 are no rows, but the promises of docs/decisions/0002.
          (withoutComments(file.text).match(/["'`][A-Z]\d{2}\b,? \S[^"'`\n]*|\((?:[A-SU-Z]\d{2},? ?)+\)["'`]/g) ?? [])
        : [],
  },
  "nothing asks git": {
    teaches: "Start and test work in a source archive, on a machine without git. Read the folders: readSourceFiles().",
    breaches: (file) => file.text.match(/\b(?:exec|spawn|run)\w*\(\s*["'`]git\b/g) ?? [],
  },
  "nothing is skipped, focused or slept for": {
    teaches: "A test that does not run proves nothing, but for skipIfMissing; wait for a condition, not for time.",
    breaches: (file) => {
      if (!TEST_FILE.test(file.path) || /architecture/.test(file.path)) return [];
      const found = file.text.match(/\b(?:it|test|describe)\.(?:only|skip|todo|fixme)\(|waitForTimeout\(/g) ?? [];
      // The one place that skips a test by name, for a client that is not on the machine.
      const named = file.path === "e2e/support/run-client.ts" ? [] : (file.text.match(/\.info\(\)\.\w+\(/g) ?? []);
      return [...found, ...named.filter((call) => /skip|fixme|fail/.test(call))];
    },
  },
  "no text becomes a program": {
    teaches: "Text is shown as text: no raw HTML, no eval, no program of the system, no pattern of what somebody sent.",
    breaches: (file) => {
      if (!isProduct(file)) return [];
      const code = withoutComments(file.text);
      const found = code.match(
        /dangerouslySetInnerHTML|\.(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|\beval\(|new Function\(|["']node:(?:child_process|vm)["']/g,
      );
      const patterns = COMPOSED_PATTERNS.has(file.path) ? [] : (code.match(/\bRegExp\(/g) ?? []);
      return [...(found ?? []), ...patterns];
    },
  },
  "values are no part of a statement": {
    teaches: "Leave places for values: Prisma, $queryRaw with a template, or a Statement with $1.",
    breaches: (file) =>
      isProduct(file) && !PLAIN_STATEMENTS.has(file.path)
        ? (withoutComments(file.text).match(/\$(?:query|execute)RawUnsafe\(/g) ?? [])
        : [],
  },
  "what nobody may guess is random": {
    teaches: "Take bytes of node:crypto: lib/random.ts makes text of them.",
    breaches: (file) =>
      isProduct(file) && !ORDINARY_RANDOM.has(file.path)
        ? (withoutComments(file.text).match(/Math\.random/g) ?? [])
        : [],
  },
  "no digest is of a broken hash": {
    teaches: "Use sha256.",
    breaches: (file) =>
      isProduct(file)
        ? (withoutComments(file.text).match(/create(?:Hash|Hmac)\(\s*["'`](?:md[45]|sha-?1|ripemd\w*)["'`]/gi) ?? [])
        : [],
  },
};
