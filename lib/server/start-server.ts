import "server-only";

import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { addPartitions } from "@/lib/activity/partitions/maintain-partitions";
import { SYSTEM } from "@/lib/audit/actor";
import { offerCopies } from "@/lib/backup/live/offer-copies";
import { lockDataDirectory } from "@/lib/db/data-directory/data-directory-lock";
import { orUnusable } from "@/lib/db/data-directory/prepare-data-directory";
import { listMigrationNames } from "@/lib/db/migrations";
import { openDatabase } from "@/lib/db/open-database";
import { type Config, setConfig } from "@/lib/env/config";
import { ensureKeys } from "@/lib/env/keys/ensure-keys";
import { parseEnvironment } from "@/lib/env/parse-environment";
import type { Environment } from "@/lib/env/read-environment";
import { m2mApi } from "@/lib/machine/m2m-api";
import { sendConsoleToLog } from "@/lib/observability/console-log";
import { log, setLogFormat } from "@/lib/observability/logger";
import { startTracing } from "@/lib/observability/tracing/start-tracing";
import { ensureFirstAdministrator } from "@/lib/staff/ensure-first-administrator";
import { findReadinessObstacle, setReadinessParts } from "./health/health-endpoints";
import { startHousekeeping } from "./housekeeping";
import { createHttpServer } from "./http-server";
import { prepareMetrics } from "./metrics/prepare-metrics";
import { createOutagePages } from "./pages/outage-pages";
import { createPageGate, PAGE_GATE } from "./pages/page-gate";
import { readPageRoutes } from "./pages/page-routes";
import { createPublicDocuments } from "./pages/public-documents";
import { carriesSession } from "./pages/session-cookie-check";
import { watchProcessFailures } from "./process-failures";
import { openSharedLimits } from "./processes/shared-limits";
import { type ApplicationHandler, createRequestHandler } from "./request-handler";
import { createShutdown, drainServer } from "./shutdown";
import { describeStartFailure } from "./start-failure";
import { startMessages } from "./start-messages";

type Step = { name: string; close: () => Promise<unknown> };

export type StartOptions = {
  /** Where `.next`, `prisma` and `.env` are. */
  projectFolder: string;
  environment: Environment;
  /** Leaves the endpoints to the route files of Next, as in development, where Next loads what was changed. */
  usesRouteFiles?: boolean;
  print: (line: string) => void;
  /** Called when the server listens; printed unless given. */
  onReady?: () => void;
  /** Called with why the server did not start, before it exits with 1; printed unless given. */
  onFailure?: (message: string) => void;
  exit: (code: number) => void;
};

/** How long a proxy may still send a request on a connection that it has open when this process stops. */
const PROXY_IDLE_MS = 1_000;

/**
 * Starts the product: environment, lock, keys, database, Redis, first administrator, Next, and only then the port. Whatever
 * fails is said in one message, what was opened before is closed again, and the process exits with 1.
 */
export async function startServer(options: StartOptions): Promise<void> {
  // What is open, newest first: the order in which it has to be closed.
  const open: Step[] = [];
  const starting: Promise<void> = start(options, open, () => shutdown.isRequested());
  const shutdown = createShutdown({
    started: () => starting,
    steps: open,
    onFailure: reportCloseFailure,
    exit: options.exit,
    now: () => performance.now(),
  });
  watchProcessFailures(process, shutdown.fail);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, shutdown.request);
  // The parent process, when there is one, holds the other end. Its death must not leave a server behind.
  process.on("disconnect", shutdown.request);
  await starting;
}

async function start(options: StartOptions, open: Step[], isStopping: () => boolean): Promise<void> {
  const { print, exit, onFailure = print } = options;
  let config: Config | undefined;
  try {
    config = await openStores(options, open);
    const administrator = await ensureFirstAdministrator({ actor: SYSTEM, now: () => new Date(), config });
    // Before anything else can fail: a generated password exists nowhere else.
    if (administrator.created) print(startMessages.administrator(administrator, config));
    for (const warning of startMessages.warnings(config)) print(warning);
    if (isStopping()) return;
    await listen(config, options, open, isStopping);
    if (isStopping()) return;
    if (options.onReady === undefined) print(startMessages.ready(config));
    else options.onReady();
  } catch (error) {
    if (isStopping()) return;
    onFailure(`\nVestibule did not start.\n\n${describeStartFailure(error, config)}\n`);
    for (const { name, close } of open) await close().catch((failure: unknown) => reportCloseFailure(failure, name));
    exit(1);
  }
}

async function openStores({ environment, projectFolder, print }: StartOptions, open: Step[]): Promise<Config> {
  const settings = await parseEnvironment(environment);
  setLogFormat(settings.logFormat);
  if (settings.databaseUrl === undefined) {
    const lock = await lockDataDirectory(settings.dataDirectory, { onLost: abandonDirectory });
    open.unshift({ name: "data directory", close: lock.release });
  }
  const config = await orUnusable(settings.dataDirectory, () => ensureKeys(settings));
  setConfig(config);
  if (config.tracing !== undefined) {
    const { close } = await startTracing(config.tracing);
    open.unshift({ name: "traces", close });
  }
  print(
    settings.databaseUrl === undefined ? `Opening the database in ${settings.dataDirectory}` : "Opening the database",
  );
  const migrationsFolder = join(projectFolder, "prisma", "migrations");
  const database = await openDatabase(settings, migrationsFolder);
  open.unshift({ name: "database", close: database.close });
  if (database.copyFiles !== undefined) {
    const { close } = await offerCopies({ dataDirectory: settings.dataDirectory, copyFiles: database.copyFiles });
    open.unshift({ name: "copies for backups", close });
  }
  const limits = await openSharedLimits(config);
  open.unshift({ name: "Redis", close: limits.close });
  await makeActivityPartitions(config);
  // Built now rather than at the first call: settings that it refuses must refuse the start.
  const { settled, trySigning } = m2mApi();
  open.unshift({ name: "machine API", close: settled });
  setReadinessParts({
    now: () => new Date(),
    migrations: await listMigrationNames(migrationsFolder),
    trySigning,
    dataDirectory: settings.databaseUrl === undefined ? settings.dataDirectory : undefined,
  });
  prepareMetrics(config);
  open.unshift({ name: "housekeeping", close: startHousekeeping(config).close });
  return config;
}

async function listen(
  config: Config,
  { projectFolder, usesRouteFiles = false }: StartOptions,
  open: Step[],
  isDraining: () => boolean,
): Promise<void> {
  const dev = config.environment === "development";
  let application: ApplicationHandler = () => Promise.reject(new Error("Next is not ready yet."));
  const handle = createRequestHandler({
    settings: config,
    application: (request, response) => application(request, response),
    // Without Next there is nobody else to answer them.
    pageRoute: dev || config.surfaces === "machine" ? undefined : await readPageRoutes(projectFolder),
    answersEndpoints: config.surfaces === "machine" || (!dev && !usesRouteFiles),
    onFailure: (err, { requestId }) =>
      log.error({ event: "request_failed", err, request_id: requestId }, "a request failed"),
    isDraining,
  });
  const server = createHttpServer((request, response) => void handle(request, response));

  // Before Next is loaded: it wraps the methods that it finds. A developer reads its lines as they are.
  if (!dev) sendConsoleToLog(console);
  if (config.surfaces !== "machine") application = await loadPages(config, projectFolder, server, open);

  await bind(server, config);
  open.unshift({
    name: "HTTP server",
    close: () => drainServer(server, { idleMs: config.trustedProxyHops > 0 ? PROXY_IDLE_MS : 0 }),
  });
}

/** Loads Next, and returns what answers pages: with the gate in front, and what needs no rendering from memory. */
async function loadPages(
  config: Config,
  projectFolder: string,
  server: Server,
  open: Step[],
): Promise<ApplicationHandler> {
  const dev = config.environment === "development";
  const { default: next } = await import("next");
  const { host: hostname, port } = config;
  // Next takes upgrades from the server it is given. Only its development tools need any.
  const app = next({ dev, dir: projectFolder, hostname, port, httpServer: dev ? server : createServer() });
  await app.prepare();
  open.unshift({ name: "Next", close: () => app.close() });
  const throughGate = createPageGate({ ...PAGE_GATE, isStaff: carriesSession });
  const fromMemory = createPublicDocuments({ publicUrl: config.publicUrl, isStaff: carriesSession });
  const gated = createOutagePages(findReadinessObstacle)(throughGate(app.getRequestHandler()));
  // A developer changes the documents while the process runs.
  return dev ? gated : fromMemory(gated);
}

function bind(server: Server, { host, port }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** Without them rows find their place all the same, and the housekeeping tries again. */
async function makeActivityPartitions({ activityRetentionDays: retentionDays }: Config): Promise<void> {
  await addPartitions({ now: new Date(), retentionDays }).catch((err: unknown) =>
    log.error({ event: "purge_failed", job: "activity", err }, "Partitions were not made"),
  );
}

function reportCloseFailure(err: unknown, step: string): void {
  log.error({ event: "close_failed", err, step }, "closing failed");
}

/** Another process writes to the database now: whatever this one still wrote would destroy it. */
function abandonDirectory(): void {
  log.error({ event: "data_directory_lost" }, "the data directory was taken over by another process");
  process.exit(1);
}
