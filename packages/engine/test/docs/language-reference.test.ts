import { readFileSync } from 'node:fs';
import { analyzeQuery, DIALECTS, FUNCTION_SIGNATURES, type Dialect, type FunctionSignature } from '@eqlkit/language';
import type { JsonObject } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { errorClasses, matchesOf } from '../run-query.js';

const PAGE = readFileSync(new URL('../../../../docs/language-reference.md', import.meta.url), 'utf8');

interface Example {
  readonly kind: string;
  readonly dialect: Dialect;
  readonly text: string;
}

/** The fenced blocks of the page: conditions line by line, queries with blank lines or one per line. */
function readExamples(): { event: JsonObject; examples: readonly Example[] } {
  const blocks = [...PAGE.matchAll(/^```(eql|json) (\w+)(?: (\w+))?\n(.*?)^```$/gmsu)];
  const [, , , , event = '{}'] = blocks.find(([, language]) => language === 'json') ?? [];
  const examples = blocks
    .filter(([, language]) => language === 'eql')
    .flatMap(([, , kind = '', name, body = '']) => {
      const dialect = name === 'endpoint' || name === 'endgame' ? DIALECTS[name] : DIALECTS.elasticsearch;
      return split(kind, body).map((text) => ({ kind, dialect, text }));
    });
  return { event: JSON.parse(event) as JsonObject, examples };
}

function split(kind: string, body: string): readonly string[] {
  const paragraphs = body.trim().split(/\n\n+/u);
  const indented = kind === 'query' && paragraphs.some((paragraph) => paragraph.includes('\n  '));
  return indented ? paragraphs : body.trim().split(/\n+/u);
}

const { event, examples } = readExamples();

function examplesOf(kind: string): readonly (readonly [string, string, Dialect])[] {
  const found = examples.filter((example) => example.kind === kind);
  return found.map(({ text, dialect }) => [text, dialect.name, dialect]);
}

describe('docs/language-reference.md', () => {
  it('has examples of each kind, and no others', () => {
    expect([...new Set(examples.map(({ kind }) => kind))].sort()).toEqual(['error', 'fails', 'holds', 'query']);
  });

  it.each(examplesOf('holds'))('%s holds (%s)', (condition, _name, dialect) => {
    expect(matchesOf(`any where ${condition}`, [event], { dialect })).toHaveLength(1);
  });

  it.each(examplesOf('fails'))('%s does not hold (%s)', (condition, _name, dialect) => {
    expect(matchesOf(`any where ${condition}`, [event], { dialect })).toHaveLength(0);
  });

  it.each(examplesOf('query'))('%s is a query (%s)', (query, _name, dialect) => {
    expect(analyzeQuery(query, { dialect }).diagnostics).toEqual([]);
    expect(errorClasses(query, { dialect })).toEqual([]);
  });

  it.each(examplesOf('error'))('%s is refused (%s)', (query, _name, dialect) => {
    expect(errorClasses(query, { dialect })).not.toEqual([]);
  });

  const signatures: readonly FunctionSignature[] = Object.values(FUNCTION_SIGNATURES);
  const names = signatures.flatMap(({ name, caseInsensitiveForm }) =>
    caseInsensitiveForm ? [name, `${name}~`] : [name],
  );
  it.each(names)('describes %s with an example', (name) => {
    const headings = [...PAGE.matchAll(/^#{3,4} (.*)$/gmu)].map(([, heading = '']) => heading);
    expect(headings.some((heading) => heading.includes(`\`${name.replace('~', '')}\``))).toBe(true);
    expect(examples.some(({ kind, text }) => kind === 'holds' && text.includes(`${name}(`))).toBe(true);
  });
});
