import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { defineConfig } from "vitest/config";
import type { Plugin } from "vite";

const TARGET = "../src/trucewatch/web/static";

/** A .gz beside every file of some size, so that the server compresses nothing at request time. */
function gzipped(): Plugin {
  const visit = (folder: string): void => {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) visit(path);
      else if (/\.(?:js|css|json|svg)$/.test(name)) {
        const bytes = readFileSync(path);
        if (bytes.length > 1024) writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
      }
    }
  };
  return { name: "gzipped", apply: "build", closeBundle: () => visit(TARGET) };
}

export default defineConfig({
  base: "/static/",
  plugins: [gzipped()],
  build: {
    outDir: TARGET,
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    // the policy allows no data: styles or scripts, and small files are pictures at most
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rollupOptions: {
      // htmx's eval is switched off by its settings (base.html) and by the policy
      onwarn: (warning, tell) => (warning.code === "EVAL" ? undefined : tell(warning)),
      input: "src/app.ts",
      output: {
        entryFileNames: "app.js",
        chunkFileNames: "parts/[name]-[hash].js",
        assetFileNames: (asset) => (asset.names.includes("app.css") ? "app.css" : "parts/[name]-[hash][extname]"),
      },
    },
  },
  test: { include: ["test/**/*.test.ts"], environment: "node" },
});
