import { describe, expect, it } from "vitest";
import { toDomainName } from "@/lib/oauth/domain-name";
import { parseEmailAddress } from "@/lib/oauth/email-address";
import { emailField } from "@/lib/rooms/representation/room-field.schema";
import { parseStaffEmail } from "@/lib/staff/staff-email";
import { domainSchema } from "./application.schema";
import { addPersonRulesSchema } from "./delegation/delegation.schema";

const APPLICATION = "0197f0a0-0000-7000-8000-000000000000";

/** Every place that takes a domain, alone or in an address, and the domain that it makes of it. */
const PLACES: [place: string, read: (domain: string) => string | undefined][] = [
  ["a domain of an application", (domain) => domainSchema.safeParse(domain).data],
  ["an address that is acted for", (domain) => parseEmailAddress(`ana@${domain}`)?.domain],
  [
    "an address on the lists of an application",
    (domain) => {
      const rules = { applicationId: APPLICATION, effect: "allow", emails: [`ana@${domain}`] };
      return addPersonRulesSchema.safeParse(rules).data?.emails[0]?.slice(4);
    },
  ],
  ["an address in a room", (domain) => emailField.safeParse(`ana@${domain}`).data?.domain],
  ["an address of staff", (domain) => parseStaffEmail(`ana@${domain}`)?.slice(4)],
];

describe.each(PLACES)("%s", (_place, read) => {
  it.each([
    ["example.com", "example.com"],
    ["EXAMPLE.com", "example.com"],
    ["bücher.example", "xn--bcher-kva.example"],
    ["BÜCHER.Example", "xn--bcher-kva.example"],
    ["bu\u0308cher.example", "xn--bcher-kva.example"],
    ["xn--bcher-kva.example", "xn--bcher-kva.example"],
    ["straße.example", "xn--strae-oqa.example"],
    ["例え.テスト", "xn--r8jz45g.xn--zckzah"],
    ["ｅxample.com", "example.com"],
    // It looks like example.com, and is another name: the first letter is Cyrillic.
    ["еxample.com", "xn--xample-2of.com"],
  ])("knows %s as %s", (typed, domain) => {
    expect(read(typed)).toBe(domain);
  });

  it.each([
    "bücher.example/path",
    "bücher.example:80",
    "bücher.example?",
    "bücher.example#",
    "bücher%2eexample",
    "bü cher.example",
    "bü\u200bcher.example",
    "bü\u00adcher.example",
    "bücher..example",
    ".bücher.example",
    "-bücher.example",
    "bücher_.example",
    "☃.example",
    `${"ü".repeat(64)}.example`,
    "\u2100bücher.example",
  ])("refuses %j", (typed) => {
    expect(read(typed)).toBeUndefined();
  });
});

it.each(["bücher", "bücher.1", "ü.0x7f", "127.0.0.1"])("%s is the name of no domain", (text) => {
  expect(toDomainName(text)).toBeUndefined();
});
