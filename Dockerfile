# The page is built where the packages are that build it; the image that runs has none of them, nor what trains models.
FROM node:24.21-bookworm-slim AS page
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build:client

FROM node:24.21-bookworm-slim

ENV NODE_ENV=production
WORKDIR /app

# The dependencies change less often than the source, so they have a layer of their own.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

COPY . .
COPY --from=page /app/client/dist client/dist

# Where a gateway's history lies.
RUN mkdir -p .cache && chown node .cache

# Within the container everybody reaches it: who else does is what `-p` says. So it starts with USERS_FILE or OIDC_ISSUER alone, or, published as
# -p 127.0.0.1:8080:8080, with -e OPEN_ACCESS=yes.
ENV HOST=0.0.0.0 PORT=8080

USER node
EXPOSE 8080
# Of what serves the dashboard; another command wants a check of its own, as docker-compose.yml has them.
HEALTHCHECK --interval=10s --timeout=5s --retries=6 --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--import", "tsx", "server/main/start.ts"]
