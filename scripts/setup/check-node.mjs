// Imported first. Plain old syntax: an outdated Node.js must get as far as the sentence.
const [major, minor] = process.versions.node.split(".").map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Vestibule needs Node.js 20.19 or newer; this is ${process.versions.node}. Install the current LTS from https://nodejs.org.`,
  );
  process.exit(1);
}
// It ended in April 2026.
if (major === 20) {
  console.warn(
    "Node.js 20 is past its end of life and gets no security fixes. It works; install Node.js 24 when you can.",
  );
}
