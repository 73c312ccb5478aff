import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { validate } from "dockerfile-utils";
import { Deployment } from "kubernetes-models/apps/v1";
import { Job } from "kubernetes-models/batch/v1";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1";
import { ConfigMap, Service, ServiceAccount } from "kubernetes-models/v1";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { VARIABLE_NAMES } from "@/lib/env/variables";

// biome-ignore lint/suspicious/noExplicitAny: what is read from a file; the schemas judge it.
type Parsed = any;

const OURS = new Set<string>([...VARIABLE_NAMES, ...VARIABLE_NAMES.map((name) => `${name}_FILE`)]);
/** Those that Node.js and Next read by themselves. */
const RUNTIME = ["NODE_ENV", "NEXT_TELEMETRY_DISABLED", "UV_THREADPOOL_SIZE"];
const SECRETS = ["DATABASE_URL", "MASTER_KEY", "AUTH_SECRET", "TOKEN_SIGNING_KEYS", "ADMIN_PASSWORD"];
const isKnown = (name: string) => OURS.has(name) || RUNTIME.includes(name);

const textOf = (path: string) => readFileSync(path, "utf8");
const commandOfImage = /^CMD (.+)$/m.exec(textOf("Dockerfile"))?.[1] ?? "";

describe("the Dockerfile", () => {
  it("has no mistake that a linter of Dockerfiles knows", () => {
    expect(validate(textOf("Dockerfile"))).toEqual([]);
  });

  it("is what the linter judges: it finds an instruction that does not exist", () => {
    expect(validate("FROM node:24-slim\nRUNS true\n")).toHaveLength(1);
  });

  it("installs packages as npm start does", () => {
    const args = /const args = \[(.*)\];/.exec(textOf("scripts/setup/ensure-packages.mjs"))?.[1] ?? "";
    const words = Array.from(args.matchAll(/"([^"]+)"/g), ([, word]) => word).join(" ");
    expect(words).toMatch(/^ci --include=dev /);
    expect(textOf("Dockerfile")).toContain(`RUN npm ${words}\n`);
  });

  it("runs as a number, with signals and a health check of its own", () => {
    expect(textOf("Dockerfile")).toMatch(/^USER \d+:\d+\n.*^STOPSIGNAL SIGTERM\n.*^HEALTHCHECK /ms);
  });
});

describe("compose.yaml", () => {
  const compose: Parsed = parse(textOf("compose.yaml"), { merge: true });
  const services = Object.entries<Parsed>(compose.services);
  const ofProduct = services.filter(([, { image }]) => image === "vestibule");

  it("is two servers, the stores, the proxy, and the migration before them", () => {
    expect(services.map(([name]) => name).sort()).toEqual(["app-1", "app-2", "caddy", "database", "migrate", "valkey"]);
    expect(compose.services["app-1"].depends_on.migrate).toEqual({ condition: "service_completed_successfully" });
  });

  it("names no service, secret, network or volume that it does not define", () => {
    for (const [name, { secrets = [], networks = [], depends_on = {}, volumes = [] }] of services) {
      for (const secret of secrets) expect([name, secret, secret in compose.secrets]).toEqual([name, secret, true]);
      for (const network of networks)
        expect([name, network, network in compose.networks]).toEqual([name, network, true]);
      for (const other of Object.keys(depends_on)) expect([name, other in compose.services]).toEqual([name, true]);
      for (const [from = ""] of volumes.map((volume: string) => volume.split(":")))
        expect([from, from.startsWith("./") ? existsSync(from) : from in compose.volumes]).toEqual([from, true]);
    }
  });

  it("gives the product only variables that it reads, and secrets as files that are mounted", () => {
    expect(ofProduct).toHaveLength(3);
    for (const [name, { environment, secrets }] of ofProduct) {
      expect([name, Object.keys(environment).filter((variable) => !isKnown(variable))]).toEqual([name, []]);
      expect(SECRETS.filter((secret) => secret in environment)).toEqual([]);
      for (const secret of SECRETS)
        expect(secrets).toContain(environment[`${secret}_FILE`].replace("/run/secrets/", ""));
    }
  });

  it("lets the product write nowhere, have no rights, and be reached by the proxy alone", () => {
    for (const [, service] of ofProduct) {
      expect(service).toMatchObject({ read_only: true, cap_drop: ["ALL"], networks: ["inside"] });
      expect(service.security_opt).toEqual(["no-new-privileges:true"]);
      expect(service.ports).toBeUndefined();
    }
    expect(compose.networks.inside).toEqual({ internal: true });
  });

  it("runs the image's own bundles", () => {
    expect(compose.services.migrate.command).toEqual(JSON.parse(commandOfImage.replace("server.mjs", "migrate.mjs")));
  });
});

describe("deploy/kubernetes", () => {
  const MODELS = { ConfigMap, Deployment, Job, NetworkPolicy, PodDisruptionBudget, Service, ServiceAccount };
  const documents: Parsed[] = ["config", "migration", "vestibule"].flatMap((name) =>
    parseAllDocuments(textOf(`deploy/kubernetes/${name}.yaml`)).map((document) => document.toJS()),
  );
  const find = (kind: string): Parsed => documents.find((document) => document.kind === kind);
  const pods: Parsed[] = ["Deployment", "Job"].map((kind) => find(kind).spec.template.spec);

  it("has every manifest in the form that Kubernetes describes", () => {
    expect(documents.map(({ kind }) => kind).sort()).toEqual(Object.keys(MODELS).sort());
    for (const document of documents) {
      const Model = MODELS[document.kind as keyof typeof MODELS] as new (data: Parsed) => { validate(): void };
      expect(() => new Model(document).validate()).not.toThrow();
    }
  });

  it("is judged: a number of replicas that is no number is found", () => {
    const wrong = { spec: { ...find("Deployment").spec, replicas: "two" } } as Parsed;
    expect(() => new Deployment(wrong).validate()).toThrow("must be integer");
  });

  it("keeps to the restricted Pod Security Standard", () => {
    for (const { securityContext, containers, automountServiceAccountToken } of pods) {
      expect(automountServiceAccountToken).toBe(false);
      expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
      for (const container of containers)
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        });
    }
  });

  it("restarts what is not live, and takes out of rotation what is not ready", () => {
    const [{ startupProbe, livenessProbe, readinessProbe }] = find("Deployment").spec.template.spec.containers;
    expect(startupProbe.httpGet.path).toBe("/api/health/live");
    expect(livenessProbe.httpGet.path).toBe("/api/health/live");
    expect(readinessProbe.httpGet.path).toBe("/api/health/ready");
  });

  it("selects its own pods everywhere, and lets the migration be no server", () => {
    const { selector, template } = find("Deployment").spec;
    expect(template.metadata.labels).toEqual(selector.matchLabels);
    expect(find("Service").spec.selector).toEqual(selector.matchLabels);
    expect(find("PodDisruptionBudget").spec.selector).toEqual(selector);
    expect(find("Job").spec.template.metadata.labels).not.toMatchObject(selector.matchLabels);
  });

  it("gives only variables that the product reads, none of them a secret, and runs the image's own bundle", () => {
    const { data } = find("ConfigMap");
    expect(Object.keys(data).filter((name) => !isKnown(name) || SECRETS.includes(name))).toEqual([]);
    expect(pods[1].containers[0].command).toEqual(JSON.parse(commandOfImage.replace("server.mjs", "migrate.mjs")));
  });
});

describe("deploy/systemd/vestibule.service", () => {
  const text = textOf("deploy/systemd/vestibule.service");
  const hasAnalyzer = spawnSync("systemd-analyze", ["--version"]).status === 0;

  it("runs what the image runs, confined", () => {
    const words: string[] = JSON.parse(commandOfImage);
    expect(text).toContain(`ExecStart=/usr/bin/${words.join(" ")}\n`);
    for (const line of ["DynamicUser=yes", "ProtectSystem=strict", "StateDirectory=vestibule", "NoNewPrivileges=yes"])
      expect(text).toContain(`\n${line}\n`);
  });

  it("sets only variables that the product reads, and hands secrets over as credentials", () => {
    const pairs = [...text.matchAll(/^Environment=(.+)$/gm)].flatMap(([, line = ""]) => line.split(" "));
    const names = pairs.map((pair) => pair.split("=")[0] ?? "");
    expect(names.filter((name) => !isKnown(name) || SECRETS.includes(name))).toEqual([]);
    const credentials = Array.from(text.matchAll(/^LoadCredential=([\w-]+):/gm), ([, name]) => `%d/${name}`);
    const used = pairs.filter((pair) => pair.includes("_FILE=")).map((pair) => pair.split("=")[1]);
    expect(used.sort()).toEqual(credentials.sort());
  });

  it.skipIf(!hasAnalyzer)("has no line that systemd does not understand", () => {
    const { stderr } = spawnSync("systemd-analyze", ["verify", "deploy/systemd/vestibule.service"], {
      encoding: "utf8",
    });
    const found = stderr.split("\n").filter((line) => line.includes("vestibule.service:"));
    // Where Node.js is on this machine says nothing about the other one.
    expect(found.filter((line) => !line.includes("is not executable"))).toEqual([]);
  });
});
