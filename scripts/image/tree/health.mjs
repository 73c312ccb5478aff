// node scripts/health.mjs: ends with 0 when the server of this container answers. What may restart it asks this, and
// whether the database answers is not asked: a restart does not bring it back.
import { get } from "node:http";

const { HOST = "", PORT = "" } = process.env;
const everywhere = ["", "0.0.0.0", "::"].includes(HOST);

get({ host: everywhere ? "127.0.0.1" : HOST, port: PORT || 3000, path: "/api/health/live", timeout: 3_000 })
  .on("response", ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1))
  .on("timeout", () => process.exit(1))
  .on("error", () => process.exit(1));
