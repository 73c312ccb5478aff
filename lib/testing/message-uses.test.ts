import { describe, expect, it } from "vitest";
import { findMessageUses } from "./message-uses";

describe("findMessageUses", () => {
  it("finds plain and rich messages of a component", () => {
    const source = `const t = useTranslations("room"); t("title"); t.rich("text", { name });`;
    expect(findMessageUses(source)).toEqual([
      { kind: "literal", namespace: "room", key: "title" },
      { kind: "literal", namespace: "room", key: "text" },
    ]);
  });

  it("tells two translators apart, and the same name in two functions", () => {
    const source = `
      const t = await getTranslations("first"); const tScopes = useTranslations("scopes"); t("a"); tScopes("b");
      const t = useTranslations("second"); t("c");`;
    expect(findMessageUses(source)).toEqual([
      { kind: "literal", namespace: "first", key: "a" },
      { kind: "literal", namespace: "scopes", key: "b" },
      { kind: "literal", namespace: "second", key: "c" },
    ]);
  });

  it("finds a translator among what is awaited together", () => {
    const source = `const [{ rows, page }, now, t] = await Promise.all([
      listThings({ q, page }, new Date(), [first, second]), getNow(), getTranslations("things")]); t("count", { count });`;
    expect(findMessageUses(source)).toEqual([{ kind: "literal", namespace: "things", key: "count" }]);
  });

  it("reports what it cannot read instead of leaving it out", () => {
    const source = `const t = useTranslations("shell"); t(\`roles.\${role}\`); t(reason);`;
    expect(findMessageUses(source)).toEqual([
      { kind: "interpolated", namespace: "shell", start: "roles." },
      { kind: "unknown", namespace: "shell" },
    ]);
  });

  it("finds the use that follows one it cannot read", () => {
    const source = `const t = useTranslations("audit"); const tNames = useTranslations("names"); tNames(name); t("what");`;
    expect(findMessageUses(source)).toEqual([
      { kind: "unknown", namespace: "names" },
      { kind: "literal", namespace: "audit", key: "what" },
    ]);
  });

  it.each(["const x = t('elsewhere');", 'test("a title", () => {});', 'const t = other("room"); t("title");'])(
    "finds nothing in %s",
    (source) => {
      expect(findMessageUses(source)).toEqual([]);
    },
  );
});
