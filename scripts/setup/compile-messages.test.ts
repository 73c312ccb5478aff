import format, { type CompiledMessage, type Formats } from "icu-minify/format";
import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { FORMATS } from "@/lib/i18n/formats";
import { LOCALES, type Locale } from "@/lib/i18n/locales";
import { MESSAGES } from "@/lib/i18n/messages";
import compileMessages from "./compile-messages.mjs";

// What the compiler writes between an argument's name and its options (icu-minify, types.d.ts).
const [SELECT, PLURAL, ORDINAL, NUMBER, DATE, TIME] = [1, 2, 3, 4, 5, 6];
const COUNTS = [0, 1, 2, 5, 11, 1_234];
const MOMENT = new Date("2026-12-01T08:05:09Z");
const TIME_ZONE = "Europe/Paris";

type Value = string | number | Date | ((chunks: unknown) => string);
type Choices = readonly Value[];

/** What each argument and tag of a compiled message can be, one after the other. */
function argumentsOf(message: unknown, found = new Map<string, Choices>()): Map<string, Choices> {
  if (!Array.isArray(message)) return found;
  for (const node of message) {
    if (!Array.isArray(node)) continue;
    const [name, type, options] = node as [string, unknown, Record<string, unknown>];
    // What is counted may be named once more as it stands.
    if (type !== undefined || !found.has(name)) found.set(name, choicesOf(name, type, options));
    const inner = type === SELECT || type === PLURAL || type === ORDINAL ? Object.values(options) : [node.slice(1)];
    for (const part of inner) argumentsOf(part, found);
  }
  return found;
}

function choicesOf(name: string, type: unknown, options: Record<string, unknown>): Choices {
  if (type === SELECT) return [...Object.keys(options), "unheard of"];
  if (type === PLURAL || type === ORDINAL || type === NUMBER) return COUNTS;
  if (type === DATE || type === TIME) return [MOMENT];
  if (type === undefined) return [`the ${name}`];
  return [(chunks) => `<${name}>${Array.isArray(chunks) ? chunks.join("") : chunks}</${name}>`];
}

function* messagesOf(catalogue: object, path: string[] = []): Generator<[key: string, message: string]> {
  for (const [key, value] of Object.entries(catalogue)) {
    if (typeof value === "string") yield [[...path, key].join("."), value];
    else yield* messagesOf(value, [...path, key]);
  }
}

function compileOne(message: string): CompiledMessage {
  return JSON.parse(compileMessages(JSON.stringify({ message }))).message;
}

function formatCompiled(message: CompiledMessage, locale: Locale, values: Record<string, Value>): unknown {
  return format(message, locale, values, {
    formats: FORMATS as Formats,
    formatters: {
      getDateTimeFormat: (...args) => new Intl.DateTimeFormat(...args),
      getNumberFormat: (...args) => new Intl.NumberFormat(...args),
      getPluralRules: (...args) => new Intl.PluralRules(...args),
    },
    timeZone: TIME_ZONE,
  });
}

function formatRead(message: string, locale: Locale, values: Record<string, Value>): string {
  const t = createTranslator({
    locale,
    messages: { message },
    formats: FORMATS,
    timeZone: TIME_ZONE,
    onError: (error) => {
      throw error;
    },
  });
  return t.markup("message", values as Parameters<typeof t.markup>[1]);
}

describe("messages that the build has compiled", () => {
  it.each(LOCALES)(
    "say in %s what they say when they are read as they stand, for every plural and choice",
    (locale) => {
      let said = 0;
      for (const [key, message] of messagesOf(MESSAGES[locale])) {
        const compiled = compileOne(message);
        const args = argumentsOf(compiled);
        const rounds = Math.max(1, ...[...args.values()].map((choices) => choices.length));
        for (let round = 0; round < rounds; round += 1) {
          const values = Object.fromEntries(
            [...args].map(([name, choices]) => [name, choices[round % choices.length] as Value]),
          );
          expect(formatCompiled(compiled, locale, values), key).toBe(formatRead(message, locale, values));
          said += 1;
        }
      }
      expect(said).toBeGreaterThan(1_500);
    },
  );

  it("keep the shape of their file, and text without arguments as it is", () => {
    const file = { part: { title: "It’s '{quoted}' here", count: "{count, plural, one {# room} other {# rooms}}" } };
    expect(JSON.parse(compileMessages(JSON.stringify(file)))).toEqual({
      part: { title: "It’s {quoted} here", count: [["count", PLURAL, { one: [0, " room"], other: [0, " rooms"] }]] },
    });
  });

  it("end the build where one cannot be read", () => {
    expect(() => compileMessages(JSON.stringify({ part: { broken: "{count, plural, one {# room}" } }))).toThrow(
      /EXPECT_ARGUMENT_CLOSING_BRACE|MISSING_OTHER_CLAUSE/,
    );
  });
});
