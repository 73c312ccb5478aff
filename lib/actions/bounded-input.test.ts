import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readSourceFiles } from "@/lib/testing/source-files";

const MEMBERS = 100_000;
/** As long as the longest list that is accepted, of guests, may be looked at; a longer one is not. */
const READS_MAX = 1_000;

const sources = readSourceFiles((path) => /^(?:app|lib)\/.*\.tsx?$/.test(path) && !/\.test\.ts$/.test(path));

/** Names of the schemas that actions and routes parse what they are sent with. */
const names = [
  ...new Set(
    sources
      .filter(({ path }) => /\/actions\.ts$|^lib\/machine\/resources\//.test(path))
      .flatMap(({ text }) => [...text.matchAll(/^ {2,4}(?:schema|body|query): (\w+)/gm)].map(([, name = ""]) => name)),
  ),
].sort();

const modules = await Promise.all(
  sources.filter(({ path }) => path.endsWith(".schema.ts")).map(({ path }) => import(/* @vite-ignore */ resolve(path))),
);
const exported = new Map<string, unknown>(modules.flatMap((module) => Object.entries(module as object)));

type Place = { path: string[]; array: z.ZodArray };

/** Every list inside of a schema, and the members that lead to it. */
function listsOf(schema: unknown, path: string[] = []): Place[] {
  if (schema instanceof z.ZodArray) return [{ path, array: schema }, ...listsOf(schema.element, [...path, "0"])];
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).flatMap(([name, member]) => listsOf(member, [...path, name]));
  }
  if (schema instanceof z.ZodPipe) return [...listsOf(schema.in, path), ...listsOf(schema.out, path)];
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => listsOf(option, path));
  if (schema instanceof z.ZodType && "innerType" in schema.def) return listsOf(schema.def.innerType, path);
  return [];
}

/** A list of many members that counts how often one of them is read. */
function countedList(): { list: unknown[]; reads(): number } {
  let reads = 0;
  const list = new Proxy(new Array<unknown>(MEMBERS).fill("a"), {
    get(target, name, receiver) {
      if (typeof name === "string" && /^\d+$/.test(name)) reads += 1;
      return Reflect.get(target, name, receiver);
    },
  });
  return { list, reads: () => reads };
}

const places = names.flatMap((name) => {
  const schema = exported.get(name);
  return schema instanceof z.ZodType
    ? listsOf(schema).map(({ path }) => ({ name, schema, path, title: `${name}: ${path.join(".")}` }))
    : [];
});

describe("what actions and routes are sent", () => {
  it("is parsed with schemas that are found here, lists among them", () => {
    expect(names.length).toBeGreaterThan(40);
    expect(names.filter((name) => !(exported.get(name) instanceof z.ZodType))).toEqual([]);
    expect(places.map(({ title }) => title)).toEqual(
      expect.arrayContaining([
        "addPersonRulesSchema: emails",
        "createApplicationSchema: domains",
        "createRoomSchema: attendees",
        "setClientAuthenticationSchema: methods",
      ]),
    );
  });

  it.each(places)(`is refused before its members are looked at when it is too long: $title`, ({ schema, path }) => {
    const { list, reads } = countedList();
    const input = path.reduceRight<unknown>((inner, name) => (name === "0" ? [inner] : { [name]: inner }), list);
    const { error } = schema.safeParse(input);
    const found = error?.issues.filter((issue) => issue.path.map(String).join(".") === path.join("."));
    expect(found?.map(({ code }) => code)).toEqual(["too_big"]);
    expect(reads()).toBeLessThanOrEqual(READS_MAX);
  });
});

describe("a list without a maximum", () => {
  it("is seen: all of its members are read", () => {
    const { list, reads } = countedList();
    z.array(z.string()).safeParse(list);
    expect(reads()).toBeGreaterThanOrEqual(MEMBERS);
  });
});
