/** What a document may cost us. A notice is a few pages; these are far above any real one. */
export const LIMITS = {
  fileBytes: 20 * 1024 * 1024,
  zipEntries: 2_000,
  inflatedBytes: 60 * 1024 * 1024,
  /** One part may not inflate to more than this many times its packed size once it is larger than a megabyte. */
  ratio: 150,
  pdfPages: 200,
  textChars: 2_000_000,
  heapMb: 384,
  wallMs: 30_000
} as const
