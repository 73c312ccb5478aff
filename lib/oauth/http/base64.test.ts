import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase64, decodeBase64Url, decodeDocument, decodeUtf8, encodeBase64Url } from "./base64";

describe("base64", () => {
  it("reads padded text", () => {
    expect(decodeBase64("YTpi/+8=")).toEqual(new Uint8Array([0x61, 0x3a, 0x62, 0xff, 0xef]));
    expect(decodeBase64("")).toEqual(new Uint8Array());
  });

  it.each(["YQ", "YQ=", "YQ===", "YR==", "YTq=", "Y Q==", "YQ==\n", "_-8=", "YQ==YQ==", "=", "é"])(
    "refuses %j",
    (text) => {
      expect(decodeBase64(text)).toBeUndefined();
    },
  );
});

describe("base64url", () => {
  it("gives back any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeBase64Url(encodeBase64Url(bytes))).toEqual(new Uint8Array(bytes));
      }),
      { seed: 20261123 },
    );
  });

  it.each(["YQ==", "Y", "YR", "YTq", "a+b/", "YQ ", "YQ\n", "é"])("refuses %j", (text) => {
    expect(decodeBase64Url(text)).toBeUndefined();
  });

  it("has exactly one spelling for each value", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."AZaz09-_"), maxLength: 12 }), (text) => {
        const bytes = decodeBase64Url(text);
        if (bytes !== undefined) expect(encodeBase64Url(bytes)).toBe(text);
      }),
      { numRuns: 2000, seed: 20261123 },
    );
  });
});

describe("UTF-8", () => {
  it.each([[[0xff]], [[0xc3, 0x28]], [[0xc0, 0xaf]], [[0xed, 0xa0, 0x80]], [[0xf4, 0x90, 0x80, 0x80]]])(
    "refuses the bytes %j",
    (bytes) => {
      expect(decodeUtf8(new Uint8Array(bytes))).toBeUndefined();
    },
  );

  it("keeps a byte order mark, so that the parser after it can refuse it", () => {
    expect(decodeUtf8(new Uint8Array([0xef, 0xbb, 0xbf, 0x7b]))).toBe("\uFEFF{");
  });

  it("of a document begins behind its one byte order mark", () => {
    expect(decodeDocument(new Uint8Array([0xef, 0xbb, 0xbf, 0x7b]))).toBe("{");
    expect(decodeDocument(new Uint8Array([0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf]))).toBe("\uFEFF");
    expect(decodeDocument(new Uint8Array([0x61, 0xef, 0xbb, 0xbf]))).toBe("a\uFEFF");
    expect(decodeDocument(new Uint8Array([0xff]))).toBeUndefined();
  });
});
