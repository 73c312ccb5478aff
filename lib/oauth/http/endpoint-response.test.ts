import { expect, it } from "vitest";
import { withHeaders } from "./endpoint-response";
import { emptyResponse } from "./oauth-response";

it("header fields that are added to an answer replace those of their names and leave all others, in a copy", () => {
  const response = emptyResponse();
  expect(withHeaders(response, { "Cache-Control": "max-age=60", Link: "x" })).toEqual({
    status: 200,
    headers: { "Cache-Control": "max-age=60", Pragma: "no-cache", "X-Content-Type-Options": "nosniff", Link: "x" },
    body: null,
  });
  expect(response).toEqual(emptyResponse());
});
