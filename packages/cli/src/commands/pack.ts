import type { Command } from 'commander';
import { registerPackInfo } from '../pack/info.js';
import { registerPackList } from '../pack/list.js';
import { registerPackShow } from '../pack/show.js';

/** Adds \`eql pack\`. */
export function registerPack(program: Command): void {
  const pack = program.command('pack').description('look into packs of rules: counts, lists, single rules');
  registerPackInfo(pack);
  registerPackList(pack);
  registerPackShow(pack);
}
