import { describe, expect, it } from "vitest";
import {
  BODY_CREDENTIALS,
  CONTEXT,
  createTestServer,
  GOOD,
  NO_HEADER,
  tokenRequest,
} from "../testing/token-endpoint-doubles";
import { createTokenIssuer, type TokenDialect } from "./token-issuer";

function issue(fields: Record<string, string>, dialect: TokenDialect = { isScopeTrimmed: true }) {
  return createTokenIssuer(createTestServer().deps, dialect)(tokenRequest(fields, NO_HEADER), CONTEXT);
}

const sent = { ...GOOD, ...BODY_CREDENTIALS };

describe("a scope that is read without the white space around it", () => {
  it.each([
    ["white space inside", "alice@example.com  rooms:list", "scope_malformed"],
    ["a line break inside", "alice@example.com\nrooms:list", "scope_malformed"],
    ["nothing but white space", " \t\r\n ", "scope_missing"],
    ["nothing", "", "scope_missing"],
    ["somebody who cannot be acted for", " staff@example.com ", "subject_is_staff"],
  ])("is refused for %s", async (_title, scope, reason) => {
    await expect(issue({ ...sent, scope })).rejects.toMatchObject({ code: "invalid_scope", reason });
  });

  it("is refused like any other when there is none", async () => {
    const { scope: _, ...rest } = sent;
    await expect(issue(rest)).rejects.toMatchObject({ reason: "scope_missing" });
  });

  it.each([
    ["grant_type", { grant_type: " client_credentials" }, "grant_type_unsupported"],
    ["client_id", { client_id: "calendar " }, "unknown_client"],
    ["client_secret", { client_secret: ` ${BODY_CREDENTIALS.client_secret}` }, "secret_not_live"],
    ["requested_subject", { requested_subject: " alice@example.com" }, "requested_subject_malformed"],
    ["resource", { resource: "https://evil.example" }, "unknown_resource"],
  ])("leaves %s as it was sent", async (_name, fields, reason) => {
    await expect(issue({ ...sent, ...fields })).rejects.toMatchObject({ reason });
  });

  it.each([" alice@example.com", "alice@example.com ", "\r\n\talice@example.com rooms:list rooms:create\n"])(
    "yields what '%s' says",
    async (scope) => {
      expect(await issue({ ...sent, scope })).toMatchObject({ scopes: ["rooms:list", "rooms:create"] });
    },
  );

  it("may be white space where requested_subject names the person", async () => {
    const fields = { ...sent, scope: " ", requested_subject: "alice@example.com" };
    expect(await issue(fields)).toMatchObject({ scopes: ["rooms:list", "rooms:create"] });
  });

  it.each([{}, { isScopeTrimmed: false }])("is only what a dialect asks for, not %j", async (dialect) => {
    const trial = issue({ ...sent, scope: " alice@example.com" }, dialect);
    await expect(trial).rejects.toMatchObject({ reason: "scope_malformed" });
  });
});
