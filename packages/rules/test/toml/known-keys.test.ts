import type { JsonObject } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { findUnknownKeys } from '../../src/toml/known-keys.js';

describe('findUnknownKeys', () => {
  it('names keys that no rule format has', () => {
    const file = {
      metadata: { maturity: 'production', 'odd.key': 1 },
      rule: { name: 'n', risk_score: 1, os_list: [], reputation: true, nmae: 'x' },
      actions: [],
      extra: {},
    };
    expect(findUnknownKeys(file)).toEqual(['extra', 'metadata."odd.key"', 'rule.nmae']);
  });

  it('takes hostile keys for what they are, and odd values calmly', () => {
    expect(findUnknownKeys(JSON.parse('{"__proto__":1,"rule":{"toString":1},"metadata":[1]}') as JsonObject)).toEqual([
      '__proto__',
      'rule.toString',
    ]);
  });
});
