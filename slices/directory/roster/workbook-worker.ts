import { parentPort, workerData } from 'node:worker_threads'
import { RosterRefused } from './refusal.ts'
import { readWorkbook } from './workbook.ts'

/** A class does not survive the way between threads; its fields do. */
try {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage({ sheets: readWorkbook(workerData as Uint8Array) })
} catch (problem) {
  if (!(problem instanceof RosterRefused)) throw problem
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage({ refused: { code: problem.code, zh: problem.zh, en: problem.en } })
}
