import { execFileSync, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { findFreePort } from "../../../lib/testing/process/loopback";
import { findProgram } from "../../../scripts/testing/unpacked-programs.mjs";
import { send, trustCertificate } from "../http-client";
import { makeDataDirectory } from "../server";

/** The name under which the proxies answer, as in the files of deploy/. */
export const PROXIED_HOST = "rooms.example.org";

export type OwnProxy = {
  /** Where it takes TLS, and where it takes none. */
  port: number;
  plainPort: number;
  stop(): Promise<void>;
};

export type ProxyName = "nginx" | "caddy";

/** Why a proxy cannot be started on this machine; undefined where it can. */
export function missingProxy(name: ProxyName): string | undefined {
  return findProgram(name) === undefined
    ? `${name} is not here, and Debian's package manager did not fetch it`
    : undefined;
}

/** Starts a proxy with its file of deploy/ in front of servers on these ports of this machine. */
export async function startProxy(name: ProxyName, upstreams: readonly number[]): Promise<OwnProxy> {
  const folder = makeDataDirectory(name);
  const [port, plainPort] = [await findFreePort(), await findFreePort()];
  const { args, env, authority } = (name === "nginx" ? configureNginx : configureCaddy)({
    folder,
    port,
    plainPort,
    upstreams,
  });
  const child = spawn(findProgram(name) ?? name, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const exited = new Promise<void>((done) => child.on("close", () => done()));
  let isOver = false;
  void exited.then(() => {
    isOver = true;
  });
  for (let answered = false; !answered; ) {
    if (isOver) throw new Error(`${name} ended:\n${said}`);
    answered = await trustAndProbe(authority, port);
    if (!answered) await new Promise((again) => setTimeout(again, 50));
  }
  return {
    port,
    plainPort,
    async stop() {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

/** Caddy makes its authority when it starts. */
async function trustAndProbe(authority: string, port: number): Promise<boolean> {
  try {
    trustCertificate(readFileSync(authority, "utf8"));
    await send(`https://${PROXIED_HOST}:${port}`, { path: "/api/health/live" });
    return true;
  } catch {
    return false;
  }
}

type Configured = { args: string[]; env: Record<string, string>; authority: string };
type Place = { folder: string; port: number; plainPort: number; upstreams: readonly number[] };

/** The file as it is, but for ports and the place of the certificate. */
function configureNginx({ folder, port, plainPort, upstreams: [first, second] }: Place): Configured {
  const [certificate, key] = [join(folder, "fullchain.pem"), join(folder, "privkey.pem")];
  const subject = ["-subj", `/CN=${PROXIED_HOST}`, "-addext", `subjectAltName=DNS:${PROXIED_HOST}`, "-days", "2"];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  execFileSync("openssl", ["req", "-x509", ...kind, ...subject, "-keyout", key, "-out", certificate], {
    stdio: "ignore",
  });
  const replaced: readonly (readonly [string, string])[] = [
    ["server 127.0.0.1:3001 ", `server 127.0.0.1:${first} `],
    ["server 127.0.0.1:3002 ", `server 127.0.0.1:${second} `],
    ["listen 443 ", `listen 127.0.0.1:${port} `],
    ["listen 80;", `listen 127.0.0.1:${plainPort};`],
    ["/etc/ssl/vestibule/fullchain.pem", certificate],
    ["/etc/ssl/vestibule/privkey.pem", key],
  ];
  let text = readFileSync("deploy/nginx/vestibule.conf", "utf8");
  for (const [written, ours] of replaced) {
    if (text.split(written).length !== 2) throw new Error(`The file for nginx does not say "${written}" once.`);
    text = text.replace(written, ours);
  }
  writeFileSync(join(folder, "vestibule.conf"), text);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((each) => `${each}_temp_path ${folder}/${each};`)
    .join(" ");
  const user = process.getuid?.() === 0 ? "user root;" : "";
  writeFileSync(
    join(folder, "nginx.conf"),
    `${user} daemon off; pid ${folder}/pid; error_log stderr; events {}\nhttp { access_log off; ${temporary} include ${folder}/vestibule.conf; }\n`,
  );
  return { args: ["-p", folder, "-c", join(folder, "nginx.conf")], env: {}, authority: certificate };
}

/** The file as it is: what it leaves open are variables, and which ports and whose certificates are global options. */
function configureCaddy({ folder, port, plainPort, upstreams }: Place): Configured {
  const options = ["admin off", `http_port ${plainPort}`, `https_port ${port}`, "default_bind 127.0.0.1"];
  // Of an authority of its own: the public ones are not asked.
  const certificates = ["local_certs", "skip_install_trust", `storage file_system ${folder}`];
  const path = join(folder, "Caddyfile");
  writeFileSync(
    path,
    `{\n${[...options, ...certificates].join("\n")}\n}\nimport ${resolve("deploy/caddy/Caddyfile")}\n`,
  );
  const env = {
    HOME: folder,
    XDG_DATA_HOME: folder,
    XDG_CONFIG_HOME: folder,
    SITE_ADDRESS: PROXIED_HOST,
    UPSTREAMS: upstreams.map((each) => `127.0.0.1:${each}`).join(" "),
  };
  const authority = join(folder, "pki/authorities/local/root.crt");
  return { args: ["run", "--config", path, "--adapter", "caddyfile"], env, authority };
}
