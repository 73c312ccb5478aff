// A loader of the bundler: reads the ICU syntax of a file of messages while the product is built, so that no browser has to
// load what reads it.
import compile from "icu-minify/compile";

/** @param {string} source A file below `messages`. */
export default function compileMessages(source) {
  return JSON.stringify(JSON.parse(source, (_key, value) => (typeof value === "string" ? compile(value) : value)));
}
