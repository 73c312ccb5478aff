// Under which licences a package may go into what we hand out.

/**
 * Licences that ask for nothing but their own text and the name of who made it, which go along. CC-BY-4.0 is that of data
 * about browsers. Another one is for a person to read first.
 */
const ALLOWED = new Set(["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC-BY-4.0", "ISC", "MIT"]);

/**
 * Whether all that an SPDX expression of names, AND and OR asks for is allowed; of what OR leaves to choose, one has to be.
 * Anything else, a name that nobody knows among it, is not.
 */
export function isAllowedLicence(expression) {
  if (typeof expression !== "string") return false;
  const plain = expression.trim().replace(/^\((.*)\)$/, "$1");
  // What is nested deeper is for a person to read.
  if (/[()]/.test(plain)) return false;
  return plain.split(" OR ").some((choice) => choice.split(" AND ").every((name) => ALLOWED.has(name.trim())));
}
