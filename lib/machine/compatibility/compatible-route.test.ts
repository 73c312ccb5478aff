import { describe, expect, it } from "vitest";
import { OAuthError } from "@/lib/oauth/oauth-error";
import { renderCompatibleRefusal } from "./compatible-route";

const PROBLEM = {
  status: 401,
  code: "invalid_token",
  detail: "ours",
  headers: { "WWW-Authenticate": "Bearer" },
} as const;

function render(...[problem, cause]: Parameters<typeof renderCompatibleRefusal>) {
  const response = renderCompatibleRefusal(problem, cause);
  expect(response.headers["Content-Type"]).toBe("application/json");
  expect(response.headers["Cache-Control"]).toBe("no-store");
  return { status: response.status, body: JSON.parse(response.body ?? "") as unknown };
}

describe("renderCompatibleRefusal", () => {
  it.each([
    ["expired", "Token expired."],
    ["application_unknown", "Application not found."],
    ["application_inactive", "Application is disabled."],
    ["not_delegated", "Invalid token type."],
    ["person_unknown", "User not found."],
    ["person_inactive", "User account is disabled."],
    ["sub_malformed", "Invalid token claims."],
    // What that API does not know tells no more than that the token is worth nothing.
    ["person_is_staff", "Invalid token."],
    ["person_denied", "Invalid token."],
    ["token_revoked", "Invalid token."],
    ["bad_signature", "Invalid token."],
  ] as const)("says to a token refused for %s: %s", (reason, detail) => {
    const answer = render(PROBLEM, new OAuthError("invalid_token", { reason }));
    expect(answer).toEqual({ status: 401, body: { detail } });
  });

  it("keeps the header fields of the refusal", () => {
    const response = renderCompatibleRefusal(PROBLEM, new OAuthError("invalid_token", { reason: "expired" }));
    expect(response.headers["WWW-Authenticate"]).toBe("Bearer");
  });

  it("shows the wrong fields alone, and without them the sentence", async () => {
    const fields = { access_level: ["No."] };
    expect(render({ status: 400, code: "invalid", detail: "d", fields }, undefined)).toEqual({
      status: 400,
      body: fields,
    });
    expect(render({ status: 412, code: "room_version_differs", detail: "Changed." }, undefined)).toEqual({
      status: 412,
      body: { detail: "Changed." },
    });
  });

  it("shows nothing of what failed inside", async () => {
    const answer = render({ status: 500, code: "server_error", detail: "Generic." }, new Error("secret detail"));
    expect(answer).toEqual({ status: 500, body: { detail: "Generic." } });
  });
});
