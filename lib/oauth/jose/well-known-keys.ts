import { calculateJwkThumbprint } from "jose";
import { type KeyRing, SigningKeyError } from "./signing-key";

/** RFC 7638 thumbprints of keys whose private half is in print. They end up in configurations by copying. */
const WELL_KNOWN: ReadonlySet<string> = new Set([
  // The key of our own tests.
  "9Vq3iDiViosWSejknGNmL7eSN9x6w7YhTuVEoqPJe38",
  // RFC 7515 appendix A.2 and A.3
  "IsUn6_e04MaShXFIISMp4kG62LWzMIPy_MvSA5pJgX8",
  "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U",
  // RFC 7517 appendix A.2
  "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s",
  "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs",
  // RFC 8037 appendix A.1
  "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
  // What the debugger at jwt.io fills in for ES256 and RS256.
  "19J8y7Zprt2-QKLjF2I5pVk0OELX6cY2AfaAv1LC_w8",
  "oGDmHqCJ7yzMkWEkrlZVHkvrHIyQwtlDmeq5ForUHeY",
]);

/**
 * Throws SigningKeyError when a key of the ring is an example that everybody can sign with. The key itself is compared,
 * not what it calls itself.
 */
export async function refuseWellKnownKeys(ring: KeyRing): Promise<void> {
  for (const [index, key] of [...ring.keys.values()].entries()) {
    if (WELL_KNOWN.has(await calculateJwkThumbprint(key.publicJwk))) {
      throw new SigningKeyError(`keys[${index}]: is a published example; anybody can sign with it.`);
    }
  }
}
