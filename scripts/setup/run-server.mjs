// Starts the bundled server as a process of its own and ends with it.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { fail, root, serverBundle } from "../project.mjs";

/** For development or for production; `args` are the server's own. */
export function runServer({ args, development = false }) {
  const server = spawn(
    process.execPath,
    ["--enable-source-maps", development ? ".build/dev-server.mjs" : serverBundle, ...args],
    {
      cwd: root,
      // The channel tells the server when this process is gone, however it went.
      stdio: ["inherit", "inherit", "inherit", "ipc"],
      env: {
        ...process.env,
        NODE_ENV: development ? "development" : "production",
        NEXT_TELEMETRY_DISABLED: "1",
        // Argon2 runs in the same pool as files and DNS; four threads would make them wait for it.
        UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? "8",
      },
    },
  );

  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.kill(signal));
  process.on("SIGHUP", () => server.kill("SIGTERM"));
  server.on("error", fail);
  server.on("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}
