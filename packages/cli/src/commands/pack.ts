import type { Command } from 'commander';
import { registerPackInfo } from '../pack/info.js';
import { registerPackList } from '../pack/list.js';
import { registerPackShow } from '../pack/show.js';

const HELP = `
Examples:
  $ eql pack info rules/
  $ eql pack list rules/ --platform linux
  $ eql pack show 'xdg autostart' rules/`;

/** Adds \`eql pack\`. */
export function registerPack(program: Command): void {
  const pack = program
    .command('pack')
    .description('look into packs of rules: counts, lists, single rules')
    .addHelpText('after', HELP);
  registerPackInfo(pack);
  registerPackList(pack);
  registerPackShow(pack);
}
