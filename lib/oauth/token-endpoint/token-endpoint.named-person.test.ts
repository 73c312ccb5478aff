import { describe, expect, it } from "vitest";
import { OAuthError } from "../oauth-error";
import {
  CALENDAR,
  CHALLENGED_CLIENT_ANSWER,
  createTestServer,
  GOOD,
  readAnswer,
  tokenRequest,
} from "../testing/token-endpoint-doubles";

/** Sends a request, and tells whom the adapter was told that it names before it let the client in, or did not. */
async function send(fields: Record<string, string>, { isLetIn = true } = {}) {
  const told: (string | undefined)[] = [];
  const server = createTestServer({
    deps: {
      async authenticateClient(_credentials, _context, named) {
        told.push(named?.address);
        if (!isLetIn) throw new OAuthError("invalid_client", { reason: "secret_not_live" });
        return CALENDAR.client;
      },
    },
  });
  const { status, body, headers } = await readAnswer(await server.send(tokenRequest(fields)));
  return { told, status, answer: { status, body, headers }, refused: server.refused };
}

const grant = { grant_type: "client_credentials" };

describe("the person whom a request names", () => {
  it.each([
    ["in its scope", GOOD],
    ["in its scope, in another spelling and beside scopes", { ...grant, scope: "rooms:list Alice@EXAMPLE.com" }],
    ["as requested_subject", { ...grant, requested_subject: "alice@example.com", scope: "rooms:list" }],
  ])("%s is known to whoever authenticates the client", async (_title, fields) => {
    expect(await send(fields)).toMatchObject({ told: ["alice@example.com"], status: 200 });
  });

  it.each([
    ["nobody", { ...grant, scope: "rooms:list" }, "subject_missing"],
    ["no scope at all", grant, "scope_missing"],
    ["two people", { ...grant, scope: "alice@example.com bob@example.com" }, "subject_repeated"],
    ["no address", { ...grant, scope: "alice@@example.com" }, "subject_malformed"],
    ["two people in two places", { ...GOOD, requested_subject: "bob@example.com" }, "requested_subject_differs"],
    ["a malformed scope", { ...grant, scope: "alice@example.com  rooms:list" }, "scope_malformed"],
  ])(
    "is nobody when it names %s: that is refused, but not before the client is let in",
    async (_title, fields, reason) => {
      const letIn = await send(fields);
      expect(letIn).toMatchObject({ told: [undefined], status: 400, refused: [{ reason, clientId: "calendar" }] });
      const shutOut = await send(fields, { isLetIn: false });
      expect(shutOut).toMatchObject({ told: [undefined], refused: [{ reason: "secret_not_live" }] });
      expect(shutOut.answer).toEqual(CHALLENGED_CLIENT_ANSWER);
    },
  );

  it("changes nothing in the answer to a client that is not let in", async () => {
    expect((await send(GOOD, { isLetIn: false })).answer).toEqual(CHALLENGED_CLIENT_ANSWER);
  });
});
