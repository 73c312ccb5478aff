import "server-only";

/** One variable and what is wrong with it. Never its value: start-up output ends up in logs and screenshots. */
export type EnvironmentProblem = { name: string; reason: string };

/**
 * Everything that is wrong with the environment, at once: nobody should have to start ten times to find ten mistakes.
 */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";

  constructor(readonly problems: readonly EnvironmentProblem[]) {
    const lines = problems.map(({ name, reason }) => `  ${name}: ${reason}`);
    super(["The environment is not usable:", ...lines].join("\n"));
  }
}
