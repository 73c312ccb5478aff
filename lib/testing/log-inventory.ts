import type { SourceFile } from "./source-files";

type Call = { name: string; args: string[] };

/** Every call, and every signature, of the form `name(…)`, with what stands between its commas. */
function callsIn(text: string): Call[] {
  return [...text.matchAll(/\b(\w+)(?:<[\w, ]*>)?\(/g)].flatMap((match) => {
    const args = splitArguments(text, match.index + match[0].length);
    return args === undefined ? [] : [{ name: match[1] ?? "", args }];
  });
}

/** Splits at the commas of the outermost level; undefined when the parenthesis is never closed. */
function splitArguments(text: string, start: number): string[] | undefined {
  const parts: string[] = [];
  let depth = 0;
  let from = start;
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') at = text.indexOf('"', at + 1);
    if (at === -1) return undefined;
    if ("([{".includes(character)) depth += 1;
    const closes = ")]}".includes(character);
    if ((character === "," || closes) && depth === 0) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
    if (closes) {
      if (depth === 0) return parts;
      depth -= 1;
    }
  }
  return undefined;
}

const PARAMETER = /^(?:readonly )?(?:reason|code): string$/;
const LITERAL = /^"([a-z][a-z0-9_]*)"$/;

/** Functions and methods that take a reason code, as `name place`: two of one name may take it at different places. */
function reasonTakers(files: readonly SourceFile[]): Set<string> {
  const takers = new Set(["AppError 1"]);
  for (const { text } of files) {
    for (const { name, args } of callsIn(text)) {
      for (const [place, arg] of args.entries()) if (PARAMETER.test(arg)) takers.add(`${name} ${place}`);
    }
  }
  return takers;
}

/** Every reason code that the source can write into the log: given by name, or to a function that takes one. */
export function reasonsIn(files: readonly SourceFile[]): Set<string> {
  const reasons = new Set<string>();
  const takers = reasonTakers(files);
  for (const { path, text } of files) {
    for (const [, reason = ""] of text.matchAll(/\breason:\s*"([a-z][a-z0-9_]*)"/g)) reasons.add(reason);
    // A table of reasons by status.
    for (const [, reason = ""] of text.matchAll(/^\s*\d{3}: "([a-z][a-z0-9_]*)",$/gm)) reasons.add(reason);
    if (/^lib\/(?:machine|http)\//.test(path)) {
      for (const [, code = ""] of text.matchAll(/\bcode:\s*"([a-z][a-z0-9_]*)"/g)) reasons.add(code);
    }
    for (const { name, args } of callsIn(text)) {
      for (const [place, arg] of args.entries()) {
        const literal = takers.has(`${name} ${place}`) ? LITERAL.exec(arg) : null;
        if (literal?.[1] !== undefined) reasons.add(literal[1]);
      }
    }
  }
  return reasons;
}

/** Every event name in a call of the log, or in the fields that are handed to one. */
export function eventsIn(files: readonly SourceFile[]): Set<string> {
  return new Set(
    files.flatMap(({ text }) => Array.from(text.matchAll(/\bevent:\s*"([a-z_]+)"/g), (match) => match[1] ?? "")),
  );
}

/** Calls of the log whose fields name no event. */
export function namelessLogCalls(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(/\blog\.(?:debug|info|warn|error)\(/g)].flatMap((match) => {
      const [fields = ""] = splitArguments(text, match.index + match[0].length) ?? [];
      return /\bevent:|\bfields\b/.test(fields) ? [] : [`${path}: ${fields}`];
    }),
  );
}
