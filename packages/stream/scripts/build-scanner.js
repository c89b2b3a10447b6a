/*
 * Compiles `assembly/scan-line.ts` to WebAssembly and writes it as a module into `vendor/`, where `#scan-line` finds it: so it
 * is there wherever the package is, without a file to load. Part of the build.
 */
import { Buffer } from 'node:buffer';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, URL } from 'node:url';
import asc from 'assemblyscript/asc';

const SOURCE = fileURLToPath(new URL('../assembly/scan-line.ts', import.meta.url));
const VENDOR = fileURLToPath(new URL('../vendor/', import.meta.url));

const source = readFileSync(SOURCE, 'utf8');
let binary = new Uint8Array();
const { error, stderr } = await asc.main(
  [
    'scan-line.ts',
    '--outFile',
    'scan-line.wasm',
    '-O3',
    '--noAssert',
    '--runtime',
    'stub',
    '--enable',
    'simd',
    '--importMemory',
  ],
  {
    readFile: (name) => (name === 'scan-line.ts' ? source : null),
    writeFile: (name, contents) => {
      if (name === 'scan-line.wasm') binary = contents;
    },
    listFiles: () => [],
  },
);
if (error !== null) throw new Error(`${SOURCE} does not compile: ${stderr.toString()}`);

mkdirSync(VENDOR, { recursive: true });
const text = Buffer.from(binary).toString('base64');
writeFileSync(`${VENDOR}scan-line.mjs`, `export const SCAN_LINE_WASM =\n  '${text}';\n`);
writeFileSync(
  `${VENDOR}scan-line.d.mts`,
  '/** The module in base64. */\nexport declare const SCAN_LINE_WASM: string;\n',
);
