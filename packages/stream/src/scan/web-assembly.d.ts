/** What is used of WebAssembly: TypeScript describes it only together with all of a browser. */
declare namespace WebAssembly {
  class Memory {
    constructor(descriptor: { readonly initial: number });
    readonly buffer: ArrayBuffer;
    /** Adds pages of 64 KiB; replaces the buffer. */
    grow(pages: number): number;
  }

  /** Compiled code; nothing of it can be seen. */
  type Module = object;
  const Module: new (bytes: Uint8Array) => Module;

  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>);
    readonly exports: Readonly<Record<string, unknown>>;
  }
}
