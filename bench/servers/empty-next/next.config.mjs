import { resolve } from "node:path";

// It is built in a folder of .build/bench, and the packages are those of the product.
export default { poweredByHeader: false, turbopack: { root: resolve(import.meta.dirname, "../../..") } };
