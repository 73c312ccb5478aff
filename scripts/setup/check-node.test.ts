import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";

/** What a script says at its start on a version of Node.js. */
function startOn(version: string): { status: number | null; stderr: string } {
  const pretend = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } })`;
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(pretend)}`, "scripts/setup/check-node.mjs"],
    { encoding: "utf8" },
  );
  return { status, stderr };
}

it.each(["18.20.8", "20.18.3"])("a script ends at once on Node.js %s, and says what it needs", (version) => {
  const { status, stderr } = startOn(version);
  expect(status).toBe(1);
  expect(stderr).toBe(
    `Vestibule needs Node.js 20.19 or newer; this is ${version}. Install the current LTS from https://nodejs.org.\n`,
  );
});

it("a script starts on Node.js 20, and says that it gets no security fixes", () => {
  expect(startOn("20.19.0")).toEqual({
    status: 0,
    stderr:
      "Node.js 20 is past its end of life and gets no security fixes. It works; install Node.js 24 when you can.\n",
  });
});

it.each(["22.12.0", "24.11.1"])("a script starts on Node.js %s without a word", (version) => {
  expect(startOn(version)).toEqual({ status: 0, stderr: "" });
});
