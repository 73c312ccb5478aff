/** The id of the element that leads to a request: the focus comes back to it. */
export function rowIdOf(requestId: string): string {
  return `request-${requestId}`;
}
