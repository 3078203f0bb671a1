import { parentPort, workerData } from 'node:worker_threads'
import { RosterRefused } from './refusal.ts'
import { readWorkbook } from './workbook.ts'

/** A class does not survive the way between threads; its fields do. */
try {
  parentPort?.postMessage({ sheets: readWorkbook(workerData as Uint8Array) })
} catch (problem) {
  if (!(problem instanceof RosterRefused)) throw problem
  parentPort?.postMessage({ refused: { code: problem.code, zh: problem.zh, en: problem.en } })
}
