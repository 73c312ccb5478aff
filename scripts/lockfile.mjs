const SYSTEMS = ["android", "darwin", "freebsd", "linux", "openbsd", "netbsd", "win32"];
const PROCESSORS = ["arm", "arm64", "ia32", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

/**
 * Returns the lockfile entries, as `[path, entry]`, of exactly pinned optional packages that the lockfile does not hold.
 * Their platform is read from their name, as every package that ships binaries writes it there.
 */
export function missingOptionalPackages({ packages }) {
  const missing = new Map();
  for (const [path, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const place = `node_modules/${name}`;
      const isListed = packages[`${path}/${place}`] !== undefined || packages[place]?.version !== undefined;
      if (isListed || !/^\d+\.\d+\.\d+/.test(version)) continue;
      missing.set(place, entryFor(name, version, dev));
    }
  }
  return [...missing];
}

function entryFor(name, version, dev) {
  const words = name.split(/[/.-]/);
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  return {
    version,
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(dev ? { dev } : {}),
    ...(words.includes("musl") ? { libc: ["musl"] } : {}),
    optional: true,
    ...(os.length > 0 ? { os } : {}),
  };
}
