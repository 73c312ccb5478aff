import { hash, type Options, verify } from "@node-rs/argon2";
import { hasCode } from "@/lib/errors/has-code";

/** The library's `const enum`s cannot be imported under `isolatedModules`; these are their values. */
const ARGON2ID_ALGORITHM = 2;
const VERSION_19 = 1;
/** Explicit: a library's new default must not move what is stored. */
const SHAPE = {
  algorithm: ARGON2ID_ALGORITHM,
  version: VERSION_19,
  parallelism: 1,
  outputLen: 32,
} satisfies Options;

/** What one hash costs whoever makes or guesses it. */
export type HashCosts = Readonly<{ memoryKib: number; passes: number }>;

/** OWASP Password Storage, ASVS 5.0 appendix C. No setting changes them: nobody should be able to weaken what is stored. */
const COSTS: HashCosts = { memoryKib: 19_456, passes: 2 };

const MEMORY_KIB_MAX = 65_536;
const PASSES_MAX = 4;
/** 16 byte salt, 32 byte output. Bounded numbers: what was not read by this pattern is never handed to the library. */
const ARGON2ID_PHC = /^\$argon2id\$v=19\$m=([1-9]\d{0,5}),t=([1-9]),p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/;

/** Why a stored hash was refused without being tried: somebody wrote to the table by another way, or it is damaged. */
export const UNEXPECTED_HASH_REASONS = ["not_argon2id", "parameters_too_costly", "undecodable"] as const;
export type UnexpectedHashReason = (typeof UNEXPECTED_HASH_REASONS)[number];

export type VerifyHashOptions = {
  /** Drops a check that has not started yet; the promise then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Called when the stored value is nothing that `hashSecret` can have made. Never receives the value. */
  onUnexpectedHash?: ((reason: UnexpectedHashReason) => void) | undefined;
};

/**
 * Hashes a secret or a password with Argon2id (m=19456 KiB, t=2, p=1, random 16 byte salt) into a PHC string. Only tests
 * give other `costs`: most of them store secrets, and few are about what a guess costs.
 */
export async function hashSecret(plain: string, costs: HashCosts = COSTS): Promise<string> {
  const phc = await hash(plain, { ...SHAPE, memoryCost: costs.memoryKib, timeCost: costs.passes });
  // Should the library renumber its enums one day, nothing of another kind gets stored.
  const start = `$argon2id$v=19$m=${costs.memoryKib},t=${costs.passes},p=1$`;
  if (!phc.startsWith(start)) throw new Error("The Argon2 library made a hash of an unexpected kind.");
  return phc;
}

/**
 * Tells whether `plain` is what `phc` was made from. A stored value that is not Argon2id version 19 within
 * m <= 65536 KiB, t <= 4, p = 1 is refused before any work, because Argon2 obeys the costs written in it:
 * the answer is `false` and the reason is reported. Rejects when aborted or when the library fails for another cause.
 */
export async function verifySecretHash(phc: string, plain: string, options: VerifyHashOptions = {}): Promise<boolean> {
  const { signal, onUnexpectedHash } = options;
  // The library looks at a signal only when it fires, not at one that has fired already.
  signal?.throwIfAborted();
  const unexpected = inspectHash(phc);
  if (unexpected !== undefined) {
    onUnexpectedHash?.(unexpected);
    return false;
  }
  try {
    return await verify(phc, plain, undefined, signal);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    // Bad base64, a memory cost below Argon2's own floor: N-API reports them all with this code.
    if (!hasCode(error, "InvalidArg")) throw error;
    onUnexpectedHash?.("undecodable");
    return false;
  }
}

function inspectHash(phc: string): UnexpectedHashReason | undefined {
  const parts = ARGON2ID_PHC.exec(phc);
  if (parts === null) return "not_argon2id";
  if (Number(parts[1]) > MEMORY_KIB_MAX || Number(parts[2]) > PASSES_MAX) return "parameters_too_costly";
  return undefined;
}
