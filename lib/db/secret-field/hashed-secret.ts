declare const BRAND: unique symbol;

/**
 * A secret that the client hashed beforehand, for one of its secret fields. Prisma's types take nothing but text there,
 * so it is declared as text; at run time it is a token that only the client it came from can read. No text passes for
 * it, however much it looks like a hash, and no other field takes it.
 */
export type HashedSecret = string & { readonly [BRAND]: never };

export type HashedSecrets = {
  seal(hash: string): HashedSecret;
  /** The hash in what `seal` made; `undefined` for everything else. */
  open(value: unknown): string | undefined;
};

/** Makes the tokens of one client, and reads them. Who drops a token drops its hash. */
export function createHashedSecrets(): HashedSecrets {
  // A symbol, because Prisma copies the objects among its arguments: a copy would not be known any more.
  const hashes = new WeakMap<symbol, string>();
  return {
    seal(hash) {
      const token: unknown = Symbol("hashed secret");
      hashes.set(token as symbol, hash);
      return token as HashedSecret;
    },
    open: (value) => (typeof value === "symbol" ? hashes.get(value) : undefined),
  };
}
