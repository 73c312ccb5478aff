import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findProgram } from "@/scripts/testing/unpacked-programs.mjs";

const RULES = readFileSync("deploy/prometheus/alerts.yaml", "utf8");
const CASES = readFileSync("deploy/prometheus/alerts.test.yaml", "utf8");

// Where it is missing these are named as skipped.
const promtool = findProgram("promtool");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vestibule-alerts-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** What promtool thinks of these rules, and of the cases with them. */
async function ask(words: readonly string[], rules: string): Promise<{ isRight: boolean; said: string }> {
  await writeFile(join(folder, "alerts.yaml"), rules);
  await writeFile(join(folder, "alerts.test.yaml"), CASES);
  const { status, stdout, stderr } = spawnSync(promtool ?? "promtool", words, { cwd: folder, encoding: "utf8" });
  return { isRight: status === 0, said: stdout + stderr };
}

const check = (rules: string) => ask(["check", "rules", "alerts.yaml"], rules);
const test = (rules: string) => ask(["test", "rules", "alerts.test.yaml"], rules);

/** The rules with one thing changed that is in them. */
function altered(from: string, to: string): string {
  expect(RULES).toContain(from);
  return RULES.replace(from, to);
}

describe.skipIf(promtool === undefined)("the alerts, as Prometheus reads them (promtool)", () => {
  it("are rules, and call somebody for what they are for and nobody for what is none of it", async () => {
    expect(await check(RULES)).toMatchObject({ isRight: true, said: expect.stringContaining("11 rules found") });
    expect(await test(RULES)).toMatchObject({ isRight: true });
  });

  it.each([
    ["a function that there is not", "increase(vestibule_activity_lost_total", "growth(vestibule_activity_lost_total"],
    ["a time that is none", "for: 10m", "for: ten minutes"],
    ["a template that does not end", "{{ $labels.instance }} cannot", "{{ $labels.instance cannot"],
    ["a field that there is not", "severity: page }", "severity: page }\n        labelled: yes"],
  ])("would be caught with %s", async (_what, from, to) => {
    expect(await check(altered(from, to))).toMatchObject({ isRight: false });
  });

  it.each([
    ["a restart calls somebody", "for: 1m\n", "for: 15s\n"],
    ["an instance that is away calls nobody", "min by (instance) (vestibule_ready)", "max(vestibule_ready)"],
    ["requests that a caller got wrong call somebody", '"5.."', '"[45].."'],
    ["one failure in two hundred calls somebody", "> 0.01 *", "> 0.001 *"],
    ["an idle instance calls somebody although another does its work", "max by (task)", "min by (task)"],
  ])("would be caught when %s", async (_what, from, to) => {
    expect(await test(altered(from, to))).toMatchObject({ isRight: false });
  });
});
