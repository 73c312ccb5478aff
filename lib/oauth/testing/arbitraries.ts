import fc from "fast-check";

/** Printable ASCII: what RFC 6749 appendix A allows in a credential. */
export const visible = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
});

/** Any text, most of it hostile: every plane, lone surrogates, controls, and long runs of one character. */
export const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string(),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
  fc
    .tuple(
      fc.constantFrom("a", ".", "@", " ", "=", "%", "%4", "a.", "a@", "[", '{"a":', '"', "\\", "\u0300", "é"),
      fc.nat(4000),
    )
    .map(([unit, times]) => unit.repeat(times)),
);

/** What a header field can hold at all: every octet but NUL, CR and LF. */
export const headerText = fc.string({
  unit: fc
    .integer({ min: 1, max: 0xff })
    .filter((code) => code !== 10 && code !== 13)
    .map((code) => String.fromCharCode(code)),
});

type Edit = { kind: "replace" | "insert" | "delete" | "repeat" | "swap"; place: number; length: number; put: string };

/** One to four small accidents for any text: characters of `units` put in, others taken out, doubled, moved. */
export function accidents(units: fc.Arbitrary<string>): fc.Arbitrary<(text: string) => string> {
  const edit: fc.Arbitrary<Edit> = fc.record({
    kind: fc.constantFrom("replace", "insert", "delete", "repeat", "swap"),
    place: fc.nat(100_000),
    length: fc.integer({ min: 1, max: 6 }),
    put: fc.string({ unit: units, minLength: 1, maxLength: 3 }),
  });
  return fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) => (text: string) => edits.reduce(applyEdit, text));
}

/** `base` after some `accidents`. */
export function mutationsOf(base: string, units: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return accidents(units).map((spoil) => spoil(base));
}

function applyEdit(text: string, { kind, place, length, put }: Edit): string {
  const at = place % (text.length + 1);
  const before = text.slice(0, at);
  const taken = text.slice(at, at + length);
  const after = text.slice(at + length);
  switch (kind) {
    case "replace":
      return before + put + after;
    case "insert":
      return before + put + taken + after;
    case "delete":
      return before + after;
    case "repeat":
      return before + taken + taken + after;
    case "swap":
      return before + after + taken;
  }
}
