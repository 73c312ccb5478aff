import { SecretFieldError } from "./secret-field-error";
import { isRecord, type SecretModels } from "./secret-field-model";

/** The members of a query's arguments in which a field is compared with something: with a value, a row or its order. */
const COMPARING = ["where", "cursor", "orderBy", "having", "distinct", "by", "_min", "_max"] as const;

/**
 * Throws when a query on `model` compares a secret field, at its top or in a nested `select` or `include`.
 * A filter on a stored hash is useless for good purposes and an oracle for bad ones.
 */
export function refuseComparisons(models: SecretModels, model: string, args: unknown): void {
  if (!isRecord(args)) return;
  for (const part of COMPARING) refuseMention(models, model, args[part]);
  for (const part of [args.select, args.include]) refuseNestedReads(models, model, part);
}

function refuseNestedReads(models: SecretModels, model: string, selection: unknown): void {
  if (!isRecord(selection)) return;
  const { relations } = models.get(model);
  for (const [name, value] of Object.entries(selection)) {
    const related = relations.get(name);
    if (related !== undefined) refuseComparisons(models, related, value);
    // `_count: { select: { relation: { where } } }` counts related rows.
    if (name === "_count" && isRecord(value)) refuseNestedReads(models, model, value.select);
  }
}

/**
 * Throws when `condition`, a filter or order on `model`, mentions one of its secret fields or one of a related model.
 * A name that is no field is a word of the query language (`AND`, `some`, a compound key) and leads no further.
 */
export function refuseMention(models: SecretModels, modelName: string, condition: unknown): void {
  const model = models.get(modelName);
  if (typeof condition === "string" && model.secrets.has(condition)) throw compared(modelName, condition);
  if (Array.isArray(condition)) {
    for (const part of condition) refuseMention(models, modelName, part);
  }
  if (!isRecord(condition)) return;
  for (const name in condition) {
    if (model.secrets.has(name)) throw compared(modelName, name);
    const related = model.relations.get(name);
    if (model.scalars.has(name)) refuseReference(models, condition[name]);
    else refuseMention(models, related ?? modelName, condition[name]);
  }
}

/** Throws on `client.model.fields.secret` as the other side of a comparison, however deep it stands. */
function refuseReference(models: SecretModels, value: unknown): void {
  if (Array.isArray(value)) {
    for (const part of value) refuseReference(models, part);
  }
  if (!isRecord(value)) return;
  // Prisma's FieldRef is an object with these members; nothing that a plain filter can hold looks like it.
  const { modelName, name, typeName } = value;
  if (typeof modelName === "string" && typeof name === "string" && typeof typeName === "string") {
    if (models.get(modelName).secrets.has(name)) throw compared(modelName, name);
    return;
  }
  for (const part of Object.values(value)) refuseReference(models, part);
}

function compared(model: string, field: string): SecretFieldError {
  return new SecretFieldError("compared", `${model}.${field}`, "a secret field cannot be compared; use verifySecret.");
}
