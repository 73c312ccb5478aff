/**
 * Tells whether `thrown` is an error that calls itself `name`: for `Symbol.hasInstance` of the error classes of the
 * product. Next bundles routes, pages and actions apart, so that a class can exist more than once in a process. What
 * comes out of something that exists once, a throttle or a queue, was made by the class of the bundle that made that;
 * where it arrives, the class of the same name has to know it.
 */
export function isErrorNamed(thrown: unknown, name: string): boolean {
  return thrown instanceof Error && thrown.name === name;
}
