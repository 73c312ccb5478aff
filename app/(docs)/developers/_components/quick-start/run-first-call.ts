import { routes } from "@/lib/routes";

/** What was answered, as far as it can be shown: of a token its length. */
export type CallAnswer = {
  status: number;
  /** The server's own sentence; undefined for what it granted. */
  refusal: { sentence: string; code: string | undefined } | undefined;
};

export type FirstCallRun =
  | { reached: false }
  | {
      reached: true;
      token: CallAnswer & { characters: number; seconds: number; scope: string };
      /** Undefined where no token was given. */
      room: (CallAnswer & { url: string | undefined }) | undefined;
    };

type Credentials = { clientId: string; secret: string; email: string };

/**
 * Makes the two calls of the quick start as a program would: with the credentials that it is given and nothing of who is
 * signed in here. Neither secret nor token outlives it.
 */
export async function runFirstCall({ clientId, secret, email }: Credentials): Promise<FirstCallRun> {
  // RFC 6749 section 2.3.1.
  const basic = btoa(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`);
  const body = new URLSearchParams({ grant_type: "client_credentials", requested_subject: email });
  const granted = await post("/api/oauth/token", `Basic ${basic}`, body);
  if (granted === undefined) return { reached: false };
  const token = textOf(granted.body.access_token);
  const { expires_in: seconds } = granted.body;
  const answer = {
    ...granted.answer,
    characters: token.length,
    seconds: typeof seconds === "number" ? seconds : 0,
    scope: textOf(granted.body.scope),
  };
  if (granted.answer.refusal !== undefined) return { reached: true, token: answer, room: undefined };
  const made = await post("/api/external/rooms", `Bearer ${token}`);
  if (made === undefined) return { reached: false };
  return { reached: true, token: answer, room: { ...made.answer, url: webAddress(textOf(made.body.url)) } };
}

/** Where the code of a refusal is explained. */
export function explanationOf(code: string) {
  return routes.developers.errors(code);
}

/** Without cookies: the browser then neither sends who is signed in nor asks for a password when it is refused. */
async function post(path: string, authorization: string, body?: URLSearchParams) {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { Authorization: authorization },
      body: body ?? null,
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      referrerPolicy: "origin",
    });
    const answered = toRecord(await response.json());
    const { status, ok } = response;
    const code = textOf(answered.error) || textOf(answered.code);
    const sentence = textOf(answered.detail) || textOf(answered.title);
    const refusal = ok ? undefined : { sentence, code: /^[a-z_]{1,64}$/.test(code) ? code : undefined };
    return { body: answered, answer: { status, refusal } };
  } catch {
    return undefined;
  }
}

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function webAddress(text: string): string | undefined {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : undefined;
}
