import { expect, test } from "@playwright/test";
import { client } from "../../support/clients";
import { expectOAuthError, expectToken } from "../../support/oauth-expectations";
import { claimsOf, postForm, tokenForm } from "../../support/oauth-requests";
import { baseUrl } from "../../support/server";

const baseURL = baseUrl();

const PERSON = "resource@example.com";
const SCOPE = "rooms:create rooms:list";

test.describe("the resource parameter", () => {
  // Conformance: R01
  test("names the one audience there is, once or twice", async () => {
    const resource = `${baseURL}/api/external/rooms`;
    const form = tokenForm(client("limited"), PERSON, { resource });
    const again = new URLSearchParams({ resource }).toString();
    for (const sent of [form, `${form}&${again}`]) {
      const token = expectToken(await postForm(baseURL, sent), SCOPE);
      expect(claimsOf(token).aud).toBe(resource);
    }
  });

  const refused: Record<string, (ours: string) => string> = {
    "it is relative": () => "/api/external/rooms",
    "it has a fragment": (ours) => `${ours}#rooms`,
    "it has a slash more": (ours) => `${ours}/`,
    "it is foreign": () => "https://other.example/api/external/rooms",
  };
  for (const [title, change] of Object.entries(refused)) {
    // Conformance: R02
    test(`is refused when ${title}`, async () => {
      const resource = change(`${baseURL}/api/external/rooms`);
      const answer = await postForm(baseURL, tokenForm(client("limited"), PERSON, { resource }));
      expectOAuthError(answer, 400, "invalid_target");
    });
  }

  // Conformance: R03
  test("is refused as a whole when one of two is foreign, in any order", async () => {
    const ours = ["resource", `${baseURL}/api/external/rooms`];
    const foreign = ["resource", "https://other.example/api"];
    for (const pair of [
      [ours, foreign],
      [foreign, ours],
    ]) {
      const form = `${tokenForm(client("limited"), PERSON)}&${new URLSearchParams(pair).toString()}`;
      expectOAuthError(await postForm(baseURL, form), 400, "invalid_target");
    }
  });
});
