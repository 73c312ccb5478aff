import { hashSecret } from "@/lib/secrets/password-hash";

/**
 * Hashes as the product does, for next to nothing: a test that stores a secret is seldom about what a guess costs. The
 * product verifies the result like any other, since the costs stand in it. lib/secrets is tested with the real ones.
 */
export function hashCheaply(plain: string): Promise<string> {
  return hashSecret(plain, { memoryKib: 64, passes: 1 });
}
