/** A place that events are read from. */
export interface EventSource {
  /** How messages call the source: the path as the user wrote it, or `stdin`. Free of control characters. */
  readonly name: string;
  readonly kind: 'file' | 'stdin';
  /** Absolute path; files only. */
  readonly path?: string;
  /** Size as stored. Absent for what is no regular file, such as a pipe: it can be read only once. */
  readonly sizeBytes?: number;
}

/** An input that yields no events, and what to do about it. */
export interface SourceProblem {
  /** The input as given. */
  readonly input: string;
  /** One line for people, free of control characters, naming the cure. */
  readonly message: string;
}
