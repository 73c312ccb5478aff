// Takes the lock of the directory it is given and says so; holds it until its standard streams or its life end.
import { DataDirectoryBusyError, lockDataDirectory } from "@/lib/db/data-directory/data-directory-lock";

const [directory = "", mode] = process.argv.slice(2);
const print = (line: string) => process.stdout.write(`${line}\n`);

try {
  const lock = await lockDataDirectory(directory, { onLost: () => process.exit(3) });
  print("locked");
  if (mode === "release") {
    await lock.release();
    print("released");
  } else {
    setInterval(() => {}, 60_000);
  }
} catch (error) {
  if (!(error instanceof DataDirectoryBusyError)) throw error;
  print(`busy: ${error.message}`);
}
