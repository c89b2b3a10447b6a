import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../src/output/markdown-text.js';

describe('renderMarkdown', () => {
  it.each<[string, string, string]>([
    ['headings and paragraphs', '# One\n\ntext that goes\non here\n\n### Two', 'One\n\ntext that goes on\nhere\n\nTwo'],
    ['long lines', 'one two three four five six seven eight', 'one two three four\nfive six seven eight'],
    ['lists in lists', '- a **b** `c`\n  - d\n- e', '• a b c\n  • d\n• e'],
    ['numbered lists', '3. three\n4. four', '3. three\n4. four'],
    ['long items', '- one two three four five six', '• one two three four\n  five six'],
    ['quotes', '> one\n> two', '│ one two'],
    ['code', '```\nlet  x\n  y\n```', '    let  x\n      y'],
    ['links', '[text](https://a.b) <https://c.d>', 'text (https://a.b)\nhttps://c.d'],
    ['images and HTML', '![pic](http://x/y) <b>z</b>', '[image: pic\nhttp://x/y] <b>z</b>'],
    ['entities', 'a &lt; b &amp; c', 'a < b & c'],
    ['boxes', '- [x] done\n- [ ] open', '• [x] done\n• [ ] open'],
    ['rules', 'a\n\n---\n\nb', `a\n\n${'─'.repeat(20)}\n\nb`],
    ['nothing', '', ''],
  ])('draws %s', (_about, text, expected) => {
    expect(renderMarkdown(text, 20)).toBe(expected);
  });

  it('draws tables', () => {
    expect(renderMarkdown('| a | b |\n|---|---|\n| 1 | two |', 40)).toContain('│ 1 │ two │');
  });

  it.each([
    '\u001b]0;owned\u0007\u001b[2J',
    '\u009b31m',
    '\u202e',
    '&#27;[31m',
    '&#x1b;[2J',
    '&#155;31m',
    '&#x202E;',
    '&#13;',
  ])('lets no control character through, wherever it stands: %j', (escape) => {
    for (const text of [
      escape,
      `# ${escape}`,
      `- ${escape}`,
      `[x](${escape})`,
      `\`\`\`\n${escape}\n\`\`\``,
      `<${escape}>`,
      `**${escape}** _${escape}_ ~~${escape}~~ \`${escape}\``,
      `![${escape}](x "${escape}") [${escape}](x)`,
      `> ${escape}`,
      `<b>${escape}</b>`,
      `[x]: http://x/${escape}\n\n[x]`,
      `| ${escape} |\n|---|\n| ${escape} |`,
    ]) {
      expect(renderMarkdown(text, 60)).not.toMatch(/[^\n\P{C}]/u);
    }
  });

  it('survives texts that are made to break it', () => {
    expect(renderMarkdown(`${'>'.repeat(50_000)} x`, 60)).toContain('x');
    expect(renderMarkdown('- '.repeat(20_000), 60)).not.toBe('');
    expect(renderMarkdown('['.repeat(20_000), 60)).not.toBe('');
    expect(renderMarkdown('*a '.repeat(20_000), 60)).not.toBe('');
  });
});
