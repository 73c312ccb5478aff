import type { SourceFile } from "@/lib/testing/source-files";
import type { Sources } from "./import-graph";

export type Rule = {
  /** Says what to do instead, because it is what somebody reads whose build just failed. */
  teaches: string;
  /** Returns what breaks the rule in this file, one entry for each breach. */
  breaches(file: SourceFile, sources: Sources): string[];
};

/** Domains: what they do is a verb with its transaction. */
export const DOMAIN_PATH = /^lib\/(?:applications|rooms|people|audit|staff|tokens|usage|activity)\//;
export const TEST_FILE = /(?:\.test\.tsx?$|^lib\/(?:oauth\/)?testing\/|^lib\/oauth\/fuzz\/|^e2e\/)/;

/** For rules about text: what a comment says is no code. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:"'`])\/\/.*$/gm, "$1");
}
