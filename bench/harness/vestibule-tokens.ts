import { TOKEN_PATH, tokenRequests } from "../load/requests";
import type { Vestibule } from "./vestibule";

/** Obtains a token for each of `people`, from the applications in turn. Rejects with what the server said instead. */
export async function obtainTokens({ origin, fixtures }: Vestibule, people: readonly string[]): Promise<string[]> {
  const tokens: string[] = [];
  for (const { method, path, headers, body } of tokenRequests(TOKEN_PATH, fixtures.applications, people)) {
    const answer = await fetch(`${origin}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
    const { access_token: token, ...rest } = (await answer.json()) as { access_token?: unknown };
    if (typeof token !== "string") throw new Error(`No token: ${answer.status} ${JSON.stringify(rest)}`);
    tokens.push(token);
  }
  return tokens;
}
