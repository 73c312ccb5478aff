import { describe, expect, it } from "vitest";
import { groupOf, groupProfile } from "./group-profile";
import { toLists } from "./take-profile";

const frame = (functionName: string, url: string) => ({ functionName, url, lineNumber: 0, columnNumber: 0 });

describe("the group of a frame", () => {
  it.each([
    ["node:internal/async_hooks", "node internals"],
    ["/x/node_modules/next/dist/server/a.js", "next"],
    ["/x/node_modules/a/node_modules/@scope/b/c.js", "@scope/b"],
    ["/x/node_modules/@prisma/client/runtime/a.mjs", "prisma"],
    ["turbopack:///[project]/lib/db/generated/client.ts", "prisma"],
    ["turbopack:///[project]/lib/oauth/token-endpoint/a.ts", "our lib/oauth"],
    ["webpack://next/./src/server/a.ts", "next"],
    ["../../client-engine-runtime/src/a.ts", "prisma"],
    ["../src/runtime/core/a.ts", "prisma"],
    ["../lib/time.ts", "our lib/time"],
    ["../app/api/oauth/token/route.ts", "our app"],
    ["../server.ts", "our server.ts"],
    ["/x/.next/server/chunks/a.js", "other"],
  ])("%s is %s", (path, group) => {
    expect(groupOf({ functionName: "f" }, path)).toBe(group);
  });

  it("tells the garbage collector from other work without a file", () => {
    expect(groupOf({ functionName: "(garbage collector)" }, "")).toBe("V8: garbage collector");
    expect(groupOf({ functionName: "(program)" }, "")).toBe("V8 and native code");
  });
});

describe("a profile", () => {
  const profile = {
    nodes: [
      { id: 1, callFrame: frame("(idle)", "") },
      { id: 2, callFrame: frame("sign", "file:///a.js") },
      { id: 3, callFrame: frame("", "file:///b.js") },
      { id: 4, callFrame: frame("sign", "file:///a.js") },
    ],
    samples: [1, 2, 3, 4, 99],
    timeDeltas: [1_000, 10, 20, 70, 5],
  };
  const locate = ({ url }: { url: string }) =>
    url === "file:///a.js" ? "/x/lib/oauth/a.ts" : "/x/node_modules/next/b.js";

  it("adds up what was worked, wherever it was called from, and leaves idling out", () => {
    expect(groupProfile(profile, locate)).toEqual({
      groups: [
        { name: "our lib/oauth", share: 0.8 },
        { name: "next", share: 0.2 },
      ],
      functions: [
        { name: "sign · lib/oauth/a.ts", share: 0.8 },
        { name: "(anonymous) · b.js (next)", share: 0.2 },
      ],
    });
  });

  it("becomes lists without what is hardly there", () => {
    const grouped = {
      groups: [
        { name: "next", share: 0.9 },
        { name: "tiny", share: 0.001 },
      ],
      functions: [],
    };
    expect(toLists(grouped, { answers: 7, name: "token" })).toContain(
      "over 7 answers.\n\n- 90.0 % next\n\nThe functions",
    );
  });
});
