/** One call of a translator, as far as the source tells which message it says. */
export type MessageUse =
  | { kind: "literal"; namespace: string; key: string }
  /** A template whose beginning is known: t(`roles.${role}`). */
  | { kind: "interpolated"; namespace: string; start: string }
  | { kind: "unknown"; namespace: string };

type Translator = { name: string; namespace: string; index: number };

const ASSIGNED = /const (\w+) = (?:await )?(?:useTranslations|getTranslations)\("(\w+)"\)/g;
const DESTRUCTURED = /const \[([^\]]+)\] = await Promise\.all\(\[([\s\S]*?)\]\);/g;

/**
 * Finds the messages a source file says, for the test that compares code and catalogue. A translator is a constant that
 * is assigned from `useTranslations` or `getTranslations`, alone or in a `Promise.all`; a call belongs to the last one
 * of its name above it.
 */
export function findMessageUses(source: string): MessageUse[] {
  const translators = findTranslators(source);
  const names = [...new Set(translators.map(({ name }) => name))];
  if (names.length === 0) return [];
  // Looks ahead only: the text after a call that names no key can hold the next call.
  const call = new RegExp(`\\b(${names.join("|")})(?:\\.rich|\\.markup)?\\(\\s*(?=(.)([^"\`$]*))`, "g");
  return [...source.matchAll(call)].flatMap(({ 1: name, 2: quote, 3: text = "", index }) => {
    const translator = translators.findLast((candidate) => candidate.name === name && candidate.index < index);
    return translator === undefined ? [] : toUse(translator.namespace, quote, text);
  });
}

function toUse(namespace: string, quote: string | undefined, text: string): MessageUse[] {
  if (quote === '"') return [{ kind: "literal", namespace, key: text }];
  if (quote === "`") return [{ kind: "interpolated", namespace, start: text }];
  // `isActive ? t("a") : t("b")` are two calls of their own; what is left names its key elsewhere.
  return [{ kind: "unknown", namespace }];
}

function findTranslators(source: string): Translator[] {
  const assigned = [...source.matchAll(ASSIGNED)].map(({ 1: name = "", 2: namespace = "", index }) => ({
    name,
    namespace,
    index,
  }));
  const destructured = [...source.matchAll(DESTRUCTURED)].flatMap(({ 1: targets = "", 2: calls = "", index }) => {
    const names = splitAtCommas(targets);
    return splitAtCommas(calls).flatMap((expression, position) => {
      const namespace = /getTranslations\("(\w+)"\)/.exec(expression)?.[1];
      return namespace === undefined ? [] : [{ name: names[position] ?? "", namespace, index }];
    });
  });
  return [...assigned, ...destructured].sort((a, b) => a.index - b.index);
}

/** Splits a list of expressions, and not at the commas inside of one. */
function splitAtCommas(list: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const character of list) {
    if (/[([{]/.test(character)) depth += 1;
    if (/[)\]}]/.test(character)) depth -= 1;
    if (character === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim());
}
