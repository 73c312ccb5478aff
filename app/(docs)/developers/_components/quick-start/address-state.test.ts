import { describe, expect, it } from "vitest";
import { isPlainAddress, parseAddressState, toAddressQuery } from "./address-state";

const APPLICATION = "0190a5c0-0000-7000-8000-000000000000";
const NOTHING = { application: "", client: "", person: "", tab: "curl" };
const parse = (query: string) => parseAddressState(new URLSearchParams(query));

describe("the state in the address of the quick start", () => {
  it("comes back as it was written, and what is not said is left out", () => {
    const state = { application: APPLICATION, client: "aB3-_", person: "zoe+1@lyon.example", tab: "python" } as const;
    const query = toAddressQuery(state);
    expect(parse(new URLSearchParams(query).toString())).toEqual(state);
    expect(toAddressQuery(parse(""))).toEqual({});
  });

  it.each([
    "person=$(id)@a.example",
    'person=x"@a.example',
    "person=x'@a.example",
    "person=x%0Aid@a.example",
    "person=a@b.example%0A",
    "person=a@b.example;id",
    "person=-d@a.example",
    "person=a@-b.example",
    "person=a b@c.example",
    "person=a\\@c.example",
    "person=`id`@c.example",
    "person={{$env.X}}@c.example",
    "person=a@nowhere",
    `person=${"a".repeat(250)}@b.example`,
    "client=a:b",
    "client=$HOME",
    "client=a%22",
    `client=${"a".repeat(65)}`,
    "application=../x",
    "tab=ruby",
    "secret=canary&token=canary",
  ])("says nothing where it holds what a program must not: %s", (query) => {
    expect(parse(query)).toEqual(NOTHING);
  });

  it.each(["ana@example.com", "Ana.B_c-d+e@sub.a-b.example"])("takes the plain address %s", (address) => {
    expect(isPlainAddress(address)).toBe(true);
  });
});
