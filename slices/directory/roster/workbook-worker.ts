import { parentPort, workerData } from 'node:worker_threads'
import { RosterRefused } from './refusal.ts'
import type { Sheet } from './refusal.ts'
import { readWebPage } from './webpage.ts'
import { readWorkbook } from './workbook.ts'

export type WorkerTask = { workbook: Uint8Array } | { page: string; name: string }

function read(task: WorkerTask): Sheet[] {
  return 'workbook' in task ? readWorkbook(task.workbook) : readWebPage(task.page, task.name)
}

/** A class does not survive the way between threads; its fields do. */
try {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage({ sheets: read(workerData as WorkerTask) })
} catch (problem) {
  if (!(problem instanceof RosterRefused)) throw problem
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage({ refused: { code: problem.code, zh: problem.zh, en: problem.en } })
}
