// Source maps name files and lines in the log; the sources themselves stay where they are.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Copies the source map at `from` without the texts of the sources. */
export async function copyMap(from, to) {
  await mkdir(dirname(to), { recursive: true });
  await writeFile(to, JSON.stringify(withoutSources(JSON.parse(await readFile(from, "utf8")))));
}

function withoutSources({ sourcesContent: _, sections, ...map }) {
  if (sections === undefined) return map;
  return { ...map, sections: sections.map((section) => ({ ...section, map: withoutSources(section.map) })) };
}
