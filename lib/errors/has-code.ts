/** Whether something thrown carries this code, as errors of the system and of libraries do. */
export function hasCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && "code" in thrown && thrown.code === code;
}
