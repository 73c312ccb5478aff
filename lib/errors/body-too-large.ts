/**
 * The largest body of a form or a server action, in bytes. `bodySizeLimit` in next.config.ts repeats it. The largest
 * that a form sends is an application with 200 domains: 60 kB at the very most.
 */
export const PAGE_BODY_BYTES_MAX = 64 * 1024;

/** What is said of a body that is larger than `bytesMax`: the same sentence to programs, and to the portal's forms. */
export function bodyTooLargeSentence(bytesMax: number): string {
  return `The body must not be larger than ${bytesMax} bytes.`;
}
