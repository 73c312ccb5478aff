import { describe, expect, it } from "vitest";
import { planGroups, planIntegration } from "./test-plan.mjs";

const SERVER = { url: "postgresql://postgres@127.0.0.1:9/none" };
const NONE = { reason: "no server" };
const titles = (steps: { title: string }[]) => steps.map(({ title }) => title);
const integration = (...args: Parameters<typeof planIntegration>) => {
  const { whole, other } = planIntegration(...args);
  return titles([whole, other]);
};

describe("the integration tests", () => {
  it("run in full on PostgreSQL where there is one, and on the embedded database where its engine decides", () => {
    expect(integration(SERVER, false)).toEqual([
      "integration (PostgreSQL)",
      "integration (what the embedded engine decides)",
    ]);
  });

  it("run in full on both when everything is asked for", () => {
    expect(integration(SERVER, true)).toEqual(["integration (PostgreSQL)", "integration (embedded database)"]);
  });

  it.each([false, true])(
    "run in full on the embedded database where there is no other, which is said: all %s",
    async (all) => {
      const { other } = planIntegration(NONE, all);
      expect(integration(NONE, all)).toEqual(["integration (embedded database)", "integration (PostgreSQL)"]);
      expect(await other.run({ env: {} })).toMatchObject({ passed: 0, failed: 0, skipped: 1, note: "no server" });
    },
  );
});

it("leaves nothing out, whatever there is", () => {
  const always = ["unit", "types", "lint", "build", "browser", "end-to-end", "integration (PostgreSQL)"];
  for (const [postgres, all] of [
    [SERVER, false],
    [SERVER, true],
    [NONE, false],
  ] as const) {
    const planned = titles(planGroups(postgres, all).flat());
    expect(planned).toHaveLength(8);
    expect(planned).toEqual(expect.arrayContaining(always));
  }
});
