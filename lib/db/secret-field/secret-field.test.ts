import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { createHashedSecrets } from "./hashed-secret";
import { createSecretFieldExtension } from "./secret-field";
import { SecretFieldError } from "./secret-field-error";
import { refuseMention } from "./secret-field-filter";
import { buildSecretModels } from "./secret-field-model";
import { hashWrites } from "./secret-field-write";

const scalar = (name: string, type = "String") => ({ name, kind: "scalar", type });
const relation = (name: string, type: string) => ({ name, kind: "object", type });

/** A schema with what the product's own has not: a field called `data`, and a relation of that name. */
const client = {
  _globalOmit: { user: { password: true }, envelope: { seal: true } },
  _runtimeDataModel: {
    models: {
      User: { fields: [scalar("id"), scalar("age", "Int"), scalar("password"), relation("envelope", "Envelope")] },
      Envelope: { fields: [scalar("id"), scalar("data", "Json"), scalar("seal"), relation("user", "User")] },
      Parcel: { fields: [scalar("id"), relation("data", "Envelope"), relation("user", "User")] },
    },
  },
};
const fields = { user: { password: true }, envelope: { seal: true } } as const;
const hasher = {
  hash: async (plain: string) => `$test$${plain}`,
  looksLikeHash: (value: string) => value.startsWith("$"),
};
const hashed = createHashedSecrets();
const models = buildSecretModels(client, fields);
const write = (model: string, args: unknown, other: Partial<typeof hasher> = {}) =>
  hashWrites({ models, hasher: { ...hasher, ...other }, hashed }, model, args);

describe("the declaration", () => {
  const declare = (declared: Record<string, Record<string, true>>, of: unknown = client) => {
    const options = { ...hasher, fields: declared, verify: async () => true };
    return () => createSecretFieldExtension(of, options);
  };

  it.each([
    ["a model that does not exist", { usr: { password: true } }, "usr.password"],
    ["a field that does not exist", { user: { passwort: true } }, "user.passwort"],
    ["a field that is no text", { user: { age: true } }, "user.age"],
    ["a relation", { user: { envelope: true } }, "user.envelope"],
    ["a field that reads would return", { user: { id: true } }, "user.id"],
  ] satisfies [string, Record<string, Record<string, true>>, string][])(
    "is refused for %s",
    (_title, declared, target) => {
      expect(declare(declared)).toThrow(SecretFieldError);
      expect(declare(declared)).toThrow(expect.objectContaining({ code: "misconfigured", target }));
    },
  );

  it("is refused for a client that was built without omit", () => {
    const bare = { _runtimeDataModel: client._runtimeDataModel };
    expect(declare({ user: { password: true } }, bare)).toThrow("must be built with the same fields as `omit`");
  });

  it.each([
    ["something else", {}],
    ["nothing", null],
    ["a client of another make", { _runtimeDataModel: { models: [{ fields: [{ name: "id" }] }] } }],
  ])("is refused, loudly, for %s in place of a client", (_title, other) => {
    expect(declare({}, other)).toThrow("its data model is not where this version of the extension looks for it");
  });
});

describe("a value", () => {
  it.each([
    [1],
    [true],
    [["x"]],
    [{ set: 1 }],
    [{ set: ["x"] }],
    [{ push: "x" }],
    [{ set: "x", push: "x" }],
    [new Date(0)],
    [Buffer.from("x")],
    [""],
    [{ set: "" }],
  ])("other than a text is refused: %j", async (password) => {
    await expect(write("User", { data: { password } })).rejects.toMatchObject({
      code: "not_plain_text",
      target: "User.password",
    });
  });

  it.each([[null], [undefined], [{ set: null }]])("that is nothing stays nothing: %j", async (password) => {
    expect(await write("User", { data: { password } })).toEqual({ data: { password } });
  });

  it("is refused when the hash function returns it as it was", async () => {
    const writing = write("User", { data: { password: "x" } }, { hash: async (plain) => plain });
    await expect(writing).rejects.toMatchObject({ code: "misconfigured" });
  });

  it("is hashed one after the other, never two at once", async () => {
    let running = 0;
    let most = 0;
    const hash = async (plain: string) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => setImmediate(resolve));
      running -= 1;
      return `$test$${plain}`;
    };
    await write("User", { data: Array.from({ length: 5 }, () => ({ password: "x" })) }, { hash });
    expect(most).toBe(1);
  });
});

describe("a secret that was hashed beforehand", () => {
  const never = async (): Promise<string> => {
    throw new Error("This is the work that was done already.");
  };

  it("is stored as it was hashed, without a second hash", async () => {
    const password = hashed.seal("$test$plain");
    for (const data of [{ password }, { password: { set: password } }]) {
      const written = await write("User", { data }, { hash: never });
      expect(JSON.stringify(written)).toContain("$test$plain");
    }
  });

  it.each([
    ["a text that looks like one", "$test$plain", "looks_hashed"],
    ["one of another client", createHashedSecrets().seal("$test$plain"), "not_plain_text"],
    ["another symbol", Symbol("hashed secret"), "not_plain_text"],
    ["an object with the look of one", { hash: "$test$plain" }, "not_plain_text"],
  ])("is nothing else: %s", async (_title, password, code) => {
    const writing = write("User", { data: { password } });
    await expect(writing).rejects.toMatchObject({ code, target: "User.password" });
  });

  it("tells nothing of its hash to whoever prints it", () => {
    const token = hashed.seal("$test$plain");
    expect(JSON.stringify({ token }) + inspect({ token })).not.toContain("$test$");
  });
});

describe("a nested update of a model with a field called data", () => {
  const update = (model: string, relationName: string, value: unknown) =>
    write(model, { data: { [relationName]: { update: value } } });

  it("is read as the row itself without where", async () => {
    const value = { data: { seal: "not a secret field here" }, seal: "plain" };
    expect(await update("User", "envelope", value)).toEqual({
      data: { envelope: { update: { data: { seal: "not a secret field here" }, seal: "$test$plain" } } },
    });
  });

  it("is read as wrapped with where", async () => {
    const value = { where: { id: "1" }, data: { data: { seal: "json" }, seal: "plain" } };
    expect(await update("User", "envelope", value)).toEqual({
      data: { envelope: { update: { where: { id: "1" }, data: { data: { seal: "json" }, seal: "$test$plain" } } } },
    });
  });

  it("follows a relation called data", async () => {
    const value = { data: { create: { seal: "plain" } } };
    expect(await write("Parcel", { data: value })).toEqual({ data: { data: { create: { seal: "$test$plain" } } } });
  });
});

describe("what the extension cannot vouch for", () => {
  it("is refused: a nested operation of a later Prisma", async () => {
    const writing = write("User", { data: { envelope: { replaceAll: { seal: "plain" } } } });
    await expect(writing).rejects.toMatchObject({ code: "unsupported", target: "Envelope" });
  });

  it("is refused: a model that the schema has not", async () => {
    await expect(write("Stranger", { data: {} })).rejects.toMatchObject({ code: "unsupported", target: "Stranger" });
  });

  it.each(["connect", "disconnect", "delete", "deleteMany", "set"])(
    "is never a row picked by its secret: %s",
    async (operation) => {
      const writing = write("User", { data: { envelope: { [operation]: [{ id: "1", seal: "x" }] } } });
      await expect(writing).rejects.toMatchObject({ code: "compared", target: "Envelope.seal" });
    },
  );

  it("does not turn a member called __proto__ into a prototype", async () => {
    const data: unknown = JSON.parse('{"__proto__": {"password": "x"}, "password": "plain"}');
    const written = await write("User", { data });
    expect(JSON.stringify(written)).toBe('{"data":{"__proto__":{"password":"x"},"password":"$test$plain"}}');
  });
});

describe("a filter", () => {
  it.each([
    ["a compound key", { id_password: { id: "1", password: "x" } }],
    ["a relevance order", { _relevance: { fields: ["password"], search: "x", sort: "asc" } }],
    ["an inherited member", Object.create({ password: "x" })],
    ["a field reference in a list", { id: { in: [{ modelName: "Envelope", name: "seal", typeName: "String" }] } }],
  ])("is refused for %s", (_title, condition) => {
    expect(() => refuseMention(models, "User", condition)).toThrow(expect.objectContaining({ code: "compared" }));
  });

  it.each([
    ["JSON that happens to have such a member", "Envelope", { data: { equals: { seal: "x", password: "x" } } }],
    ["a value that happens to be such a name", "User", { id: "password" }],
    ["the same name on a model where it is no secret", "Parcel", { seal: "x" }],
  ])("passes with %s", (_title, model, condition) => {
    expect(() => refuseMention(models, model, condition)).not.toThrow();
  });
});
