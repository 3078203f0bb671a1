/** The one kind of error that reaches people: what happened, that nothing was lost, what to do. */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly zh: string
  readonly en: string
  readonly details: unknown
  constructor(status: number, code: string, zh: string, en: string, details?: unknown) {
    super(`${code}: ${en}`)
    this.status = status
    this.code = code
    this.zh = zh
    this.en = en
    this.details = details
  }
}

export interface ProblemBody {
  code: string
  message: string
  details?: unknown
}

const saved = ['没有保存任何改动。', 'Nothing was changed.'] as const

export const badInput = (zh: string, en: string, details?: unknown) => new Problem(400, 'bad-input', `${zh}${saved[0]}`, `${en} ${saved[1]}`, details)
/** Hidden and absent answer alike. */
export const notFound = () => new Problem(404, 'not-found', '没有找到，或者不在您的权限范围内。', 'Not found, or not within what you may see.')
export const signedOut = () => new Problem(401, 'signed-out', '请先登录。已填写的内容仍保留在本机。', 'Please sign in. What you entered is kept on this device.')
export const forbidden = (permission: string) =>
  new Problem(403, 'forbidden', `您的职务没有这项权限（${permission}）。${saved[0]}`, `Your offices do not carry this permission (${permission}). ${saved[1]}`)
export const conflict = (zh: string, en: string, details?: unknown) => new Problem(409, 'conflict', `${zh}${saved[0]}`, `${en} ${saved[1]}`, details)
export const refused = (code: string, zh: string, en: string, details?: unknown) => new Problem(422, code, `${zh}${saved[0]}`, `${en} ${saved[1]}`, details)
export const tooLarge = (limit: number) =>
  new Problem(413, 'too-large', `文件超过上限 ${Math.round(limit / 1048576)} MB。${saved[0]}`, `The file is larger than ${Math.round(limit / 1048576)} MB. ${saved[1]}`)
export const busy = () => new Problem(503, 'busy', '系统繁忙，没有办成。已填写的内容还在，请稍后再试。', 'Busy right now; nothing was done. What you entered is still here: try again shortly.')
export const internal = () => new Problem(500, 'internal', '系统出错，没有保存这次改动。请重试；若仍不行，请联系管理员。', 'Something failed on our side; this change was not saved. Try again, or tell your administrator.')

/** What keeps a program from starting or going on, for the person at the terminal; nothing was touched. */
export const cannotRun = (zh: string, en: string) => new Problem(503, 'cannot-run', zh, en)

/** A database error in words, where a constraint or a class of error has them. Null where it is our own fault. */
export function problemOfDatabase(error: unknown): Problem | null {
  // The driver's own words, without a code: the database went away in the middle.
  if (error instanceof Error && /^Connection terminated|connection error and is not queryable$|^timeout exceeded when trying to connect$/.test(error.message)) return busy()
  if (typeof error !== 'object' || error === null || !('code' in error)) return null
  const { code, constraint } = error as { code: unknown; constraint?: string }
  if (code === '23505') return conflict('已经有相同的记录。', 'The same record already exists.', { constraint })
  if (code === '23503') return conflict('所引用的记录不存在。', 'Something this refers to does not exist.', { constraint })
  if (code === '23514') return conflict('内容违反了一条规则。', 'This breaks a rule of the record.', { constraint })
  if (code === '23P01') return conflict('时间段互相重叠。', 'The periods overlap.', { constraint })
  if (code === '22000' || code === '22P02' || code === '22007' || code === '22008' || code === '22009' || code === '22003') return badInput('数值或日期不合法。', 'A number or a date is not valid.')
  if (code === '22021' || code === '22P05') return badInput('文字中有无法保存的字符。', 'The text contains characters that cannot be stored.')
  if (code === '40001' || code === '40P01' || code === '55P03') return busy()
  if (code === '53100') return new Problem(507, 'disk-full', '磁盘已满，没有保存这次改动。请管理员腾出空间。', 'The disk is full; this change was not saved. The administrator must free space.')
  if (code === '53300' || code === '57P01' || code === '57P02' || code === '57P03' || code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === 'EPIPE' || code === 'ETIMEDOUT' || code === '08006' || code === '08003') return busy()
  return null
}
