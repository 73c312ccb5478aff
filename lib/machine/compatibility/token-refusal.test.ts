import { describe, expect, it } from "vitest";
import { OAuthError } from "@/lib/oauth/oauth-error";
import { toUpstreamTokenRefusal } from "./token-refusal";

const refusalOf = (...about: ConstructorParameters<typeof OAuthError>) =>
  toUpstreamTokenRefusal(new OAuthError(...about));

describe("toUpstreamTokenRefusal", () => {
  it.each(["subject_unknown", "subject_inactive", "subject_opted_out", "subject_is_staff"] as const)(
    "does not tell %s from any other reason why somebody cannot be acted for",
    (reason) => {
      expect(refusalOf("invalid_scope", { reason })).toEqual({ status: 404, body: { detail: "User not found." } });
    },
  );

  it.each(["subject_denied", "subject_not_listed"] as const)("says that the application may not, for %s", (reason) => {
    const body = { error: "This application is not authorized for this person." };
    expect(refusalOf("invalid_scope", { reason })).toEqual({ status: 403, body });
  });

  it.each([
    ["bad_tag", "invalid_client", 401, "Invalid credentials"],
    ["unknown_client", "invalid_client", 401, "Invalid credentials"],
    ["secret_not_live", "invalid_client", 401, "Invalid credentials"],
    ["unexpected_error", "server_error", 500, "The server could not complete the request."],
  ] as const)("tells what that API does not know in detail, with our status: %s", (reason, code, status, detail) => {
    expect(refusalOf(code, { reason })).toEqual({ status, body: { detail } });
  });
});
