// Bundles src/main.ts with Leaflet into one script and one style sheet, and collects the licence texts of every
// package whose code really went in (read from esbuild's metafile, so the list cannot go stale).
//   node build.mjs OUTPUT_FOLDER
import { build } from "esbuild";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const LICENCE_FILE = /^(licen[cs]e|mit-licen[cs]e|copying)/i;
const PACKAGE = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//;

function packagesIn(metafile) {
  const names = Object.keys(metafile.inputs).map((input) => PACKAGE.exec(input)?.[1]);
  return [...new Set(names.filter(Boolean))].sort();
}

function notice(name) {
  const folder = join("node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder)
    .sort()
    .find((entry) => LICENCE_FILE.test(entry));
  if (!file) throw new Error(`${name} ${version} carries no licence file`);
  return { title: `${name} ${version} (${license})`, text: readFileSync(join(folder, file), "utf8").trim() };
}

async function bundle(folder) {
  const { metafile } = await build({
    entryPoints: { geomap: "src/main.ts" },
    outdir: folder,
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2022"],
    loader: { ".png": "dataurl", ".svg": "dataurl", ".gif": "dataurl" },
    legalComments: "none",
    charset: "utf8",
    metafile: true,
    logLevel: "warning",
  });
  return packagesIn(metafile).map(notice);
}

if (!process.argv[2]) throw new Error("usage: node build.mjs OUTPUT_FOLDER");
const folder = resolve(process.argv[2]);
process.chdir(fileURLToPath(new URL(".", import.meta.url)));
mkdirSync(folder, { recursive: true });

const notices = await bundle(folder);
const included = `/*! Includes ${notices.map((entry) => entry.title).join(", ")}; licence texts: see About. */\n`;
for (const name of ["geomap.js", "geomap.css"]) {
  const file = join(folder, name);
  writeFileSync(file, included + readFileSync(file, "utf8"));
}
const texts = notices.map((entry) => `${entry.title}\n\n${entry.text}\n`);
writeFileSync(join(folder, "THIRD_PARTY_NOTICES.txt"), texts.join(`\n${"-".repeat(72)}\n\n`));
