import fc from 'fast-check';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { encodeTomlText } from '../../src/toml/encode-toml-text.js';

const FORMS = [
  { style: 'basic', multiline: false, delimiter: '"' },
  { style: 'basic', multiline: true, delimiter: '"""' },
  { style: 'literal', multiline: false, delimiter: "'" },
  { style: 'literal', multiline: true, delimiter: "'''" },
] as const;

const texts = fc.string({
  unit: fc.oneof(
    fc.constantFrom('a', '"', "'", '\\', '\n', '\r', '\t', '\u0000', '\u007f', '😀'),
    fc.string({ maxLength: 1 }),
  ),
});

describe('encodeTomlText', () => {
  it.each(FORMS)('writes what reads back as the same text: $delimiter', ({ delimiter, ...form }) => {
    fc.assert(
      fc.property(texts, (text) => {
        const encoded = encodeTomlText(text, form);
        if (form.style === 'basic') expect(encoded).not.toBeNull();
        if (encoded === null) return;
        // Characters around it, as a replacement goes into the middle of a query.
        expect(parse(`a = ${delimiter}<${encoded}>${delimiter}`)).toEqual({ a: `<${text}>` });
      }),
    );
  });

  it('refuses half a surrogate pair, which TOML cannot hold', () => {
    expect(encodeTomlText('\ud83d', FORMS[0])).toBeNull();
    expect(encodeTomlText('😀', FORMS[0])).toBe('😀');
  });
});
