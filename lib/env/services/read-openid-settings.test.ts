import { describe, expect, it } from "vitest";
import { EnvironmentError } from "../environment-error";
import { parseEnvironment } from "../parse-environment";

const WHOLE = {
  OIDC_ISSUER: "https://login.example.org/realms/staff/",
  OIDC_CLIENT_ID: "vestibule",
  OIDC_CLIENT_SECRET: "canary, with=signs",
  OIDC_ROLE_CLAIM: "groups",
  OIDC_ROLE_MAP: '{"cn=admins,dc=example":"administrator","staff":"viewer"}',
};

async function problemsOf(environment: Record<string, string>) {
  const error = await parseEnvironment(environment).catch((thrown: unknown) => thrown);
  if (!(error instanceof EnvironmentError)) return [];
  expect(error.message).not.toContain("canary");
  return error.problems;
}

describe("the provider with which staff sign in", () => {
  it("is none unless one is configured", async () => {
    expect((await parseEnvironment({})).openId).toBeUndefined();
  });

  it("is read as it is written, the last slash of its issuer included", async () => {
    expect((await parseEnvironment({ ...WHOLE, OIDC_BUTTON_LABEL: "Example" })).openId).toEqual({
      issuer: "https://login.example.org/realms/staff/",
      clientId: "vestibule",
      clientSecret: "canary, with=signs",
      buttonLabel: "Example",
      roleClaim: "groups",
      roleMap: { "cn=admins,dc=example": "administrator", staff: "viewer" },
    });
  });

  it("needs no label", async () => {
    expect((await parseEnvironment(WHOLE)).openId?.buttonLabel).toBeUndefined();
  });

  it.each(Object.keys(WHOLE))("refuses the start without %s", async (name) => {
    expect(await problemsOf({ ...WHOLE, [name]: "" })).toEqual([
      { name, reason: "is required as soon as another variable that begins with OIDC_ is set" },
    ]);
  });

  it("refuses the start with a label alone", async () => {
    const names = (await problemsOf({ OIDC_BUTTON_LABEL: "Example" })).map(({ name }) => name);
    expect(names).toEqual(Object.keys(WHOLE));
  });

  it.each(["http://localhost:8080", "http://127.0.0.1:8080/realm", "http://[::1]:8080"])(
    "may be without TLS on this machine: %s",
    async (issuer) => {
      expect((await parseEnvironment({ ...WHOLE, OIDC_ISSUER: issuer })).openId?.issuer).toBe(issuer);
    },
  );

  it.each([
    ["OIDC_ISSUER", "http://login.example.org", "must be https; plain http is for loopback hosts only"],
    ["OIDC_ISSUER", "login.example.org", "must be an absolute http or https URL"],
    ["OIDC_ISSUER", "https://login.example.org/?a=1", "must not have a query or a fragment"],
    ["OIDC_ISSUER", "https://canary:x@login.example.org", "must not hold a user name or a password"],
    ["OIDC_CLIENT_SECRET", "canary\nline", "must be one line"],
    ["OIDC_BUTTON_LABEL", "x".repeat(61), "must be one line of at most 60 characters"],
    ["OIDC_ROLE_CLAIM", "x".repeat(201), "must be the name of a claim"],
  ])("refuses %s=%s and says what is expected", async (name, value, reason) => {
    expect(await problemsOf({ ...WHOLE, [name]: value })).toEqual([{ name, reason }]);
  });

  it.each(["canary", "[]", "{}", '{"canary":"owner"}', '{"":"viewer"}', '{"a":["viewer"]}', "null"])(
    "refuses the role map %s",
    async (value) => {
      expect(await problemsOf({ ...WHOLE, OIDC_ROLE_MAP: value })).toEqual([
        {
          name: "OIDC_ROLE_MAP",
          reason:
            "must be a JSON object from values of the claim to roles (viewer, manager, administrator), with at least one entry",
        },
      ]);
    },
  );
});
