import { randomInt } from "node:crypto";
import { connect, createServer } from "node:net";

/** Above what programs have by custom, and below what Linux, macOS and Windows give to outgoing connections. */
const PORTS = { from: 10_240, to: 32_768 } as const;
const handedOut = new Set<number>();

/**
 * A port of 127.0.0.1 that nobody listens on at this moment, and that no outgoing connection is given meanwhile: a server may
 * be started on it later, and again after it was stopped. Never the same twice in one process.
 */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORTS.from, PORTS.to);
    if (handedOut.has(port) || !(await isFree(port))) continue;
    handedOut.add(port);
    return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" || error.code === "EACCES" ? resolve(false) : reject(error),
    );
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

/** How long a test waits for Redis that is not about such a wait: no machine is so slow. */
export const REDIS_PATIENCE = { answerMsMax: 300_000, connectMsMax: 300_000 };

/** Whether a Redis answers at its usual port. */
export function answersAsRedis(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port: 6379, timeout: 1_000 });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("connect", () => socket.write("PING\r\n"));
    socket.on("data", (data) => settle(String(data) === "+PONG\r\n"));
    for (const event of ["error", "timeout", "close"]) socket.on(event, () => settle(false));
  });
}
