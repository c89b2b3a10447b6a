import writeFileAtomic from 'write-file-atomic';

/**
 * Writes a rule file as UTF-8: whoever reads it meanwhile, and whatever fails on the way, finds the old text or the new
 * one whole. Keeps the file's permissions; a symbolic link stays one.
 */
export async function writeRuleText(path: string, text: string): Promise<void> {
  await writeFileAtomic(path, text, 'utf8');
}
