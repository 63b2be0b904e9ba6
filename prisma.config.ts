import { defineConfig } from "prisma/config";

/** Read by the Prisma CLI only (`prisma generate`); the server takes its settings from src/config.ts. */
export default defineConfig({ schema: "prisma/schema.prisma" });
