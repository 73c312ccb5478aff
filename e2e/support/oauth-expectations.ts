import { expect } from "@playwright/test";
import type { HttpAnswer } from "./http-client";
import { baseUrl } from "./server";

const CHALLENGE = /^Basic realm="[^"\\]+"(?:, charset="UTF-8")?$/;
// RFC 6749 section 5.2
const PUBLIC_TEXT = /^[\x20\x21\x23-\x5B\x5D-\x7E]+$/;

/** Expects headers that no cache, sniffer or other origin can misuse. */
export function expectOAuthHeaders({ headers }: HttpAnswer): void {
  expect(headers["content-type"]).toMatch(/^application\/json(?:; ?charset=utf-8)?$/i);
  expect(headers["cache-control"]).toBe("no-store");
  expect(headers.pragma).toBe("no-cache");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["access-control-allow-origin"]).toBeUndefined();
  expect(headers["set-cookie"]).toBeUndefined();
  expect(headers["x-powered-by"]).toBeUndefined();
}

/**
 * Expects exactly an RFC 6749 error with upstream's `detail`, and that nothing in `sent` comes back. A challenge is for
 * others to expect: it depends on how the client authenticated.
 */
export function expectOAuthError(
  answer: HttpAnswer,
  status: number,
  error: string,
  sent: readonly string[] = [],
): void {
  expect({ status: answer.status, body: answer.json }).toEqual({
    status,
    body: {
      error,
      error_description: expect.stringMatching(PUBLIC_TEXT),
      error_uri: `${baseUrl()}/developers/errors#${error}`,
      detail: expect.stringMatching(PUBLIC_TEXT),
    },
  });
  const body = answer.json as { error_description: string; detail: string };
  expect(body.detail).toBe(body.error_description);
  expectOAuthHeaders(answer);
  if (status !== 401) expect(answer.headers["www-authenticate"]).toBeUndefined();
  for (const value of sent) expect(answer.text).not.toContain(value);
}

/** Expects the one answer to a client that failed to authenticate with the `Authorization` header. */
export function expectChallengedClient(answer: HttpAnswer, sent: readonly string[] = []): void {
  expectFailedAuthentication(answer, sent);
  expect(answer.headers["www-authenticate"]).toMatch(CHALLENGE);
}

/** Expects the one answer to a client that failed to authenticate in any other way: without a challenge. */
export function expectInvalidClient(answer: HttpAnswer, sent: readonly string[] = []): void {
  expectFailedAuthentication(answer, sent);
  expect(answer.headers["www-authenticate"]).toBeUndefined();
}

function expectFailedAuthentication(answer: HttpAnswer, sent: readonly string[]): void {
  expectOAuthError(answer, 401, "invalid_client", sent);
  expect(answer.text).toBe(
    `{"error":"invalid_client","error_description":"Invalid credentials","error_uri":"${baseUrl()}/developers/errors#invalid_client","detail":"Invalid credentials"}`,
  );
}

/** Expects a whole token answer with exactly `scope` and returns the token. */
export function expectToken(answer: HttpAnswer, scope: string): string {
  expect({ status: answer.status, body: answer.json }).toEqual({
    status: 200,
    body: { access_token: expect.any(String), token_type: "Bearer", expires_in: 3600, scope },
  });
  expectOAuthHeaders(answer);
  return (answer.json as { access_token: string }).access_token;
}

/** Expects an RFC 9457 problem of the external API with exactly `status`. */
export function expectProblem(answer: HttpAnswer, status: number): void {
  expect(answer.status).toBe(status);
  expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json(?:; ?charset=utf-8)?$/i);
  expect(answer.headers["cache-control"]).toBe("no-store");
  expect(answer.headers["set-cookie"]).toBeUndefined();
  expect(answer.json).toMatchObject({ type: expect.any(String), title: expect.any(String), status });
  if (status === 401) expect(answer.headers["www-authenticate"]).toMatch(/^Bearer /);
}
