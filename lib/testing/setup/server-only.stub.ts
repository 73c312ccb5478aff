// Stands in for the `server-only` marker where tests run: importing it there must not throw.
export {};
