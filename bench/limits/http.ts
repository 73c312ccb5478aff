import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export type Answer = { status: number; body: string };

/** The least that answers HTTP: no router, no limits, no log. Says `ready` when it listens. */
export function listen(port: number, answer: (request: IncomingMessage, body: string) => Promise<Answer>): void {
  createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      answer(request, body).then(
        (value) => send(response, value),
        (error: unknown) => {
          console.error(error);
          send(response, { status: 500, body: "{}" });
        },
      );
    });
  }).listen(port, "127.0.0.1", () => console.log("ready"));
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
    "Content-Length": Buffer.byteLength(body),
  });
  response.end(body);
}
