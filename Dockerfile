# One image for every process of a cluster: `api`, `worker`, `migrate` and `api-clients` are its commands.
FROM node:22-bookworm-slim AS build
WORKDIR /app
ENV TURBO_TELEMETRY_DISABLED=1 CHECKPOINT_DISABLE=1 PATH=/app/node_modules/.bin:$PATH
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY apps/api/package.json apps/api/
COPY apps/api-clients/package.json apps/api-clients/
COPY apps/migrate/package.json apps/migrate/
COPY apps/standalone/package.json apps/standalone/
COPY apps/worker/package.json apps/worker/
COPY packages/acceptance/package.json packages/acceptance/
COPY packages/auth/package.json packages/auth/
COPY packages/bench/package.json packages/bench/
COPY packages/contract/package.json packages/contract/
COPY packages/core/package.json packages/core/
COPY packages/db/package.json packages/db/
COPY packages/embedded-postgres/package.json packages/embedded-postgres/
COPY packages/files/package.json packages/files/
COPY packages/queue/package.json packages/queue/
COPY packages/rate-limits/package.json packages/rate-limits/
COPY packages/runtime/package.json packages/runtime/
COPY packages/testkit/package.json packages/testkit/
# The cluster's processes and what they need, without the embedded PostgreSQL of the one-process shape.
ENV PROCESSES="--filter-prod=@understudy/api... --filter-prod=@understudy/worker... --filter-prod=@understudy/migrate... --filter-prod=@understudy/api-clients..."
RUN npx --yes pnpm@10.34.9 install --frozen-lockfile --filter=understudy $PROCESSES
COPY . .
RUN turbo run build --filter=@understudy/api --filter=@understudy/worker --filter=@understudy/migrate --filter=@understudy/api-clients
# Only what runs goes into the image.
RUN rm -rf node_modules apps/*/node_modules packages/*/node_modules \
 && npx --yes pnpm@10.34.9 install --prod --frozen-lockfile $PROCESSES \
 && rm -rf docs docker apps/standalone packages/acceptance packages/bench packages/embedded-postgres packages/testkit \
 && rm -rf apps/*/src packages/*/src packages/db/schema-engine

# Node alone: no npm and nothing else that installs or compiles JavaScript.
FROM debian:bookworm-slim
# A new volume takes the folder's owner over.
RUN groupadd --gid 1000 node \
 && useradd --uid 1000 --gid node --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin node \
 && install -d -o node -g node /var/lib/understudy/files
COPY --from=build /usr/local/bin/node /usr/local/bin/node
COPY --from=build --chown=root:root /app /app
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0
USER node
EXPOSE 4700
ENTRYPOINT ["node", "scripts/command.mjs"]
CMD ["api"]
