// A loader of the bundler: reads the ICU syntax of a file of messages while the product is built. What is left takes a tenth
// of the scripts to format, and no browser loads a parser.
import compile from "icu-minify/compile";

/** @param {string} source A file below `messages`. */
export default function compileMessages(source) {
  return JSON.stringify(JSON.parse(source, (_key, value) => (typeof value === "string" ? compile(value) : value)));
}
