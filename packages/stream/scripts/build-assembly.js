/*
 * Compiles each module of `assembly/` to WebAssembly and writes it as a module into `vendor/`, where `#scanner` and
 * `#look-at-lines` find them: so they are there wherever the package is, without a file to load. Part of the build.
 */
import { Buffer } from 'node:buffer';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, URL } from 'node:url';
import asc from 'assemblyscript/asc';

const SOURCES = [
  new URL('../assembly/look-at-lines.ts', import.meta.url),
  new URL('../assembly/scanner.ts', import.meta.url),
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

/** Gives the bytes of the module that a file makes, with those that it imports. */
async function compile(path) {
  let binary = new Uint8Array();
  const { error, stderr } = await asc.main(
    [
      basename(path),
      '--outFile',
      'out.wasm',
      '-O3',
      '--noAssert',
      '--runtime',
      'stub',
      '--enable',
      'simd',
      '--importMemory',
    ],
    {
      readFile: (name) => {
        const file = join(dirname(path), name);
        return existsSync(file) ? readFileSync(file, 'utf8') : null;
      },
      writeFile: (name, contents) => {
        if (name === 'out.wasm') binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error !== null) throw new Error(`${path} does not compile: ${stderr.toString()}`);
  return binary;
}
