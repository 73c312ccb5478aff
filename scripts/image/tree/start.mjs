// npm start where everything is built: the server, and nothing before it.
import "../../setup/check-node.mjs";
import { runServer } from "../../setup/run-server.mjs";

runServer({ args: process.argv.slice(2) });
