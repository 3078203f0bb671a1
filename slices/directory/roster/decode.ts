import { Worker } from 'node:worker_threads'
import { readDelimited } from './csv.ts'
import { limits, RosterRefused } from './refusal.ts'
import type { RefusalCode, Sheet } from './refusal.ts'
import { decodeText } from './text.ts'
import type { WorkerTask } from './workbook-worker.ts'
import { brokenWorkbook, isProtected, packStored, unpackWorkbook } from './zip.ts'

/**
 * Turns a file, or text pasted from a spreadsheet, into plain tables. What the file is is read from its first bytes; the
 * name only serves to tell macros and to name the sheet of a text file. Throws RosterRefused and nothing else.
 */
export async function decodeSheet(bytes: Uint8Array, fileName: string): Promise<Sheet[]> {
  if (bytes.length === 0) throw emptyFile()
  if (bytes.length > limits.containerBytes) throw tooHeavy(bytes.length)
  if (/\.(xlsm|xltm|xlam)$/i.test(fileName)) {
    throw new RosterRefused(
      'macros',
      '启用宏的工作簿（.xlsm）不予打开。请另存为不含宏的 .xlsx 后再试。',
      'Workbooks with macros (.xlsm) are not opened. Save it as .xlsx without macros.',
    )
  }
  const sheets = await readByKind(bytes, fileName)
  if (!sheets.some((sheet) => sheet.rows.some((row) => row.some((cell) => cell.trim() !== '')))) throw emptyFile()
  return sheets
}

async function readByKind(bytes: Uint8Array, fileName: string): Promise<Sheet[]> {
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0x50, 0x4b, 0x05, 0x06])) {
    return readInWorker({ workbook: packStored(await unpackWorkbook(bytes)) })
  }
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    if (holdsName(bytes, 'EncryptedPackage')) throw isProtected()
    if (!holdsName(bytes, 'Workbook') && !holdsName(bytes, 'Book')) throw notASheet()
    return readInWorker({ workbook: bytes })
  }
  if (foreignMagic.some((magic) => startsWith(bytes, magic))) throw notASheet()
  const text = decodeText(bytes)
  const name = fileName.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '')
  const head = text.slice(0, 1000)
  if (/^\s*(<\?xml|\{\\rtf|MIME-Version)/i.test(head) && !/<html/i.test(head)) throw otherText()
  if (/^\s*<(!doctype|!--|html|head|meta|table|style)/i.test(head) || /<html/i.test(head)) {
    const sheets = await readInWorker({ page: text, name })
    if (sheets.length === 0) throw otherText()
    return sheets
  }
  return [{ name, rows: readDelimited(text) }]
}

// PDF, PNG, JPEG, GIF, RAR, 7z, gzip: said plainly instead of being tried as text.
const foreignMagic = [
  [0x25, 0x50, 0x44, 0x46],
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
  [0x52, 0x61, 0x72, 0x21],
  [0x37, 0x7a, 0xbc, 0xaf],
  [0x1f, 0x8b],
]

/**
 * The table reader works apart, with bounded memory and time: a workbook built to exhaust it ends in a refusal, and
 * nobody else on the server waits.
 */
function readInWorker(task: WorkerTask): Promise<Sheet[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('workbook-worker.ts', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: limits.workerMegabytes },
      stdout: true,
      stderr: true,
    })
    const finish = (act: () => void): void => {
      clearTimeout(timer)
      act()
      void worker.terminate()
    }
    const timer = setTimeout(() => finish(() => reject(tooMuchWork())), limits.wallMs)
    worker.once('message', (answer: { sheets?: Sheet[]; refused?: { code: RefusalCode; zh: string; en: string } }) =>
      finish(() => {
        if (answer.sheets) resolve(answer.sheets)
        else if (answer.refused) reject(new RosterRefused(answer.refused.code, answer.refused.zh, answer.refused.en))
        else reject(brokenWorkbook())
      }),
    )
    worker.once('error', (problem: NodeJS.ErrnoException) =>
      finish(() => reject(problem.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuchWork() : brokenWorkbook(problem))),
    )
    worker.once('exit', () => finish(() => reject(brokenWorkbook())))
  })
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte)
}

/** Streams of an OLE container are listed by UTF-16 names. */
function holdsName(bytes: Uint8Array, name: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(`${name}\0`, 'utf16le'))
}

function emptyFile(): RosterRefused {
  return new RosterRefused('empty', '文件是空的，没有任何内容。', 'The file is empty.')
}

function notASheet(): RosterRefused {
  return new RosterRefused(
    'not-a-sheet',
    '这不是表格文件（例如它可能是 PDF、图片或压缩包）。请选择 .xlsx、.xls 或 .csv。',
    'This is not a spreadsheet (it may be a PDF, a picture or an archive). Choose an .xlsx, .xls or .csv.',
  )
}

function otherText(): RosterRefused {
  return new RosterRefused(
    'not-a-sheet',
    '文件是网页、XML 或 RTF 文本，里面没有可读的表格。请用 Excel 或 WPS 打开后另存为 .xlsx。',
    'The file is a web page, XML or RTF without a table that can be read. Open it in Excel or WPS and save it as .xlsx.',
  )
}

function tooHeavy(size: number): RosterRefused {
  const [is, most] = [size, limits.containerBytes].map((n) => Math.ceil(n / 1024 / 1024))
  return new RosterRefused(
    'too-big',
    `文件有 ${is} MB，超过 ${most} MB 的上限。请按学院拆开导入。`,
    `The file has ${is} MB; the limit is ${most} MB. Split it, for instance by college.`,
  )
}

function tooMuchWork(): RosterRefused {
  return new RosterRefused(
    'bomb',
    '打开这个工作簿所需的时间或内存超过上限，已停止读取。',
    'Opening this workbook takes more time or memory than allowed; reading stopped.',
  )
}
