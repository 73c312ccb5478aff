import { describe, expect, it } from "vitest";
import { renderRefusal } from "@/lib/server/refusal/refusal";
import { findEndpoint } from "@/lib/server/request/endpoints";
import { bodyTooLarge } from "@/lib/server/request/request-head";
import { readRequestTarget } from "@/lib/server/request/request-target";
import { reachAction } from "./reach-action";

const failWith = (thrown: unknown) => reachAction(() => Promise.reject(thrown));

describe("a call that brings no result", () => {
  it("has more in it than the server reads, when its answer is the very text of that refusal", async () => {
    const target = readRequestTarget("/applications/new");
    if (target === undefined) throw new Error("no target");
    const { surface } = findEndpoint(target);
    const { body } = renderRefusal(bodyTooLarge(surface), surface.style, "");
    expect(await failWith(new Error(body))).toEqual({ ok: false, error: { reason: "too_large" } });
  });

  it.each([
    ["no answer", new TypeError("Failed to fetch")],
    ["another refusal", new Error("Too many pages are being asked for. Try again in a few seconds.\n")],
    ["the refusal of another limit", new Error("The body must not be larger than 16384 bytes.\n")],
    ["an answer that is no text", new Error("An unexpected response was received from the server.")],
    ["what is no error", "The body must not be larger than 65536 bytes."],
    ["nothing", undefined],
  ])("was not answered: %s", async (_what, thrown) => {
    expect(await failWith(thrown)).toEqual({ ok: false, error: { reason: "unreachable" } });
  });
});

it("a result is handed on as it is", async () => {
  const results = [
    { ok: true, data: 1 },
    { ok: false, error: { reason: "forbidden" } },
  ] as const;
  for (const result of results) expect(await reachAction(() => Promise.resolve(result))).toBe(result);
});
