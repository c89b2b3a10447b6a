/** What the module exports. */
export { hashRun, headOf, tailOf } from './bytes';
export { follow, hashFolded, hashValue, mayHold, sift } from './prefilter';
export { objects, reset, scan, skipText, unescape } from './scan-line';
