/** Runs the parsers that touch hostile bytes in a thread of their own, so that memory and time have an end. */
import { parentPort, workerData } from 'node:worker_threads'
import { ReadingRefused } from '../refused.ts'
import { readDocx } from './docx.ts'
import type { Flow } from './html.ts'
import { decodeText } from './encoding.ts'
import { declaredCharset, flowOf } from './html.ts'
import { readPdf } from './pdf.ts'
import { readWord97 } from './word97.ts'

export type Errand = { kind: 'zip' | 'pdf' | 'ole' | 'html'; bytes: Uint8Array; fileName: string }
export type Answer = { flow: Flow; encoding: string | null } | { refused: string } | { failed: string }

async function run(errand: Errand): Promise<Answer> {
  if (errand.kind === 'zip') return { flow: await readDocx(errand.bytes), encoding: null }
  if (errand.kind === 'pdf') return { flow: { text: await readPdf(errand.bytes), tables: [] }, encoding: null }
  if (errand.kind === 'ole') return { flow: { text: await readWord97(errand.bytes, errand.fileName), tables: [] }, encoding: null }
  const decoded = decodeText(errand.bytes, declaredCharset(errand.bytes))
  return { flow: flowOf(decoded.text), encoding: decoded.sure ? null : decoded.encoding }
}

try {
  parentPort?.postMessage(await run(workerData as Errand))
} catch (problem) {
  parentPort?.postMessage(problem instanceof ReadingRefused ? { refused: problem.code } : { failed: problem instanceof Error ? problem.message : 'unknown' })
}
