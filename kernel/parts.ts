/** A table that a call gives in parts, each saying after what the next begins, as one. */
export async function wholeTable(partAfter: (after: number) => Promise<{ fileName: string; csv: string; next: number | null }>): Promise<{ fileName: string; csv: string }> {
  const parts: string[] = []
  let fileName = ''
  for (let after: number | null = 0; after !== null; ) {
    const part = await partAfter(after)
    fileName ||= part.fileName
    parts.push(part.csv)
    after = part.next
  }
  return { fileName, csv: parts.join('') }
}
