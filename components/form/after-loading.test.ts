import { describe, expect, it } from "vitest";
import { afterLoading } from "./after-loading";

describe("an action whose result is shown by a part that is loaded", () => {
  it("is not run where the part does not come, and fails as a page that is outdated", async () => {
    let runs = 0;
    const result = await afterLoading(
      async () => false,
      async () => ({ ok: true, data: ++runs }),
    );
    expect(result).toEqual({ ok: false, error: { reason: "page_outdated" } });
    expect(runs).toBe(0);
  });

  it("is run once the part is there, not before", async () => {
    const order: string[] = [];
    const result = await afterLoading(
      async () => {
        await Promise.resolve();
        order.push("loaded");
        return true;
      },
      async () => {
        order.push("run");
        return { ok: true, data: "made" };
      },
    );
    expect([result, order]).toEqual([{ ok: true, data: "made" }, ["loaded", "run"]]);
  });
});
