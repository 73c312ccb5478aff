import { afterEach, describe, expect, it, vi } from "vitest";
import { runFirstCall } from "./run-first-call";

const GIVEN = { clientId: "client42", secret: "s3cret:+", email: "zoe@lyon.example" };
const TOKEN = "header.payload.signature";
const granted = { access_token: TOKEN, expires_in: 3600, scope: "rooms:create" };
const refused = { error: "invalid_scope", detail: "The application may not act for this e-mail domain." };

type Sent = { path: string; request: RequestInit };

/** Answers one call after the other with what is given. */
function answerWith(...answers: (Response | Error)[]): Sent[] {
  const sent: Sent[] = [];
  vi.stubGlobal("fetch", async (path: string, request: RequestInit) => {
    sent.push({ path, request });
    const answer = answers.shift() ?? new Error("nothing more");
    if (answer instanceof Error) throw answer;
    return answer;
  });
  return sent;
}

afterEach(() => vi.unstubAllGlobals());

describe("runFirstCall", () => {
  it("calls as a program does, without anything of who is signed in, and tells of the token its length alone", async () => {
    const room = { url: "https://rooms.example.org/r/abc-defg-hij" };
    const sent = answerWith(Response.json(granted), Response.json(room, { status: 201 }));
    const run = await runFirstCall(GIVEN);
    expect(run).toEqual({
      reached: true,
      token: { status: 200, refusal: undefined, characters: TOKEN.length, seconds: 3600, scope: "rooms:create" },
      room: { status: 201, refusal: undefined, url: room.url },
    });
    expect(JSON.stringify(run)).not.toContain(TOKEN);
    expect(sent.map(({ path }) => path)).toEqual(["/api/oauth/token", "/api/external/rooms"]);
    expect(sent.map(({ request }) => request.headers)).toEqual([
      { Authorization: `Basic ${btoa("client42:s3cret%3A%2B")}` },
      { Authorization: `Bearer ${TOKEN}` },
    ]);
    expect(String(sent[0]?.request.body)).toBe("grant_type=client_credentials&requested_subject=zoe%40lyon.example");
    for (const { path, request } of sent) {
      expect(request).toMatchObject({ method: "POST", credentials: "omit", cache: "no-store", redirect: "error" });
      expect(path).not.toContain("?");
    }
  });

  it("stops where no token is given, with the sentence of the token endpoint", async () => {
    const sent = answerWith(Response.json(refused, { status: 400 }));
    expect(await runFirstCall(GIVEN)).toMatchObject({
      token: { status: 400, refusal: { sentence: refused.detail, code: "invalid_scope" }, characters: 0 },
      room: undefined,
    });
    expect(sent).toHaveLength(1);
  });

  it("says what the rooms API refuses", async () => {
    const problem = { detail: "The access token is not valid.", code: "invalid_token" };
    answerWith(Response.json(granted), Response.json(problem, { status: 401 }));
    expect(await runFirstCall(GIVEN)).toMatchObject({
      room: { status: 401, refusal: { sentence: problem.detail, code: "invalid_token" }, url: undefined },
    });
  });

  it.each([
    ["a code that is none", { error: "../../x", detail: "No." }, { code: undefined, sentence: "No." }],
    ["no sentence", {}, { code: undefined, sentence: "" }],
    ["a list", ["x"], { code: undefined, sentence: "" }],
  ])("makes nothing up of a refusal with %s", async (_what, body, refusal) => {
    answerWith(Response.json(body, { status: 400 }));
    expect(await runFirstCall(GIVEN)).toMatchObject({ token: { refusal } });
  });

  it.each(["javascript:alert(1)", "//elsewhere", "", 7])("offers no link to %s", async (url) => {
    answerWith(Response.json(granted), Response.json({ url }, { status: 201 }));
    expect(await runFirstCall(GIVEN)).toMatchObject({ room: { status: 201, url: undefined } });
  });

  it.each([
    ["a broken connection", new Error("offline")],
    ["an answer of something in between", new Response("<html>", { status: 502 })],
  ])("says that nothing was reached after %s", async (_what, answer) => {
    answerWith(answer);
    expect(await runFirstCall(GIVEN)).toEqual({ reached: false });
    answerWith(Response.json(granted), answer);
    expect(await runFirstCall(GIVEN)).toEqual({ reached: false });
  });
});
