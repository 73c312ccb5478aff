import { canInstallPackages, installPackages, listMissingPackages } from "../../scripts/testing/debian-packages.mjs";
import type { Bench } from "../bench";
import type { Comparisons } from "../harness/comparisons";
import { plainEnvironment, runProcess } from "../harness/processes";
import type { Row } from "../harness/run-rows";
import { CONNECTIONS, tokenRequest } from "../load/requests";
import { namedClients } from "./compared-servers";

const PACKAGES = ["python3-django-oauth-toolkit", "python3-psycopg2", "gunicorn"];
const FOLDER = "bench/servers";
/** A thread waits for the database while another one works. */
const THREADS = "8";

/**
 * Starts Django OAuth Toolkit as it comes, or returns why it is not there. Whether it stores secrets as they are or
 * hashed depends on the version that Debian has.
 */
export async function startDjango({ options, postgres, say }: Bench, start: Comparisons): Promise<Row | string> {
  const missing = listMissingPackages(PACKAGES);
  if (missing.length > 0) {
    if (!canInstallPackages()) return "Django OAuth Toolkit, whose Debian packages are not installed.";
    if (options.isQuick) return "Django OAuth Toolkit, which a quick run does not install.";
    say("installing Django OAuth Toolkit");
    await installPackages(missing);
  }
  const clients = namedClients();
  const databaseUrl = await postgres.createDatabase("django");
  const env = { DATABASE_URL: databaseUrl, CLIENTS: JSON.stringify(clients) };
  await runProcess(["/usr/bin/python3", `${FOLDER}/django_oauth.py`], { env: { ...plainEnvironment(), ...env } });
  const worker = ["--workers", "1", "--worker-class", "gthread", "--threads", THREADS, "--keep-alive", "60"];
  const { origin, pid } = await start({
    command: (port) => [
      "/usr/bin/gunicorn",
      ...["--chdir", FOLDER, "--bind", `127.0.0.1:${port}`, ...worker],
      "django_oauth:application",
    ],
    env: { ...env, PYTHONDONTWRITEBYTECODE: "1" },
    ready: /Listening at/,
  });
  return {
    name: "Django OAuth Toolkit: gunicorn, PostgreSQL, random tokens, no JWT",
    parties: { server: pid, postgres: postgres.pid },
    job: {
      origin,
      connections: CONNECTIONS,
      requests: clients.map((client) => tokenRequest("/o/token/", client, { scope: "rooms:create rooms:list" })),
      expected: 200,
    },
  };
}
