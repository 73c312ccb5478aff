import { connect, createServer, type Server, type Socket } from "node:net";
import { findFreePort } from "../../../lib/testing/process/loopback";

/** A way between a server and its database that can be cut, blocked and mended. */
export type Wire = {
  port: number;
  /** Ends every connection, and takes no other. */
  cut(): Promise<void>;
  /** Lets nothing pass and ends nothing: bytes wait, as on a network that leads nowhere for a while. */
  block(): void;
  /** Lets pass again, what has waited first. */
  mend(): Promise<void>;
};

/** Makes one that leads to `to`. */
export async function createWire(to: { host: string; port: number }): Promise<Wire> {
  const port = await findFreePort();
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let isBlocked = false;

  function join(near: Socket): void {
    const far = connect(to);
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (bytes) => void into.write(bytes));
      from.on("end", () => into.end());
      from.on("error", () => into.destroy());
      from.on("close", () => {
        sockets.delete(from);
        into.destroy();
      });
      if (isBlocked) from.pause();
    }
  }
  const wire: Wire = {
    port,
    async cut() {
      const ended = new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
      server = undefined;
      for (const socket of sockets) socket.resetAndDestroy();
      await ended;
    },
    block() {
      isBlocked = true;
      for (const socket of sockets) socket.pause();
    },
    async mend() {
      isBlocked = false;
      for (const socket of sockets) socket.resume();
      if (server !== undefined) return;
      const made = createServer(join);
      server = made;
      await new Promise<void>((resolve) => made.listen(port, "127.0.0.1", resolve));
    },
  };
  await wire.mend();
  return wire;
}
