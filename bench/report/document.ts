const [BEGIN, END] = ["<!-- npm run bench -- --write: begin -->", "<!-- npm run bench -- --write: end -->"];

/** Puts `block` between the two marker lines of a document. Throws when they are not there, once and in order. */
export function replaceBlock(document: string, block: string): string {
  const [begin, end] = [document.indexOf(`${BEGIN}\n`), document.indexOf(`\n${END}\n`)];
  const isUnique = document.indexOf(BEGIN, begin + 1) === -1 && document.indexOf(END, end + 2) === -1;
  if (begin === -1 || end === -1 || end < begin || !isUnique) {
    throw new Error("The document needs both marker lines of npm run bench, once each.");
  }
  return `${document.slice(0, begin + BEGIN.length)}\n\n${block.trim()}\n${document.slice(end)}`;
}
