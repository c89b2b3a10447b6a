/** A program that processes of the stream run. */
export interface StreamProgram {
  readonly executable: string;
  /** The arguments behind the name of the program. */
  readonly args: readonly string[];
}
