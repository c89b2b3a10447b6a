import { select, text } from '@clack/prompts';
import type { DialectName } from '@eqlkit/language';
import { ATTACK_TACTICS, isRuleSeverity, RULE_SEVERITIES, USUAL_RISK_SCORES } from '@eqlkit/rules';
import { checkNewQuery } from './check-new-query.js';
import type { GivenAnswers, RuleAnswers } from './rule-answers.js';

/** Questions go to standard error: standard output has the names of the files that were written. */
const TERMINAL = { output: process.stderr } as const;

const SHOW_CURSOR = '\u001b[?25h';

/** Asks on the terminal for what was not given. Null if the user stops, with Ctrl-C or by the end of input (Ctrl-D). */
export async function askAnswers(given: GivenAnswers, dialect: DialectName): Promise<RuleAnswers | null> {
  let stopWaiting = (): void => undefined;
  // At the end of input the question at hand is never answered, and nothing is left that could go on.
  const endOfInput = new Promise<null>((resolve) => {
    stopWaiting = () => {
      process.stderr.write(`${SHOW_CURSOR}\n`);
      resolve(null);
    };
    process.once('beforeExit', stopWaiting);
  });
  try {
    return await Promise.race([askInTurn(given, dialect), endOfInput]);
  } finally {
    process.off('beforeExit', stopWaiting);
  }
}

async function askInTurn(given: GivenAnswers, dialect: DialectName): Promise<RuleAnswers | null> {
  const name = given.name ?? (await askText('What is the rule called?'));
  if (name === null) return null;
  const description = given.description ?? (await askText('What does it find, and why does that matter?'));
  if (description === null) return null;
  const tacticId = given.tacticId ?? (await askTactic());
  if (tacticId === null) return null;
  const severity = given.severity ?? (await askSeverity());
  if (severity === null || !isRuleSeverity(severity)) return null;
  const query = given.query ?? (await askQuery(dialect));
  return query === null ? null : { name, description, tacticId, severity, query };
}

async function askText(message: string): Promise<string | null> {
  return orNull(await text({ ...TERMINAL, message, validate: requireText }));
}

async function askQuery(dialect: DialectName): Promise<string | null> {
  const message = 'Which query, in EQL? (one line; edit the file for more)';
  const validate = (typed: string | undefined) =>
    requireText(typed) ?? checkNewQuery(typed ?? '', dialect).errors[0]?.message;
  return orNull(await text({ ...TERMINAL, message, placeholder: 'process where process.name == "…"', validate }));
}

async function askTactic(): Promise<string | null> {
  const options = [...ATTACK_TACTICS].map(([value, label]) => ({ value, label, hint: value }));
  return orNull(await select({ ...TERMINAL, message: 'Which tactic of MITRE ATT&CK?', options, maxItems: 8 }));
}

async function askSeverity(): Promise<string | null> {
  const options = RULE_SEVERITIES.map((value) => ({
    value: value,
    label: value,
    hint: `risk score ${USUAL_RISK_SCORES[value]}`,
  }));
  return orNull(await select({ ...TERMINAL, message: 'How severe is it?', options }));
}

function requireText(typed: string | undefined): string | undefined {
  return typed === undefined || typed.trim() === '' ? 'This is needed.' : undefined;
}

/** Ctrl-C gives a symbol. */
function orNull(answer: string | symbol): string | null {
  return typeof answer === 'string' ? answer.trim() : null;
}
