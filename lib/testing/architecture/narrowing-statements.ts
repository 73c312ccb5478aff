/** What servers that were built before a migration stumble over, in an action of ALTER TABLE or ALTER TYPE. */
const NARROWING_ACTIONS = [
  // They read it, rely on it or write without it. An index or a constraint that is gone hinders nobody.
  /^DROP (?!CONSTRAINT\b)/i,
  /^RENAME\b/i,
  /^ALTER (?:COLUMN )?\S+ (?:DROP|SET NOT NULL|SET DATA TYPE|TYPE)\b/i,
  // They do not fill it.
  /^ADD (?:COLUMN )?(?!CONSTRAINT\b)(?!.*\b(?:DEFAULT|GENERATED)\b).*\bNOT NULL\b/i,
  // They write what it refuses.
  /^ADD (?:CONSTRAINT|CHECK|UNIQUE|FOREIGN|EXCLUDE|PRIMARY)\b/i,
  // They cannot read it: to Prisma an unknown value of an enum is a failure.
  /^ADD VALUE\b/i,
];

const NAME = '"?(\\w+)"?';
const CREATED = new RegExp(`^CREATE (?:TABLE|TYPE) (?:IF NOT EXISTS )?${NAME}`, "i");
const ALTERED = new RegExp(`^ALTER (?:TABLE|TYPE) (?:IF EXISTS )?(?:ONLY )?${NAME} (.*)$`, "i");
const REFUSING = new RegExp(`^CREATE (?:UNIQUE INDEX|(?:CONSTRAINT )?TRIGGER) .*? ON ${NAME}`, "i");
const DROPPED = /^DROP (?!INDEX\b|CONSTRAINT\b|TRIGGER\b|FUNCTION\b)/i;

/**
 * The statements of a migration after which servers that were built before it may fail: what is dropped, renamed, becomes
 * another type or is asked for in more rows. What concerns only tables of the same migration is left out. It reads words,
 * not meanings: a trigger that only adds a row is found as well, and what a function or a DO block does is not.
 */
export function findNarrowing(script: string): string[] {
  const statements = readStatements(script);
  const own = new Set(statements.flatMap((statement) => CREATED.exec(statement)?.[1] ?? []));
  return statements.filter((statement) => {
    if (DROPPED.test(statement)) return true;
    const [, refusing] = REFUSING.exec(statement) ?? [];
    if (refusing !== undefined) return !own.has(refusing);
    const [, altered = "", actions = ""] = ALTERED.exec(statement) ?? [];
    return (
      !own.has(altered) && splitActions(actions).some((action) => NARROWING_ACTIONS.some((each) => each.test(action)))
    );
  });
}

function readStatements(script: string): string[] {
  return script
    .replace(/--.*$/gm, "")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/(\$\w*\$)[\s\S]*?\1/g, "''")
    .replace(/'(?:[^']|'')*'/g, "''")
    .split(";")
    .map((statement) => statement.replace(/\s+/g, " ").trim())
    .filter((statement) => statement !== "");
}

/** At the commas that are in no parentheses. */
function splitActions(actions: string): string[] {
  let depth = 0;
  let action = "";
  const split: string[] = [];
  for (const character of `${actions},`) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (character === "," && depth === 0) {
      split.push(action.trim());
      action = "";
    } else action += character;
  }
  return split;
}
