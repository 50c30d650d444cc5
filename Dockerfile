FROM node:24.21-bookworm-slim

ENV NODE_ENV=production
WORKDIR /app

# The dependencies change less often than the source, so they have a layer of their own.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

COPY . .
RUN npm run build:client

# Where a gateway's history lies.
RUN mkdir -p .cache && chown node .cache

USER node
EXPOSE 8080
CMD ["node", "--import", "tsx", "server/main/start.ts"]
