import { connect, createServer, type Server, type Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { inject } from "vitest";
import { TEST_CERTIFICATE } from "@/lib/testing/process/test-certificate";

/** A way to the test server that a test controls. */
export type ServerGate = {
  /** Where it listens: a port of 127.0.0.1, or the path that was given. */
  port: number;
  /** How many of the connections so far were encrypted, and how many were not. */
  seen: { encrypted: number; plain: number };
  /** From now on nothing that the server says gets through. */
  stall(): void;
  close(): Promise<void>;
};

/**
 * Listens for PostgreSQL connections and passes them on to the test server. With `tls` it speaks TLS, with the test
 * certificate, to who asks for it; without, it is what lies behind it that answers. `path` is that of a socket.
 */
export async function openServerGate(options: { tls?: boolean; path?: string } = {}): Promise<ServerGate> {
  const target = new URL(inject("testDatabaseUrl"));
  const sockets = new Set<Socket>();
  const seen = { encrypted: 0, plain: 0 };
  let isStalled = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    return socket;
  };
  const pass = (client: Socket, first?: Buffer) => {
    const server = keep(connect(Number(target.port || 5432), target.hostname));
    if (first !== undefined) server.write(first);
    client.pipe(server);
    server.on("data", (bytes) => void (isStalled || client.write(bytes)));
    server.on("close", () => client.destroy());
    client.on("close", () => server.destroy());
  };
  const gate = createServer((client) => {
    keep(client).once("data", (first) => {
      // SSLRequest: a length of 8 and a code (PostgreSQL manual, "Message Formats").
      const asksForTls = first.length === 8 && first.readInt32BE(4) === 80_877_103;
      if (!asksForTls || options.tls !== true) {
        if (!asksForTls) seen.plain += 1;
        return pass(client, first);
      }
      seen.encrypted += 1;
      client.write("S");
      const secured = new TLSSocket(client, { isServer: true, ...TEST_CERTIFICATE });
      pass(keep(secured));
    });
  });
  await listen(gate, options.path);
  const address = gate.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    seen,
    stall: () => {
      isStalled = true;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => gate.close(resolve));
    },
  };
}

function listen(server: Server, path: string | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (path === undefined) server.listen(0, "127.0.0.1", resolve);
    else server.listen(path, resolve);
  });
}
