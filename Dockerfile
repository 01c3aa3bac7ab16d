# syntax=docker/dockerfile:1
# One image, three commands: the scheduler (default), the executor, and who delivers to webhooks. Runs as nobody on a read-only root: only /data is
# written to, and /audit where the log is sealed.
FROM node:26-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json nest-cli.json .swcrc ./
COPY apps apps
COPY libs libs
# The image has its own Node: the one that npm brings is not needed in it.
RUN npm run build && npm prune --omit=dev --ignore-scripts --no-audit --no-fund && rm -rf node_modules/node-linux-* node_modules/.bin/node

FROM node:26-bookworm-slim
ENV NODE_ENV=production SYNCOPATE_DATA=/data SYNCOPATE_HOST=0.0.0.0
# npm run cli, npm run rebuild: on a read-only root npm can keep no log of its own.
ENV npm_config_logs_max=0 npm_config_update_notifier=false
WORKDIR /app
COPY --from=build --chown=root:root /app/package.json ./
COPY --from=build --chown=root:root /app/node_modules node_modules
COPY --from=build --chown=root:root /app/dist dist
# What npm run asks first: it finds that there is nothing to install or to build.
COPY --chown=root:root scripts/ready.mjs scripts/
# A new volume takes owner and mode of the folder that it is put over.
RUN install -d -o node -g node -m 700 /data /data/imports /audit
USER node
VOLUME /data
EXPOSE 7070
# Of a scheduler; of the others where SYNCOPATE_HEALTH_PORT is 7070 too, as docker-compose.yml has it.
# Alive, not ready: a service that reads a long log again is well, and is not to be replaced.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:7070/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "--min-semi-space-size=32", "--max-semi-space-size=64", "dist/apps/scheduler/main.js"]
