import fc from "fast-check";
import { describe, expect } from "vitest";
import { decodeBase64, decodeBase64Url, decodeUtf8 } from "../http/base64";
import { decodeFormComponent, parseForm } from "../http/form-encoding";
import { anyText } from "../testing/arbitraries";
import { attempt, fuzz } from "../testing/fuzz";
import { naiveBase64, naiveForm, naiveFormComponent, naiveUtf8 } from "../testing/naive-encodings";

const base64Text = fc.oneof(
  fc.base64String(),
  fc.string({ unit: fc.constantFrom(..."ABQRgwYZaz09+/-_= \n"), maxLength: 24 }),
  anyText,
);

// The edges of RFC 3629's table come up often, so that sequences are nearly right.
const utf8Octet = fc.oneof(
  fc.integer({ min: 0, max: 255 }),
  fc.constantFrom(0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5),
);

const formText = fc.oneof(
  fc.string({
    unit: fc.constantFrom("a", "b", "=", "&", "+", "%", "%2", "%41", "%00", "%C3", "%A9", "%c3%a9", "%ff", "é"),
  }),
  fc.array(fc.tuple(fc.string(), fc.string())).map((pairs) => new URLSearchParams(pairs).toString()),
  anyText,
);

describe("encodings, against a second implementation", () => {
  fuzz(
    "base64 has the bytes of RFC 4648 or none, and never a second spelling",
    fc.property(base64Text, (text) => {
      const expected = naiveBase64(text);
      const actual = attempt(() => decodeBase64(text));
      expect(actual).toEqual({ value: expected === undefined ? undefined : Uint8Array.from(expected) });
    }),
  );

  fuzz(
    "base64url has the bytes of base64 in its other alphabet, and no padding",
    fc.property(base64Text, (text) => {
      const isPlain = !/[+/=]/.test(text);
      const standard = text.replaceAll("-", "+").replaceAll("_", "/");
      const expected = isPlain ? naiveBase64(standard + "=".repeat((4 - (standard.length % 4)) % 4)) : undefined;
      const actual = attempt(() => decodeBase64Url(text));
      expect(actual).toEqual({ value: expected === undefined ? undefined : Uint8Array.from(expected) });
    }),
  );

  fuzz(
    "octets are text when RFC 3629 says so, and no text otherwise",
    fc.property(fc.array(utf8Octet, { maxLength: 12 }), (octets) => {
      expect(attempt(() => decodeUtf8(Uint8Array.from(octets)))).toEqual({ value: naiveUtf8(octets) });
    }),
    { runs: 3000 },
  );

  fuzz(
    "a form component is decoded octet by octet, and refused when an escape is broken",
    fc.property(formText, (text) => {
      expect(attempt(() => decodeFormComponent(text))).toEqual({ value: naiveFormComponent(text) });
    }),
  );

  fuzz(
    "a form is read pair by pair, repeated names included",
    fc.property(formText, (text) => {
      expect(attempt(() => parseForm(text))).toEqual({ value: naiveForm(text) });
    }),
  );

  fuzz(
    "a form that the platform writes is read as the platform reads it",
    fc.property(fc.array(fc.tuple(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }))), (pairs) => {
      const text = new URLSearchParams(pairs).toString();
      // The platform replaces lone surrogates while it writes, so its own reading is what was sent.
      expect(parseForm(text)).toEqual(Array.from(new URLSearchParams(text)));
    }),
  );
});
