import type { JsonObject } from '@eqlkit/engine';
import type { Rule } from '../src/model/rule.js';
import { RuleEngine, type RuleEngineOptions } from '../src/rule-engine.js';
import { parseRuleToml } from '../src/toml/parse-rule-toml.js';

/** The rule of a text that is in order. */
export function ruleOf(text: string): Rule {
  const { rule, diagnostics } = parseRuleToml(text, 'a.toml');
  if (rule === null) throw new Error(diagnostics.map(({ message }) => message).join(' '));
  return rule;
}

/** An event of the category `process`, a second later for each number. */
export function makeEvent(number: number, fields: JsonObject): JsonObject {
  return { '@timestamp': 1_767_225_600_000 + number * 1_000, event: { category: 'process' }, ...fields };
}

/** For each alert of a rule, the positions of its events; events are given by their fields. */
export function alertsOf(rule: Rule, fields: readonly JsonObject[], options: RuleEngineOptions = {}): number[][] {
  const engine = new RuleEngine([rule], options);
  if (engine.broken.length > 0) throw new Error(JSON.stringify(engine.broken[0]?.diagnostics));
  const events = fields.map((one, number) => makeEvent(number, one));
  const alerts = [...events.flatMap((event) => engine.process(event)), ...engine.finish()];
  return alerts.map((alert) => alert.events.map(({ event }) => (event === null ? -1 : events.indexOf(event))));
}
