/** What an event says about the index that it lies in; `null` where it says nothing usable. */
export interface EventOrigin {
  readonly type: string | null;
  readonly dataset: string | null;
  readonly namespace: string | null;
  readonly eventDataset: string | null;
  readonly eventModule: string | null;
}

/** The fields of an {@link EventOrigin}, in its order. */
export const ORIGIN_FIELDS = [
  'data_stream.type',
  'data_stream.dataset',
  'data_stream.namespace',
  'event.dataset',
  'event.module',
] as const;

/** What is known of the name of an event's index. */
export type IndexKnowledge =
  /** This is its name. */
  | { readonly kind: 'name'; readonly name: string }
  /**
   * Its name begins with one of these.
   *
   * `streamsOnly`: it is the name of a data stream. Otherwise it may also be another name, such as `winlogbeat-8.11.0`.
   */
  | { readonly kind: 'beginnings'; readonly beginnings: readonly string[]; readonly streamsOnly: boolean };

/** The types that data streams have, which their names begin with. */
export const STREAM_TYPES: readonly string[] = ['logs', 'metrics', 'traces', 'synthetics', 'profiling'];

/** Modules of Beats whose events Elastic Agent ships under another package's name. */
const PACKAGES_OF_MODULE: ReadonlyMap<string, readonly string[]> = new Map([
  ['auditd', ['auditd', 'auditd_manager']],
  ['powershell', ['powershell', 'windows']],
  ['security', ['security', 'system', 'windows']],
  ['sysmon', ['sysmon', 'windows']],
]);

/** No index name has these characters, or more than 255 of any. */
const NAME_PART = /^[^\\/*?"<>|,#:\s]{1,255}$/u;

/** Whether a text can be the name of an index. */
export function isIndexName(text: string): boolean {
  return NAME_PART.test(text);
}

/** Makes an origin of the texts of the {@link ORIGIN_FIELDS}. What cannot be a part of an index name counts as absent. */
export function originOf(texts: readonly (string | null)[]): EventOrigin {
  const [type = null, dataset = null, namespace = null, eventDataset = null, eventModule = null] = texts.map((text) =>
    text !== null && isIndexName(text) ? text : null,
  );
  return { type, dataset, namespace, eventDataset, eventModule };
}

/**
 * What an origin says about the name of the event's index; `null` if nothing.
 *
 * The fields of the data stream make up its name, `type-dataset-namespace`. Without them the dataset or the module says how the name
 * of a data stream would begin.
 */
export function indexKnowledge(origin: EventOrigin): IndexKnowledge | null {
  const { type, dataset, namespace, eventDataset, eventModule } = origin;
  if (type !== null || dataset !== null || namespace !== null) {
    if (type !== null && dataset !== null && namespace !== null)
      return { kind: 'name', name: `${type}-${dataset}-${namespace}` };
    const types = type === null ? STREAM_TYPES : [type];
    const beginnings = types.map((one) => (dataset === null ? `${one}-` : `${one}-${dataset}-`));
    return { kind: 'beginnings', beginnings, streamsOnly: true };
  }
  const datasets = datasetBeginnings(eventDataset, eventModule);
  if (datasets.length === 0) return null;
  const beginnings = STREAM_TYPES.flatMap((one) => datasets.map((begin) => `${one}-${begin}`));
  return { kind: 'beginnings', beginnings, streamsOnly: false };
}

function datasetBeginnings(eventDataset: string | null, eventModule: string | null): readonly string[] {
  const packages = eventModule === null ? [] : (PACKAGES_OF_MODULE.get(eventModule) ?? [eventModule]);
  // The dataset of Beats may leave out the module: `process` of the module `system`.
  if (eventDataset !== null) return [`${eventDataset}-`, ...packages.map((one) => `${one}.${eventDataset}-`)];
  return packages.flatMap((one) => [`${one}.`, `${one}-`]);
}
