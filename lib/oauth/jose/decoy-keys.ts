import type { JWK } from "jose";
import type { SignatureAlgorithm } from "./jwk";

/** The members of a public key, and the one algorithm that it is for. */
export type PublicMembers = JWK & { alg: SignatureAlgorithm };

const RSA = {
  kty: "RSA",
  e: "AQAB",
  n:
    "xHuujz64ou5R6E3an2ejkFHn639wMac5Hd6IR0y5gsDk1-9iEbc983JgnE83tIX_1Do2QTLlAUaJY8mIoraeaAfDEnxI_ASvc5LRQgxUaOkiBJ" +
    "7o9Io8L9nTysrojZ1WfbCPXvqothTx4RZHd8kCzbpj64zlLKQBGelRJmf6C0thq8elDZYWYp4mkUSg73VT2LUV2NoQ4t5ejBFaFTUqYkaqdUre" +
    "bTSrHhihwuPzigrY56YQMhyF3TPAFc2YfeRQpmTd8U-OQ8fnaD-Q7-LoF790PnAGtSUbo3UmcWvJaEoNyx3n4K7VmEI-EzufArsjC8XW1RaFYo" +
    "39AS20VR3QCQ",
};

/**
 * One public key for each algorithm, whose private half nobody has: it was never kept. A signature is checked against
 * them where there is no key, so that the check takes as long as where there is one.
 */
export const DECOY_KEYS: readonly PublicMembers[] = [
  {
    kty: "EC",
    crv: "P-256",
    x: "B6tOdl8fHV7F8WlLyOIjwu_7MamUUPJItvweIvAy10I",
    y: "8t4vLodngibMXecYRA5AywUa3Riz1gjbCxOn8-F1nj0",
    alg: "ES256",
  },
  { kty: "OKP", crv: "Ed25519", x: "Le3q4Vm0ujSJpeAfwgipP4rBwpi422ONYitjUPKi61U", alg: "Ed25519" },
  { ...RSA, alg: "PS256" },
  { ...RSA, alg: "RS256" },
];
