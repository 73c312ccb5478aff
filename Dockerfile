# Everything is built in the first stage; the second one has what the server loads and nothing else. docs/deploy.md.
FROM node:24-slim AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --no-audit --no-fund --loglevel=error
COPY . .
RUN npm run package -- /out
RUN install -d -m 0700 /data

FROM node:24-slim
LABEL org.opencontainers.image.title="Vestibule" \
      org.opencontainers.image.description="A portal in which staff let external applications in, and the machine API for them." \
      org.opencontainers.image.licenses="MIT"
# HOST is the container's own address: who reaches it is decided outside. Argon2 shares the thread pool with files and DNS.
ENV NODE_ENV=production \
    NEXT_TELEMETRY_DISABLED=1 \
    UV_THREADPOOL_SIZE=8 \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data
# Belongs to root, so that the server cannot change itself. Only DATA_DIR is written to, and only without DATABASE_URL.
COPY --from=build /out /app
COPY --from=build --chown=10001:10001 /data /data
WORKDIR /app
USER 10001:10001
EXPOSE 3000
STOPSIGNAL SIGTERM
# Live and not ready: what is unhealthy is restarted, and a restart does not bring a database back. Ready is for the proxy.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["node", "scripts/health.mjs"]
CMD ["node", "--enable-source-maps", ".build/server.mjs"]
