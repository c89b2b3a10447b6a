/*
 * Puts the bundle that the npm package chevrotain carries, but does not export, into `vendor/`, where `#chevrotain` finds
 * it. Its exported form is some seven hundred modules, which take twenty times as long to load. Part of the build.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, URL } from 'node:url';

// Exported is `lib/src/api.js`.
const LIBRARY = join(dirname(createRequire(import.meta.url).resolve('chevrotain')), '..');
const VENDOR = fileURLToPath(new URL('../vendor/', import.meta.url));

mkdirSync(VENDOR, { recursive: true });
// Without its last line, which names a source map that is not there.
const bundle = readFileSync(join(LIBRARY, 'chevrotain.mjs'), 'utf8');
writeFileSync(join(VENDOR, 'chevrotain.mjs'), bundle.replace(/\n\/\/# sourceMappingURL=\S+\s*$/u, '\n'));
copyFileSync(join(LIBRARY, '../LICENSE.txt'), join(VENDOR, 'LICENSE.txt'));
writeFileSync(join(VENDOR, 'chevrotain.d.mts'), "export * from 'chevrotain';\n");
