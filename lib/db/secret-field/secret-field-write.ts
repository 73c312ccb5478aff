import { skip } from "@prisma/client/runtime/client";
import type { HashedSecrets } from "./hashed-secret";
import { SecretFieldError } from "./secret-field-error";
import { refuseMention } from "./secret-field-filter";
import { isRecord, type SecretModels } from "./secret-field-model";

export type SecretHasher = {
  hash(plain: string): Promise<string>;
  looksLikeHash(value: string): boolean;
};

type Context = { models: SecretModels; hasher: SecretHasher; hashed: Pick<HashedSecrets, "open"> };

/**
 * Returns the arguments of a query on `model` with every secret in them hashed, at any depth. Changes nothing given.
 */
export async function hashWrites(context: Context, model: string, args: unknown): Promise<unknown> {
  if (!isRecord(args)) return args;
  return replaceMembers(args, (part, value) => {
    const isWrite = part === "data" || part === "create" || part === "update";
    return isWrite ? hashData(context, model, value) : value;
  });
}

/** `data` as Prisma takes it: one row or a list of rows. */
function hashData(context: Context, modelName: string, data: unknown): Promise<unknown> {
  const model = context.models.get(modelName);
  return mapEach(data, (row) =>
    replaceMembers(row, (name, value) => {
      if (model.secrets.has(name)) return hashValue(context, `${modelName}.${name}`, value);
      const related = model.relations.get(name);
      return related === undefined ? value : hashRelation(context, related, value);
    }),
  );
}

/** What stands under a relation in `data`: one or more nested operations on the related model. */
function hashRelation(context: Context, model: string, operations: unknown): Promise<unknown> {
  return mapEach(operations, (record) =>
    replaceMembers(record, (operation, value) => {
      switch (operation) {
        case "create":
          return hashData(context, model, value);
        case "update":
          return mapEach(value, (entry) =>
            isWrapped(context, model, entry) ? hashEntry(context, model, entry) : hashData(context, model, entry),
          );
        case "createMany":
        case "connectOrCreate":
        case "updateMany":
        case "upsert":
          return mapEach(value, (entry) => hashEntry(context, model, entry));
        case "connect":
        case "disconnect":
        case "delete":
        case "deleteMany":
        case "set":
          refuseMention(context.models, model, value);
          return value;
        default:
          if (value === undefined || value === skip) return value;
          throw new SecretFieldError("unsupported", model, "this nested write is not known to the secret fields.");
      }
    }),
  );
}

/** `{ where, data }`, `{ where, create }`, `{ where, create, update }`: a nested operation with named parts. */
function hashEntry(context: Context, model: string, entry: Record<string, unknown>): Promise<unknown> {
  refuseMention(context.models, model, entry.where);
  return hashWrites(context, model, entry);
}

/**
 * A nested `update` of one row takes its data either directly or as `{ where?, data }`. A model with a field called
 * `data` makes that ambiguous: then only the form with `where` counts as wrapped, as the direct form cannot have it.
 */
function isWrapped({ models }: Context, modelName: string, entry: Record<string, unknown>): boolean {
  if (!("data" in entry)) return false;
  const model = models.get(modelName);
  return "where" in entry || !(model.scalars.has("data") || model.relations.has("data"));
}

/**
 * A plain value, one that was hashed beforehand, `{ set: value }`, or nothing. Everything else is refused, not passed
 * on.
 */
async function hashValue(context: Context, target: string, value: unknown): Promise<unknown> {
  if (value === null || value === undefined || value === skip) return value;
  if (isRecord(value) && Object.keys(value).join() === "set")
    return { set: await hashValue(context, target, value.set) };
  return context.hashed.open(value) ?? hashPlain(context.hasher, target, value);
}

/** Hashes a plain secret; throws `SecretFieldError` for what is none. */
export async function hashPlain(hasher: SecretHasher, target: string, value: unknown): Promise<string> {
  if (typeof value !== "string" || value === "") {
    throw new SecretFieldError("not_plain_text", target, "a secret must be a text that is not empty.");
  }
  if (hasher.looksLikeHash(value)) {
    throw new SecretFieldError("looks_hashed", target, "a value shaped like a hash was given; give the plain secret.");
  }
  const stored = await hasher.hash(value);
  // A hash function that returns what it was given, or nothing recognisable, must not go unnoticed.
  if (!hasher.looksLikeHash(stored)) {
    throw new SecretFieldError("misconfigured", target, "the hash function returned nothing that looks like a hash.");
  }
  return stored;
}

/** One after the other on purpose: a bulk write must not occupy every thread with memory-hard work. */
async function mapEach(
  value: unknown,
  change: (record: Record<string, unknown>) => Promise<unknown>,
): Promise<unknown> {
  if (Array.isArray(value)) {
    const changed: unknown[] = [];
    for (const entry of value) changed.push(await mapEach(entry, change));
    return changed;
  }
  return value !== skip && isRecord(value) ? change(value) : value;
}

async function replaceMembers(
  record: Record<string, unknown>,
  replace: (name: string, value: unknown) => unknown,
): Promise<Record<string, unknown>> {
  const entries: [string, unknown][] = [];
  // `for…in` as Prisma itself reads arguments: an inherited member would otherwise slip past.
  for (const name in record) entries.push([name, await replace(name, record[name])]);
  return Object.fromEntries(entries);
}
