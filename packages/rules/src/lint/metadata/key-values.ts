import { parseDateExpression } from '@eqlkit/engine';
import { didYouMean } from '@eqlkit/language';
import type { Rule } from '../../model/rule.js';
import { quoteText } from '../../toml/quote-text.js';
import type { TomlPath } from '../../toml/toml-positions.js';
import type { Finding, RuleLint } from '../lint.js';

/** The types of Kibana's detection rules, with the languages in which their queries are written. */
const TYPE_LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  eql: ['eql'],
  esql: ['esql'],
  machine_learning: [],
  new_terms: ['kuery', 'lucene'],
  query: ['kuery', 'lucene'],
  saved_query: ['kuery', 'lucene'],
  threat_match: ['kuery', 'lucene'],
  threshold: ['kuery', 'lucene'],
};
const LANGUAGES = ['eql', 'esql', 'kuery', 'lucene'];
const MATURITIES = ['development', 'experimental', 'beta', 'production', 'deprecated'];
const SUPPRESSION = ['rule', 'alert_suppression'];

/** Most fields by which alerts are suppressed. */
const MOST_GROUP_FIELDS = 3;

/** Any point in time does for `now`: only whether it is a date matters. */
const SOME_NOW_MS = 0;

/** A value that Kibana takes for none, as it has no such thing: the rule does not run, or not as it says. */
export const keyValues: RuleLint = {
  scope: 'rule',
  code: 'EQL5213',
  *check({ rule }) {
    if (rule.format !== 'detection-rules') return;
    yield* checkLanguage(rule);
    yield* checkSchedule(rule);
    yield* checkAlerts(rule);
    yield* oneOf(['metadata', 'maturity'], rule.metadata.maturity, 'maturity', MATURITIES);
  },
};

function* checkLanguage({ type, language }: Rule): Iterable<Finding> {
  const languages = TYPE_LANGUAGES[type];
  if (languages === undefined) {
    yield* oneOf(['rule', 'type'], type, 'type of a rule', Object.keys(TYPE_LANGUAGES));
  } else if (language !== null && languages.length > 0 && !languages.includes(language)) {
    const path = ['rule', 'language'];
    if (!LANGUAGES.includes(language)) yield* oneOf(path, language, 'language of queries', languages);
    else {
      yield {
        at: { path },
        message: `A rule of the type ${quoteText(type)} has no query in the language ${quoteText(language)}`,
        help: `Its language is ${languages.map(quoteText).join(' or ')}; or the rule is of another type.`,
      };
    }
  }
}

function* checkSchedule({ from, to, interval, maxSignals }: Rule): Iterable<Finding> {
  for (const [key, value] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (value === null || parseDateExpression(value, SOME_NOW_MS) !== null) continue;
    yield {
      at: { path: ['rule', key] },
      message: `${quoteText(value)} is no point in time`,
      help: `Write a date, or how long before the run it is, such as ${key} = "now-9m".`,
    };
  }
  if (interval !== null && !/^[1-9]\d*[smhd]$/u.test(interval)) {
    yield {
      at: { path: ['rule', 'interval'] },
      message: `${quoteText(interval)} is no interval`,
      help: 'Write a whole number and s, m, h or d, without a space: interval = "5m".',
    };
  }
  yield* atLeastOne(['rule', 'max_signals'], maxSignals, 'max_signals');
}

function* checkAlerts({ type, buildingBlockType, eventCategoryOverride, alertSuppression }: Rule): Iterable<Finding> {
  yield* oneOf(['rule', 'building_block_type'], buildingBlockType, 'type of building blocks', ['default']);
  if (eventCategoryOverride?.trim() === '') {
    yield {
      at: { path: ['rule', 'event_category_override'] },
      message: 'The event_category_override names no field',
      help: 'Name the field that holds the category, or remove the key: it is event.category then.',
    };
  }
  if (alertSuppression === null) return;
  const { groupBy, missingFieldsStrategy, duration } = alertSuppression;
  if (type !== 'threshold' && (groupBy.length === 0 || groupBy.length > MOST_GROUP_FIELDS)) {
    yield {
      at: { path: [...SUPPRESSION, 'group_by'] },
      message: `Alerts are suppressed by 1 to ${MOST_GROUP_FIELDS} fields, not by ${groupBy.length}`,
      help: 'Name the fields in which alerts that are the same agree: group_by = ["host.id"].',
    };
  }
  const strategyPath = [...SUPPRESSION, 'missing_fields_strategy'];
  yield* oneOf(strategyPath, missingFieldsStrategy, 'strategy', ['suppress', 'doNotSuppress']);
  yield* atLeastOne([...SUPPRESSION, 'duration', 'value'], duration?.value ?? null, 'duration');
  yield* oneOf([...SUPPRESSION, 'duration', 'unit'], duration?.unit ?? null, 'unit of durations', ['s', 'm', 'h']);
}

function* oneOf(path: TomlPath, value: string | null, what: string, known: readonly string[]): Iterable<Finding> {
  if (value === null || known.includes(value)) return;
  // Every other letter is near one of a single letter.
  const near = value.length > 2 ? didYouMean(value, known) : undefined;
  yield {
    at: { path },
    message: `${quoteText(value)} is no ${what}`,
    help: near ?? `There ${known.length === 1 ? 'is' : 'are'}: ${known.map(quoteText).join(', ')}.`,
  };
}

function* atLeastOne(path: TomlPath, value: number | null, what: string): Iterable<Finding> {
  if (value === null || (Number.isInteger(value) && value >= 1)) return;
  yield { at: { path }, message: `The ${what} ${value} is no whole number from 1 on`, help: 'Write 1 or more.' };
}
