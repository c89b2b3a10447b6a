import { describe, expect, it } from 'vitest';
import { splitTyped } from '../../src/completion/split-typed.js';

describe('a command line that is being written', () => {
  it.each<[line: string, words: readonly string[]]>([
    ['', ['']],
    ['eql', ['eql']],
    ['eql ', ['eql', '']],
    ['eql  run\ta', ['eql', 'run', 'a']],
    ["eql query 'a b", ['eql', 'query', 'a b']],
    ["eql query 'a\\b' ", ['eql', 'query', 'a\\b', '']],
    ['eql query "a \\"b\\" c"d', ['eql', 'query', 'a "b" cd']],
    ['eql query "a\\nb"', ['eql', 'query', 'a\\nb']],
    ['eql my\\ file\\', ['eql', 'my file']],
    ["eql '' x", ['eql', '', 'x']],
    ["eql --map=my'x y'", ['eql', '--map=myx y']],
    ['eql "$(rm x)" `y`', ['eql', '$(rm x)', '`y`']],
  ])('%j is split', (line, words) => {
    expect(splitTyped(line)).toEqual(words);
  });
});
