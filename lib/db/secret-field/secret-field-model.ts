import { SecretFieldError } from "./secret-field-error";

/** Secret fields by model, in the form of Prisma's own `omit` option: `{ user: { password: true } }`. */
export type SecretFieldDeclaration = Readonly<Record<string, Readonly<Record<string, true>>>>;

type Model = {
  name: string;
  /** All scalar and enum fields. */
  scalars: ReadonlySet<string>;
  /** The model that each relation field leads to. */
  relations: ReadonlyMap<string, string>;
  secrets: ReadonlySet<string>;
};

/** What the extension must know of a schema: which names are secrets, and where each relation leads. */
export type SecretModels = {
  /** The model as Prisma names it (`StaffMember`). Throws when there is none: nothing unknown is let through. */
  get(name: string): Model;
};

type RawField = { name: string; kind: string; type: string };
type ClientInternals = { models: Record<string, { fields: RawField[] }>; omit: Record<string, unknown> };

/**
 * Joins a declaration with the schema of `client`. Throws `SecretFieldError` ("misconfigured") when a declared field is
 * not a text field of the schema, or when the client was built without the same `omit`, so that reads would return it.
 */
export function buildSecretModels(client: unknown, declaration: SecretFieldDeclaration): SecretModels {
  const internals = readClientInternals(client);
  const models = new Map<string, Model>();
  for (const [name, { fields }] of Object.entries(internals.models)) {
    const related = fields.filter((field) => field.kind === "object");
    const scalars = fields.filter((field) => field.kind !== "object").map((field) => field.name);
    const secrets = new Set(Object.keys(declaration[toClientProperty(name)] ?? {}));
    models.set(name, {
      name,
      scalars: new Set(scalars),
      relations: new Map(related.map((field) => [field.name, field.type])),
      secrets,
    });
  }
  assertDeclarationFits(internals, declaration);
  return {
    get(name) {
      const model = models.get(name);
      if (model === undefined) throw new SecretFieldError("unsupported", name, "the schema has no such model.");
      return model;
    },
  };
}

function assertDeclarationFits(internals: ClientInternals, declaration: SecretFieldDeclaration): void {
  const byProperty = new Map(Object.entries(internals.models).map(([name, model]) => [toClientProperty(name), model]));
  for (const [property, fields] of Object.entries(declaration)) {
    for (const name of Object.keys(fields)) {
      const target = `${property}.${name}`;
      const field = byProperty.get(property)?.fields.find((it) => it.name === name);
      if (field?.kind !== "scalar" || field.type !== "String") {
        throw new SecretFieldError("misconfigured", target, "a secret field must be a String field of the schema.");
      }
      const omitted = internals.omit[property];
      if (!isRecord(omitted) || omitted[name] !== true) {
        throw new SecretFieldError("misconfigured", target, "the client must be built with the same fields as `omit`.");
      }
    }
  }
}

/**
 * The only place that looks behind Prisma's public surface. The generated client offers no public data model any more
 * (`Prisma.dmmf` went with the `prisma-client` generator), yet nested writes name relations only, and what model a
 * relation leads to decides what must be hashed. Guessing would store plain secrets, so a change there must be loud.
 */
function readClientInternals(client: unknown): ClientInternals {
  const dataModel = isRecord(client) ? client._runtimeDataModel : undefined;
  const models = isRecord(dataModel) ? dataModel.models : undefined;
  if (!isRecord(client) || !isRecord(models) || !Object.values(models).every(isRawModel)) {
    const explanation =
      "its data model is not where this version of the extension looks for it; see readClientInternals.";
    throw new SecretFieldError("misconfigured", "PrismaClient", explanation);
  }
  const known = Object.entries(models).flatMap(([name, model]) => (isRawModel(model) ? [[name, model] as const] : []));
  return { models: Object.fromEntries(known), omit: isRecord(client._globalOmit) ? client._globalOmit : {} };
}

function isRawModel(value: unknown): value is { fields: RawField[] } {
  return isRecord(value) && Array.isArray(value.fields) && value.fields.every(isRawField);
}

function isRawField(value: unknown): value is RawField {
  return isRecord(value) && [value.name, value.kind, value.type].every((it) => typeof it === "string");
}

/** True for anything with named members. Arrays are not records. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `StaffMember` is `staffMember` on the client and in `omit`. */
function toClientProperty(model: string): string {
  return model.charAt(0).toLowerCase() + model.slice(1);
}
