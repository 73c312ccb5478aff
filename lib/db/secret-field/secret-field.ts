import { Extensions, type Types } from "@prisma/client/runtime/client";
import { createHashedSecrets, type HashedSecret } from "./hashed-secret";
import { SecretFieldError } from "./secret-field-error";
import { refuseComparisons } from "./secret-field-filter";
import { buildSecretModels, isRecord, type SecretFieldDeclaration } from "./secret-field-model";
import { hashPlain, hashWrites, type SecretHasher } from "./secret-field-write";

export type SecretFieldOptions<Fields extends SecretFieldDeclaration> = SecretHasher & {
  /** The same object that the client got as `omit`: what is secret is what reads leave out. */
  fields: Fields;
  verify(stored: string, candidate: string): Promise<boolean>;
};

type VerifySecret<Field> = {
  /**
   * Tells whether `candidate` is the secret in `field` of the row that `where` names. `false` for a missing row and for
   * an empty field, at the cost of a real check, so that the time taken does not tell who exists.
   */
  verifySecret<Delegate>(
    this: Delegate,
    args: { where: Types.Public.Args<Delegate, "findUnique">["where"]; field: Field; candidate: string },
  ): Promise<boolean>;
};

type QueryCall = { model?: string; args: unknown; query: (args: unknown) => Types.Public.PrismaPromise<unknown> };

/**
 * Builds a Prisma client extension that turns text fields into secret fields: plain values are hashed on every write,
 * nested ones included; a value that looks hashed already is refused; no query may compare the field; `verifySecret` on
 * the model is the way to check a candidate, `hashSecret` on the client the way to hash before a transaction begins.
 * That reads leave the field out is Prisma's own `omit`, which the client must be built with; it is checked here. Raw
 * queries are not covered.
 *
 * Throws `SecretFieldError` ("misconfigured") when `client` and `fields` do not fit.
 */
export function createSecretFieldExtension<const Fields extends SecretFieldDeclaration>(
  client: unknown,
  options: SecretFieldOptions<Fields>,
) {
  const hashed = createHashedSecrets();
  const context = { models: buildSecretModels(client, options.fields), hasher: options, hashed };
  const verifyAgainstNothing = createDummyVerify(options);

  function createVerifySecret(model: string, declared: Readonly<Record<string, true>>) {
    return async function verifySecret(
      this: unknown,
      { where, field, candidate }: { where: unknown; field: string; candidate: string },
    ): Promise<boolean> {
      const delegate: unknown = Extensions.getExtensionContext(this);
      if (!canFindUnique(delegate)) throw new TypeError("verifySecret must be called on a model of the client.");
      if (!Object.hasOwn(declared, field)) {
        throw new SecretFieldError("unsupported", `${model}.${field}`, "this is not a secret field.");
      }
      const row = await delegate.findUnique({ where, select: { [field]: true } });
      const stored = row?.[field];
      return typeof stored === "string" ? options.verify(stored, candidate) : verifyAgainstNothing(candidate);
    };
  }

  const models = Object.entries(options.fields).map(([model, declared]) => [
    model,
    { verifySecret: createVerifySecret(model, declared) },
  ]);
  return {
    name: "secret-field",
    // `Object.fromEntries` forgets its keys; this is where the declared ones are given back.
    model: Object.fromEntries(models) as { [Name in keyof Fields]: VerifySecret<keyof Fields[Name]> },
    client: {
      /**
       * Hashes a plain secret now and returns what a secret field of this client takes in its place: the slow part of a
       * write, done before a transaction begins. Throws `SecretFieldError` as the write would.
       */
      async hashSecret(plain: string): Promise<HashedSecret> {
        return hashed.seal(await hashPlain(options, "hashSecret", plain));
      },
    },
    query: {
      async $allOperations({ model, args, query }: QueryCall): Promise<unknown> {
        if (model === undefined) return query(args);
        refuseComparisons(context.models, model, args);
        return query(await hashWrites(context, model, args));
      },
    },
  };
}

/** Checks against a hash that nobody knows the secret of, made at first use. Always `false`. */
function createDummyVerify({ hash, verify }: SecretFieldOptions<SecretFieldDeclaration>) {
  let dummy: Promise<string> | undefined;
  return async (candidate: string): Promise<false> => {
    dummy ??= hash(crypto.randomUUID());
    await verify(await dummy, candidate);
    return false;
  };
}

type UniqueReader = { findUnique(args: unknown): Promise<Record<string, unknown> | null> };

function canFindUnique(value: unknown): value is UniqueReader {
  return isRecord(value) && typeof value.findUnique === "function";
}
