import type { Command, Option } from 'commander';

const declared = new WeakMap<Option, readonly string[]>();

/** Declares that an option cannot be given together with others, which are named as their values are: `resultPosition`. */
export function conflictsWith(option: Option, names: readonly string[]): Option {
  declared.set(option, names);
  return option.conflicts([...names]);
}

/** Takes back settings of the configuration and the environment that conflict with what the command line says. */
export function dropOverruledSettings(command: Command): void {
  const isGiven = (option: Option): boolean => command.getOptionValueSource(option.attributeName()) === 'cli';
  const conflict = (one: Option, other: Option): boolean =>
    declared.get(one)?.includes(other.attributeName()) === true ||
    declared.get(other)?.includes(one.attributeName()) === true;
  const given = command.options.filter(isGiven);
  for (const option of command.options) {
    if (isGiven(option) || !given.some((other) => conflict(option, other))) continue;
    command.setOptionValueWithSource(option.attributeName(), option.defaultValue, 'default');
  }
}
