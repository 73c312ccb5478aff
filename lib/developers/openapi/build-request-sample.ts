import "server-only";

import type { MediaContent, Operation } from "../openapi.types";
import type { DescribedOperation } from "./list-operations";

/** What a sample takes from the shell: nothing that is copied holds a secret, and ids are never those of the example. */
const VARIABLES: Readonly<Record<string, string>> = { roomId: "$ROOM_ID", accessId: "$ACCESS_ID", token: "$TOKEN" };

/**
 * Writes the request of an operation as a curl command, from nothing but its description: whatever it needs is there, and
 * of the body what the description gives as an example.
 */
export function buildRequestSample(serverUrl: string, { path, method, operation }: DescribedOperation): string {
  const url = `${serverUrl}${path.replaceAll(/\{(\w+)\}/g, (_braces, name: string) => variable(name))}`;
  const body = bodyOf(operation.requestBody?.content);
  const implied = body.length > 0 ? "post" : "get";
  const first = [
    "curl -sS --fail-with-body",
    ...(method === implied ? [] : [`-X ${method.toUpperCase()}`]),
    `"${url}"`,
  ];
  return [first.join(" "), ...authentication(operation), ...body].join(" \\\n  ");
}

function variable(name: string): string {
  const text = VARIABLES[name];
  if (text === undefined) throw new Error(`No variable stands for ${name}.`);
  return text;
}

function authentication({ security }: Operation): string[] {
  const [scheme = {}] = security;
  if ("clientSecretBasic" in scheme) return ['-u "$VESTIBULE_CLIENT_ID:$VESTIBULE_CLIENT_SECRET"'];
  return "accessToken" in scheme ? ['-H "Authorization: Bearer $TOKEN"'] : [];
}

/** Takes the first of the media types. Of a form each member is a line, so that a shell can fill it in. */
function bodyOf(content: MediaContent | undefined): string[] {
  const [[type, media] = []] = Object.entries(content ?? {});
  if (type === undefined || media === undefined) return [];
  if (type !== "application/x-www-form-urlencoded")
    return [`-H "Content-Type: ${type}"`, `-d '${JSON.stringify(media.example)}'`];
  return Object.entries(media.example ?? {}).map(
    ([name, value]) => `--data-urlencode "${name}=${VARIABLES[name] ?? value}"`,
  );
}
