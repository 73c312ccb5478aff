import { readFileSync } from "node:fs";

export type Instruction = { name: string; text: string };

/** The instructions of the Dockerfile in order, each on one line. */
export function readDockerfile(): Instruction[] {
  const lines = readFileSync("Dockerfile", "utf8").split("\n");
  const joined = lines
    .filter((line) => !/^\s*#/.test(line))
    .join("\n")
    .replace(/\\\n\s*/g, "");
  return Array.from(joined.matchAll(/^([A-Z]+) +(.+)$/gm), ([, name = "", text = ""]) => ({ name, text }));
}

/** Those of the image itself: what comes after the last FROM. */
export function finalStage(instructions: readonly Instruction[]): Instruction[] {
  return instructions.slice(instructions.findLastIndex(({ name }) => name === "FROM") + 1);
}

export const textsOf = (instructions: readonly Instruction[], name: string) =>
  instructions.filter((instruction) => instruction.name === name).map(({ text }) => text);

/** The variables that the image sets. */
export function environmentOf(instructions: readonly Instruction[]): Record<string, string> {
  const pairs = textsOf(instructions, "ENV").flatMap((text) => text.split(/ +/));
  return Object.fromEntries(pairs.map((pair) => pair.split("=") as [string, string]));
}

/** The words of an instruction in JSON form, without the options before it. */
export function wordsOf(text: string): string[] {
  return JSON.parse(text.slice(text.indexOf("[")));
}
