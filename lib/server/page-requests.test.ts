import { describe, expect, it } from "vitest";
import { HEAD, useWireServer } from "@/lib/testing/process/wire-server";

const { listen, logLines } = useWireServer();

const TREE = encodeURIComponent('["",{"children":["sign-in",{"children":["__PAGE__",{}]}]},null,null,1]');
const PART = 'Content-Disposition: form-data; name="1_name"\r\n\r\nAna';

/** Sends a form as it is given and returns its answer. */
async function post(type: string, body: string) {
  const { send } = await listen();
  const fields = [`Content-Type: ${type}`, `Content-Length: ${body.length}`];
  return send("POST /sign-in HTTP/1.1", ...HEAD, ...fields, "", body);
}

describe("what Next would fail over is refused before it with 400 and a line of information", () => {
  it.each(["", "x", "%zz", "[]", "{}", '["",1]', '["",{"children":[1,{}]}]', "null", "[".repeat(2_000)])(
    "the state of the router %j",
    async (tree) => {
      const { send } = await listen();
      const { status, body } = await send("GET /no-such HTTP/1.1", ...HEAD, `Next-Router-State-Tree: ${tree}`, "", "");
      expect([status, body]).toEqual([400, "The header field next-router-state-tree is malformed.\n"]);
      expect(logLines()).toEqual([expect.objectContaining({ level: "info", reason: "request_malformed" })]);
    },
  );

  it.each([
    ["without a boundary", "multipart/form-data", `--x\r\n${PART}\r\n--x--\r\n`],
    ["with another boundary", "multipart/form-data; boundary=y", `--x\r\n${PART}\r\n--x--\r\n`],
    ["with no part in it", "Multipart/Form-Data; boundary=x", "text"],
    ["without an end", "multipart/form-data; boundary=x", `--x\r\n${PART}`],
    ["with a part that has no name", "multipart/form-data; boundary=x", "--x\r\nX: y\r\n\r\nAna\r\n--x--\r\n"],
    ["that is empty", "multipart/form-data; boundary=x", ""],
  ])("a form %s", async (_title, type, body) => {
    const answer = await post(type, body);
    expect([answer.status, answer.body]).toEqual([400, "The form cannot be read.\n"]);
    expect(logLines()).toEqual([expect.objectContaining({ level: "info", reason: "request_malformed" })]);
  });
});

describe("what a browser sends passes as it is", () => {
  it("the state of the router", async () => {
    const { send } = await listen();
    const { status, body } = await send("GET /sign-in HTTP/1.1", ...HEAD, `Next-Router-State-Tree: ${TREE}`, "", "");
    expect([status, JSON.parse(body).headers["next-router-state-tree"]]).toEqual([200, TREE]);
  });

  it.each([
    ["with a field", "multipart/form-data; boundary=x", `--x\r\n${PART}\r\n--x--\r\n`],
    ["with none", "multipart/form-data; boundary=x", "--x--\r\n"],
    ["with a quoted boundary", 'multipart/form-data; boundary="x"', `--x\r\n${PART}\r\n--x--\r\n`],
    ["of the other kind", "application/x-www-form-urlencoded", "a=%zz"],
    ["that is text", "text/plain;charset=UTF-8", "[]"],
  ])("a form %s", async (_title, type, body) => {
    const answer = await post(type, body);
    expect([answer.status, JSON.parse(answer.body).length]).toEqual([200, body.length]);
  });
});
