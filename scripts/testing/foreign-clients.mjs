// The programs of other people that the interoperability tests call the product with: how each is found, and what Debian
// calls it.
import { spawnSync } from "node:child_process";

// A Debian package belongs to Debian's own interpreter, whichever comes first in PATH.
const PYTHON = ["/usr/bin/python3", "python3"];
const RUBY = ["/usr/bin/ruby", "ruby"];
const PERL = ["/usr/bin/perl", "perl"];
const PHP = ["/usr/bin/php", "php"];

export const FOREIGN_CLIENTS = {
  authlib: {
    packages: ["python3-authlib", "python3-requests"],
    commands: PYTHON,
    probe: ["-c", "import authlib, requests"],
  },
  "requests-oauthlib": {
    packages: ["python3-requests-oauthlib"],
    commands: PYTHON,
    probe: ["-c", "import requests_oauthlib"],
  },
  // Early versions, that of Debian 12 among them, pad the parts of a JWT, which RFC 7515 §2 forbids.
  "google-auth that does not pad JWTs": {
    packages: ["python3-google-auth", "python3-requests"],
    commands: PYTHON,
    probe: ["-c", "import google.auth.transport.requests; from google.auth._helpers import unpadded_urlsafe_b64encode"],
  },
  "Ruby's oauth2": { packages: ["ruby-oauth2"], commands: RUBY, probe: ["-e", "require 'oauth2'"] },
  "PHP's curl": {
    packages: ["php-cli", "php-curl"],
    commands: PHP,
    probe: ["-r", "exit(function_exists('curl_init') ? 0 : 1);"],
  },
  "Perl's LWP": { packages: ["libwww-perl"], commands: PERL, probe: ["-MLWP::UserAgent", "-MJSON::PP", "-e", "1"] },
  curl: { packages: ["curl"], commands: ["sh"], probe: ["-c", "curl --version"] },
  wget: { packages: ["wget"], commands: ["sh"], probe: ["-c", "wget --version"] },
};

/**
 * What to run for the client called `name`: the first of its commands that has it; undefined where none has.
 * @param {keyof typeof FOREIGN_CLIENTS} name
 */
export function findForeignClient(name) {
  const { commands, probe } = FOREIGN_CLIENTS[name];
  return commands.find((command) => spawnSync(command, probe, { stdio: "ignore" }).status === 0);
}

/** Debian's packages of all of them, each once. */
export function listClientPackages() {
  return [...new Set(Object.values(FOREIGN_CLIENTS).flatMap(({ packages }) => packages))];
}
