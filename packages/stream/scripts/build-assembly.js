/*
 * Compiles each module of `assembly/` to WebAssembly and writes it as a module into `vendor/`, where `#scan-line` and
 * `#look-at-lines` find them: so they are there wherever the package is, without a file to load. Part of the build.
 */
import { Buffer } from 'node:buffer';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath, URL } from 'node:url';
import asc from 'assemblyscript/asc';

const SOURCES = [
  new URL('../assembly/look-at-lines.ts', import.meta.url),
  new URL('../assembly/scan-line.ts', import.meta.url),
].map((url) => fileURLToPath(url));

const VENDOR = fileURLToPath(new URL('../vendor/', import.meta.url));

mkdirSync(VENDOR, { recursive: true });
for (const source of SOURCES) {
  const name = basename(source, '.ts');
  const text = Buffer.from(await compile(source)).toString('base64');
  const constant = `${name.replaceAll('-', '_').toUpperCase()}_WASM`;
  writeFileSync(`${VENDOR}${name}.mjs`, `export const ${constant} =\n  '${text}';\n`);
  writeFileSync(`${VENDOR}${name}.d.mts`, `/** The module in base64. */\nexport declare const ${constant}: string;\n`);
}

/** Gives the bytes of the module that a file makes. */
async function compile(path) {
  const text = readFileSync(path, 'utf8');
  let binary = new Uint8Array();
  const { error, stderr } = await asc.main(
    ['in.ts', '--outFile', 'out.wasm', '-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--importMemory'],
    {
      readFile: (name) => (name === 'in.ts' ? text : null),
      writeFile: (name, contents) => {
        if (name === 'out.wasm') binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error !== null) throw new Error(`${path} does not compile: ${stderr.toString()}`);
  return binary;
}
