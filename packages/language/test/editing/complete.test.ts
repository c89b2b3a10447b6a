import { classifyTokens, complete, DIALECTS, isUnfinished } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';

const CONTEXT = {
  categories: ['process', 'network'],
  fields: new Map([
    ['process.name', 'keyword'],
    ['process.pid', 'long'],
    ['user.name', 'keyword'],
  ]),
  valuesOf: (field: string): readonly string[] =>
    field === 'process.name' ? ['cmd.exe', 'curl', 'C:\\a "b"', 'two\nlines'] : [],
};

/** Completes at the mark `|`, and gives the text with each offer in its place. */
function completeAt(marked: string, context = CONTEXT): readonly string[] {
  const offset = marked.lastIndexOf('¦');
  const text = marked.replace('¦', '');
  const { span, completions } = complete(text, offset, context);
  return completions.map((offer) => text.slice(0, span.start) + offer.text + text.slice(span.end));
}

describe('completing a query', () => {
  it('offers categories and the words that begin a query', () => {
    expect(completeAt('¦')).toEqual(['process', 'network', 'any', 'sequence', 'sample']);
    expect(completeAt('pr¦')).toEqual(['process']);
    expect(completeAt('sequence [ne¦')).toEqual(['sequence [network']);
    expect(completeAt('process ¦')).toEqual(['process where']);
  });

  it('offers fields by their whole path, and functions with an open parenthesis', () => {
    expect(completeAt('process where process.n¦')).toEqual(['process where process.name']);
    expect(completeAt('process where PROC¦')).toEqual(['process where process.name', 'process where process.pid']);
    expect(completeAt('process where not cidr¦')).toEqual(['process where not cidrMatch(']);
    expect(completeAt('sequence by u¦')).toEqual(['sequence by user.name']);
    const { completions } = complete('process where length', 20, CONTEXT);
    expect(completions).toEqual([{ text: 'length(', kind: 'function', detail: 'length(source)' }]);
  });

  it('offers operators behind an operand', () => {
    expect(completeAt('process where user.name l¦')).toEqual([
      'process where user.name like',
      'process where user.name like~',
    ]);
    expect(completeAt('process where true a¦')).toEqual(['process where true and']);
  });

  it('offers the names of earlier stages, their fields, and the values of these', () => {
    const context = { ...CONTEXT, dialect: DIALECTS.endpoint };
    const stage = 'sequence by user.name [process where true] as event0';
    expect(completeAt('sequence [process where true] a¦', context)).toEqual(['sequence [process where true] as']);
    expect(completeAt('sequence [process where true] as ¦', context)).toEqual([]);
    expect(completeAt(`${stage} [network where eve¦`, context)).toEqual([`${stage} [network where event0.`]);
    expect(completeAt(`${stage} [network where event0.p¦`, context)).toEqual([
      `${stage} [network where event0.process.name`,
      `${stage} [network where event0.process.pid`,
    ]);
    expect(completeAt(`${stage} [network where event0.process.name == "cu¦`, context)).toEqual([
      `${stage} [network where event0.process.name == "curl"`,
    ]);
    // Elsewhere stages have no names.
    expect(completeAt('sequence [process where true] a¦')).toEqual([]);
    expect(completeAt(`${stage} [network where event0.p¦`)).toEqual([]);
  });

  it('offers values that a field has, quoted as the text is', () => {
    expect(completeAt('process where process.name == "c¦')).toEqual([
      'process where process.name == "cmd.exe"',
      'process where process.name == "curl"',
      'process where process.name == "C:\\\\a \\"b\\""',
    ]);
    expect(completeAt('process where process.name in~ ("a", """cm¦')).toEqual([
      'process where process.name in~ ("a", """cmd.exe"""',
    ]);
    expect(completeAt('process where process.name not in ("cu¦')).toHaveLength(1);
    expect(completeAt('process where process.pid == "c¦')).toEqual([]);
    expect(completeAt('process where length("c¦')).toEqual([]);
  });

  it('offers values as strings that mean them, whatever is in them', () => {
    expect(completeAt('process where process.name == "two¦')).toEqual(['process where process.name == "two\\nlines"']);
    expect(completeAt('process where process.name == """two¦')).toEqual([]);
    const hostile = { ...CONTEXT, valuesOf: () => ['a\u001b[2J', 'a\u202eb', 'a\ud800'] };
    expect(completeAt('process where process.name == "¦', hostile)).toEqual([
      'process where process.name == "a\\u{001b}[2J"',
    ]);
    expect(completeAt("process where process.name == 'a¦", hostile)).toEqual([]);
    expect(completeAt('process where process.name == ?"¦')).toEqual([]);
  });

  it('offers fields with odd names in backquotes, and none that would write to the terminal', () => {
    const fields = new Map([
      ['labels.a-b', 'keyword'],
      ['labels.\u001b[2J', 'keyword'],
    ]);
    expect(completeAt('process where labels¦', { ...CONTEXT, fields })).toEqual(['process where labels.`a-b`']);
  });

  it('offers the pipes of the dialect', () => {
    expect(completeAt('process where true | ¦')).toEqual(['process where true | head', 'process where true | tail']);
    expect(complete('process where true | un', 23, { dialect: DIALECTS.endgame }).completions).toHaveLength(2);
  });
});

describe('an unfinished query', () => {
  it.each([
    'process',
    'process where',
    'process where a ==',
    'process where (a == 1',
    'process where a == 1 and',
    'process where a in ("x",',
    'process where true |',
    'sequence by host.id',
    'sequence [process where true]',
    'sample by a [process where true]',
    'process where true /* more',
    'process where process.',
  ])('wants more: %s', (text) => {
    expect(isUnfinished(text)).toBe(true);
  });

  it.each([
    '',
    'process where true',
    'process where a == "x"',
    'process where a in ("x")',
    'process where true | head 5',
    'sequence [process where true] [file where true]',
    'sequence [process where true] with runs=2',
    'process where a))',
    'process where b == """raw"""',
  ])('is not: %s', (text) => {
    expect(isUnfinished(text)).toBe(false);
  });
});

describe('classifying tokens', () => {
  it('names each piece of a query, finished or not', () => {
    const text = 'process where length(a.b) > 5 and c in~ ("x", """y""") // note\nand `d` == "open';
    const drawn = classifyTokens(text).map(({ class: kind, span }) => `${kind}:${text.slice(span.start, span.end)}`);
    expect(drawn).toEqual([
      ...['name:process', 'keyword:where', 'function:length', 'punctuation:(', 'name:a', 'punctuation:.', 'name:b'],
      ...['punctuation:)', 'punctuation:>', 'number:5', 'keyword:and', 'name:c', 'keyword:in~', 'punctuation:('],
      ...['string:"x"', 'punctuation:,', 'string:"""y"""', 'punctuation:)', 'comment:// note', 'keyword:and'],
      ...['name:`d`', 'punctuation:==', 'unclosed:"open'],
    ]);
  });
});
