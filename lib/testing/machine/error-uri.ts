/** Where the answers of `testConfig()` say that a code is explained: `error_uri` and problem types. */
export function errorUri(code: string): string {
  return `http://localhost:3000/developers/errors#${code}`;
}
