// What the tests of this machine run in: a clean environment, and PostgreSQL when it answers.
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { root } from "../project.mjs";

const LOCAL_POSTGRES = "postgresql://postgres@127.0.0.1:5432/postgres";
/** What libraries read on their own. */
const LIBRARY_VARIABLES =
  /^(?:NODE_ENV|NODE_OPTIONS|AUTH_.*|NEXTAUTH_.*|NEXT_.*|VITEST.*|PLAYWRIGHT_.*|E2E_.*|FORCE_COLOR)$/;

/** The caller's environment without anything that would change what the product does. */
export function cleanEnvironment() {
  const example = readFileSync(join(root, ".env.example"), "utf8");
  const names = new Set([...example.matchAll(/^# ([A-Z][A-Z_]*)=/gm)].flatMap(([, name]) => [name, `${name}_FILE`]));
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !names.has(name) && !LIBRARY_VARIABLES.test(name)),
  );
}

/** The PostgreSQL server that tests may use, or why there is none. */
export async function findPostgres() {
  const url = process.env.TEST_DATABASE_URL;
  if (url) return { url };
  return (await answersAsPostgres("127.0.0.1", 5432))
    ? { url: LOCAL_POSTGRES }
    : { reason: "no PostgreSQL at 127.0.0.1:5432, and TEST_DATABASE_URL is not set" };
}

/** Asks for TLS, as every PostgreSQL client may: the server says yes or no with one letter, anything else says more or nothing. */
function answersAsPostgres(host, port) {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const settle = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("connect", () => socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])));
    socket.on("data", (data) => settle(data.length === 1 && /[SN]/.test(String(data))));
    for (const event of ["error", "timeout", "close"]) socket.on(event, () => settle(false));
  });
}
