import { connect } from "node:net";

/**
 * Sends `text` over a connection of its own and returns everything that comes back until the server closes it, or until
 * `enough` is satisfied. For what no HTTP client would send.
 */
export function exchangeRaw(port: number, text: string, enough?: (received: string) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = "";
    const socket = connect({ host: "127.0.0.1", port }, () => socket.write(text));
    socket.setEncoding("latin1");
    socket.on("data", (chunk: string) => {
      received += chunk;
      if (enough?.(received)) socket.destroy();
    });
    // A server that closes on unread bytes resets the connection; what arrived before that still counts.
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "ECONNRESET" && error.code !== "EPIPE") reject(error);
    });
    socket.on("close", () => resolve(received));
  });
}

/** The status line, header fields (lower-case names) and body of one answer. */
export function parseRaw(received: string): { status: number; headers: Map<string, string>; body: string } {
  const [head = "", ...rest] = received.split("\r\n\r\n");
  const [statusLine = "", ...lines] = head.split("\r\n");
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { status: Number(statusLine.split(" ")[1]), headers: new Map(headers), body: rest.join("\r\n\r\n") };
}
