import { describe, expect, it } from "vitest";
import { parseEmailAddress } from "@/lib/oauth/email-address";
import type { StoredDelegationFacts } from "@/lib/people/delegation-columns";
import type { ClientQuestion, ClientRecord, KnownSubject } from "./client-record";
import { createSubjectReader, SUBJECT_MAX_AGE_MS } from "./read-subject";

const READ_AT = new Date("2026-11-23T12:00:00.000Z");
const ALICE = parseEmailAddress("alice@example.com") ?? expect.fail();

function factsOf(id: string): StoredDelegationFacts {
  return {
    listing: null,
    hasAllowList: false,
    staff: null,
    person: { id, isActive: true, isDelegationAllowed: true },
  };
}

const KNOWN: KnownSubject = { address: ALICE.address, facts: factsOf("known"), readAt: READ_AT };

/** Reads with `known` beside the client, at a moment so many milliseconds after it was read. */
async function read(known: KnownSubject | null, { age = 0, isGone = false } = {}) {
  const asked: ClientQuestion[] = [];
  const readSubject = createSubjectReader({
    async readClient(question) {
      asked.push(question);
      const subject = { address: question.subject ?? "", facts: factsOf("read anew"), readAt: READ_AT };
      const client: ClientRecord = {
        applicationId: "application",
        isActive: true,
        credentialVersion: 0,
        grantTypes: [],
        methods: [],
        scopes: [],
        domains: "any",
        tokenTtlSeconds: null,
        secrets: [],
        subject,
        readAt: READ_AT,
      };
      return isGone ? null : client;
    },
    now: () => new Date(READ_AT.getTime() + age),
  });
  const facts = await readSubject(ALICE, { clientId: "calendar", subject: known });
  return { person: facts.person?.id, asked };
}

const ASKED = [{ clientId: "calendar", subject: "alice@example.com" }];

describe("what is known of a person beside the client", () => {
  it.each([0, 1, SUBJECT_MAX_AGE_MS - 1])("is used when it is %d milliseconds old", async (age) => {
    expect(await read(KNOWN, { age })).toEqual({ person: "known", asked: [] });
  });

  it.each([
    ["a second old", KNOWN, SUBJECT_MAX_AGE_MS],
    ["from a clock that was set back since", KNOWN, -1],
    ["about somebody else", { ...KNOWN, address: "bob@example.com" }, 0],
    ["nothing", null, 0],
  ])("is read anew when it is %s", async (_title, known, age) => {
    expect(await read(known, { age })).toEqual({ person: "read anew", asked: ASKED });
  });

  it("is never that of a client which is gone by then", async () => {
    await expect(read(null, { isGone: true })).rejects.toMatchObject({
      code: "invalid_client",
      reason: "unknown_client",
    });
  });
});
