// Next by itself, on a server of its own as the product has it: what a route handler costs that does nothing.
import { createServer } from "node:http";
import next from "next";

const port = Number(process.env.PORT);
const [dir] = process.argv.slice(2);
const app = next({ dev: false, dir, hostname: "127.0.0.1", port });
await app.prepare();
const handle = app.getRequestHandler();
createServer((request, response) => void handle(request, response)).listen(port, "127.0.0.1", () =>
  console.log("ready"),
);
