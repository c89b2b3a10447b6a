import { isJsonObject, type JsonObject } from '@eqlkit/engine';
import { showField } from '../output/show-value.js';

/**
 * The dotted names of fields that hold a value in some of the events, in the order in which they come up.
 *
 * @param except - Those that are left out.
 * @param most - How many at most.
 */
export function fieldsOfEvents(
  events: readonly JsonObject[],
  except: readonly string[],
  most: number,
): readonly string[] {
  const names = new Set<string>();
  for (const event of events) {
    gatherNames(event, '', (name) => {
      if (names.size < most && !except.includes(name) && !names.has(name) && showField(event, name) !== '') {
        names.add(name);
      }
    });
    if (names.size === most) break;
  }
  return [...names];
}

function gatherNames(container: JsonObject, prefix: string, visit: (name: string) => void): void {
  for (const [key, value] of Object.entries(container)) {
    if (isJsonObject(value)) gatherNames(value, `${prefix}${key}.`, visit);
    else visit(prefix + key);
  }
}
